"""Paper review forms on their way: printed after the county passed, received there, listed for the office."""

from dataclasses import dataclass
from datetime import datetime

from tests.factories.applications import World, forwarded, make_world, step_of
from tests.factories.people import applicant_actor
from tests.factories.plans import EXAMPLE, make_pack_version
from zhiping.applications.models import Application
from zhiping.applications.operations import pass_step
from zhiping.certificates.models import Handover, ReviewForm
from zhiping.certificates.operations import export_review_form, make_handover, receive_paper
from zhiping.policies.readable import readable
from zhiping.policy_engine import load_pack

RULE = {
    "name": "中级职称评审表",
    "copies": 3,
    "after": ["hr_authority_passed"],
    "seals": ["employer", "hr_authority"],
    "cite": "附件2 7",
}


@dataclass(frozen=True)
class Paper:
    """A world whose notice asks for three copies with the seals of employer and 人力社保 body."""

    world: World
    later: datetime
    case: Application
    form: ReviewForm


def make_paper(now: datetime, *, rule: dict | None = None, name: str = "申报人甲") -> Paper:
    """A form printed for a case that the county has passed; the office's desk has it now."""
    text = readable({**load_pack(EXAMPLE).data, "review_form": rule or RULE})
    world = make_world(now, version=make_pack_version(text))
    case, later = forwarded(now, world, name)
    return Paper(world, later, case, print_form(case, world, later))


def print_form(case: Application, world: World, later: datetime) -> ReviewForm:
    """The county passes the case, the applicant prints the form."""
    step = step_of(case)
    pass_step(step=step, opinion="同意", version=step.version, actor=world.county_officer, now=later)
    return export_review_form(application=case, actor=applicant_actor(case.person), now=later)


def received_at_county(paper: Paper) -> None:
    receive_paper(
        form=paper.form,
        copies=3,
        sealed=["employer"],
        handed_in_by="申报人甲",
        actor=paper.world.county_officer,
        now=paper.later,
    )


def handed_over(paper: Paper) -> Handover:
    """The paper received at the county, on a list for the office."""
    received_at_county(paper)
    return make_handover(
        receiver=paper.world.office, forms=[paper.form.pk], actor=paper.world.county_officer, now=paper.later
    )
