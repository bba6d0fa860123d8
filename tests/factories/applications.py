"""Applications in a given situation, made through the operations, in the world of the example pack.

The people of this world are technicians: they apply by the skilled way, which asks nothing that is not in the archive.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.people import applicant_actor, make_organisation, make_person, make_region, staff_actor
from tests.factories.plans import make_office, open_around
from zhiping.applications.draft import frozen_file
from zhiping.applications.models import Application, Step
from zhiping.applications.operations import (
    forward_case,
    open_employer_publicity,
    pass_step,
    pick_items,
    save_section,
    start_application,
    submit_application,
)
from zhiping.applications.operations.drafting import write_section
from zhiping.applications.queries import current_step, draft_to_edit
from zhiping.applications.reasons import Reason
from zhiping.applications.states import SectionKey
from zhiping.files.states import MediaType
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import end_of
from zhiping.notices.tasks import close_due
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.models import Plan

FORM = {
    "pathway": "skilled",
    "committee": "示例市工艺美术专业中级职务评审委员会",
    "self_report": "任现职以来，一直在生产一线从事青瓷造型设计。",
}


PROFILE = {"in_post": True, "is_civil_servant": False, "unit_affiliation": "county"}


@dataclass(frozen=True)
class World:
    """A plan of a city's committee, an employer of a county, and the desks between them."""

    plan: Plan
    office: Organisation
    employer: Organisation
    county: Organisation

    @property
    def clerk(self) -> Actor:
        return staff_actor(self.employer)

    @property
    def county_officer(self) -> Actor:
        return staff_actor(self.county, Role.COUNTY_HR)

    @property
    def officer(self) -> Actor:
        return staff_actor(self.office, Role.COMMITTEE_OFFICE)


def make_world(now: datetime, **fields) -> World:
    """An open plan whose chain is employer, county HR, committee's office."""
    make_region("330106")
    office, county = make_office(), make_organisation(kind=OrganisationKind.HR_AUTHORITY)
    authority = make_organisation(kind=OrganisationKind.INDUSTRY_AUTHORITY)
    employer = make_organisation(parent=authority)
    return World(open_around(now, office=office, **fields), office, employer, county)


def make_technician(employer: Organisation, name: str = "申报人甲") -> Person:
    """Somebody of the employer with an approved archive that satisfies the skilled way."""
    person = make_person(name)
    make_profile(person, employer, data=PROFILE)
    work = {"from": "2012-01-01", "employer_kind": "enterprise", "work": "skill", "is_related": True}
    make_item(person, "employment", data=work, label=employer.name)
    make_item(
        person, "skills", data={"skill_level": "technician", "obtained_on": "2017-01-01"}, label="技师证书"
    )
    for year in (2019, 2020):
        make_item(
            person, "ce_hours", data={"year": year, "total": 90, "professional": 60}, label=f"{year} 年"
        )
    return person


def make_draft(
    now: datetime, world: World, name: str = "申报人甲", *, person: Person | None = None
) -> Application:
    """A draft that has just been begun."""
    person = person or make_technician(world.employer, name)
    title = world.plan.titles.first()
    return start_application(plan=world.plan, title=title, actor=applicant_actor(person), now=now)


def make_ready_draft(
    now: datetime, world: World, name: str = "申报人甲", *, person: Person | None = None, **form
) -> Application:
    """A draft with every page filled in and one paper picked; nothing stands in the way of submitting."""
    application = make_draft(now, world, name, person=person)
    person, actor = application.person, applicant_actor(application.person)
    photo = make_file(
        person, name="证件照.jpg", media_type=MediaType.JPEG, pages=None, width=413, height=579, size=86000
    )
    sign = make_file(person, name="签名.png", media_type=MediaType.PNG, pages=None, width=400, height=200)
    Application.objects.filter(pk=application.pk).update(photo=photo)
    with transaction.atomic():
        draft = draft_to_edit(application.pk)
        write_section(draft, SectionKey.PHOTO, {"file": frozen_file(photo)}, 0, now)
        promise = {"image": frozen_file(sign), "signed_at": now.isoformat(), "method": "screen"}
        write_section(draft, SectionKey.INTEGRITY, promise, 0, now)
    save_section(
        application_id=application.pk,
        key=SectionKey.FORM,
        data={**FORM, **form},
        version=0,
        actor=actor,
        now=now,
    )
    paper = make_item(
        person,
        "papers",
        data={"title": "窑温记录", "published_on": "2019-05-01"},
        label="窑温记录",
        files=(make_file(person, name="论文.pdf"),),
    )
    pick_items(application_id=application.pk, version_ids=[paper.pk], version=0, actor=actor, now=now)
    return Application.objects.get(pk=application.pk)


def submitted(now: datetime, world: World, name: str = "申报人甲", **fields) -> Application:
    """A case on the employer's desk."""
    draft = make_ready_draft(now, world, name, **fields)
    actor = applicant_actor(draft.person)
    return submit_application(application_id=draft.pk, token=f"token-{draft.pk}", actor=actor, now=now)


def step_of(application: Application) -> Step:
    """The step that has the case, loaded as a page loads it."""
    step = current_step(application)
    assert step is not None
    related = ("application__person", "application__plan__pack_version", "application__title")
    return Step.objects.select_related("organisation", "publicity", *related).get(pk=step.pk)


def audited(now: datetime, world: World, name: str = "申报人甲") -> Application:
    """A case that the employer has passed and not yet publicised."""
    application = submitted(now, world, name)
    step = step_of(application)
    pass_step(step=step, opinion="符合申报条件", version=step.version, actor=world.clerk, now=now)
    return application


def publicise(now: datetime, world: World, **fields):
    """The employer posts everyone it has passed."""
    terms = {"place": "一楼公告栏", "method": "张贴", "contact": "人事科 0571-00000000", **fields}
    return open_employer_publicity(
        plan=world.plan, employer=world.employer, actor=world.clerk, now=now, **terms
    )


def forwarded(now: datetime, world: World, name: str = "申报人甲") -> tuple[Application, datetime]:
    """A case on the county's desk, and the moment it came there: after a clean publicity."""
    application = audited(now, world, name)
    later = end_of(publicise(now, world).ends_on) + timedelta(hours=9)
    close_due(later)
    step = step_of(application)
    forward_case(
        step=step, opinion="公示无异议，同意推荐", version=step.version, actor=world.clerk, now=later
    )
    return application, later


def reason(place: str = "form:self_report", **fields) -> Reason:
    """A whole reason for a return."""
    values = {"code": "I-04", "wrong": "成品率没有佐证", "fix": "请写明出处", **fields}
    return Reason(place=place, **values)
