"""A recommendation takes a vacant post in the transaction of the audit and gives it back when it ends (R-212…R-214)."""

import copy
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.applications import (
    PROFILE,
    make_draft,
    make_technician,
    make_world,
    publicise,
    reason,
    step_of,
    submitted,
)
from tests.factories.people import applicant_actor, make_person
from tests.factories.plans import EXAMPLE, make_pack_version
from tests.factories.posts import level_of, make_institution, make_ledger
from zhiping.applications.models import Application
from zhiping.applications.operations import (
    forward_case,
    lapse_application,
    pass_step,
    pass_steps,
    refuse_case,
    return_case,
    submit_application,
    withdraw_application,
)
from zhiping.applications.queries import assessment_of, bulk_findings
from zhiping.applications.states import ApplicationState, StepState
from zhiping.applications.tasks import free_seats
from zhiping.kernel.actor import SYSTEM
from zhiping.kernel.clock import end_of
from zhiping.kernel.errors import Refused
from zhiping.notices.tasks import close_due
from zhiping.policies.readable import readable
from zhiping.policy_engine.pack import load_pack
from zhiping.posts.models import PostForm, Reservation
from zhiping.posts.operations import release_seat, reserve_seat
from zhiping.posts.states import FormState, ReservationState

pytestmark = pytest.mark.django_db
WHEN = {
    "all": [{"fact": "employer_kind", "is": "public_institution"}, {"fact": "is_established", "is": True}]
}
GATE = {
    "id": "gate.posts",
    "kind": "posts",
    "text": "事业单位应在核定的岗位结构比例内推荐",
    "cite": "五",
    "when": WHEN,
    "fact": "has_post_vacancy",
    "is": True,
}


def pack_with_posts() -> str:
    """The example pack, which also speaks of posts."""
    data = copy.deepcopy(dict(load_pack(EXAMPLE).data))
    for name, question in (("is_established", "是否在编"), ("has_post_vacancy", "是否有空缺岗位")):
        data["facts"].setdefault(name, {"type": "boolean", "question": question, "source": "unit"})
    data["gates"] = [*data["gates"], GATE]
    data["materials"] = [each for each in data["materials"] if each["id"] != "post_form"]
    data["posts"] = {"form": "POST_FORM_HZ_MID", "text": "岗位", "cite": "五"}
    return readable(data)


@pytest.fixture
def world(now):
    """The usual world, but the employer is a public institution with one vacant intermediate post."""
    usual = make_world(now, version=make_pack_version(pack_with_posts()))
    institution = make_institution(parent=usual.employer.parent)
    make_ledger(now, institution, levels={"intermediate": ("40", 5, 4)})
    return replace(usual, employer=institution)


def staff(world, name="申报人甲", *, established=True):
    """Somebody of the institution; on its establishment or not."""
    person = make_technician(world.employer, name)
    version = person.profile.versions.get()
    version.data = {**PROFILE, "is_established": established}
    version.save()
    return person


def sent(now, world, name="申报人甲", **fields):
    return submitted(now, world, name, person=staff(world, name, **fields))


def passed(now, world, application):
    step = step_of(application)
    pass_step(step=step, opinion="同意推荐", version=step.version, actor=world.clerk, now=now)
    return application


def seats(world):
    return level_of(world.employer.post_ledger).reserved


def test_passing_takes_the_seat_and_the_last_one_is_the_last(now, world):
    """R-212: the second of two is refused as a whole; nothing of the pass stays."""
    first, second = sent(now, world), sent(now, world, "申报人乙")
    passed(now, world, first)

    with pytest.raises(Refused, match="没有可用的空缺"):
        passed(now, world, second)

    assert seats(world) == 1
    assert step_of(second).state == StepState.OPEN
    assert not step_of(second).decisions.exists()
    assert Reservation.objects.get().label == f"{first.number} {first.title.name}"


def test_people_off_the_establishment_take_no_seat(now, world):
    """C-74: the quota concerns establishment staff."""
    passed(now, world, sent(now, world, established=False))

    assert seats(world) == 0


def test_the_fact_comes_from_the_ledger_and_outweighs_what_is_stated(now, world):
    """R-212, R-214: has_post_vacancy is the ledger's; a statement to the contrary changes nothing."""
    application = passed(now, world, sent(now, world))
    application.steps.first().decisions.update(attested={"has_post_vacancy": False})
    held = assessment_of(Application.objects.get(pk=application.pk), now)
    other = make_draft(now, world, person=staff(world, "申报人乙"))
    without = assessment_of(other, now)

    assert held.facts["has_post_vacancy"] is True
    assert without.facts["has_post_vacancy"] is False
    assert "岗位台账（中级：核准 5，实聘 4，已推荐待聘 1）" in without.facts["sources"]["has_post_vacancy"]
    assert without.verdict.pathway("skilled").clause("gate.posts").status == "not_met"


def test_without_a_vacancy_nothing_is_submitted(now, world):
    """R-212: 0 vacancies → the case cannot be recommended, and the person learns it before submitting."""
    passed(now, world, sent(now, world))

    with pytest.raises(Refused, match="岗位结构比例"):
        sent(now, world, "申报人乙")


@pytest.mark.parametrize("end", ["return", "refuse", "withdraw"])
def test_the_seat_comes_back_when_the_recommendation_ends(now, world, end):
    application = passed(now, world, sent(now, world))
    step = step_of(application)
    common = {"step": step, "version": step.version, "actor": world.clerk, "now": now}

    if end == "return":
        return_case(reasons=[reason()], **common)
    elif end == "refuse":
        refuse_case(clause="五", reason="公示有异议", **common)
    else:
        application.steps.first().decisions.all().delete()
        withdraw_application(
            application_id=application.pk, actor=applicant_actor(application.person), now=now
        )

    assert seats(world) == 0
    assert Reservation.objects.get().state == ReservationState.RELEASED


def test_a_seat_is_free_again_when_mending_takes_too_long(now, world):
    application = passed(now, world, sent(now, world))
    step = step_of(application)
    return_case(step=step, reasons=[reason()], version=step.version, actor=world.clerk, now=now)
    application.refresh_from_db()

    lapse_application(application=application, actor=SYSTEM, now=application.fix_until)

    assert seats(world) == 0


def test_a_case_that_ends_at_the_committee_gives_its_seat_back(now, world):
    """R-219: only who passes keeps the seat; the clock finds the others."""
    application = passed(now, world, sent(now, world))
    free_seats(now)
    assert seats(world) == 1

    Application.objects.filter(pk=application.pk).update(state=ApplicationState.NOT_PASSED)
    free_seats(now)

    assert seats(world) == 0
    assert "评审未通过" in Reservation.objects.get().release_reason


def test_a_mended_case_needs_a_seat_before_it_is_back_on_a_higher_desk(now, world):
    """The seat given back with the return is taken again in the transaction of submitting; if it is gone, refused."""
    application = passed(now, world, sent(now, world))
    later = end_of(publicise(now, world).ends_on) + timedelta(hours=9)
    close_due(later)
    step = step_of(application)
    forward_case(step=step, opinion="同意推荐", version=step.version, actor=world.clerk, now=later)
    step = step_of(application)
    officer = world.county_officer
    return_case(step=step, reasons=[reason()], version=step.version, actor=officer, now=later)
    assert seats(world) == 0
    actor = applicant_actor(application.person)
    reserve_seat(
        institution=world.employer,
        group="intermediate",
        person=make_person(),
        subject_id=9999,
        label="另一人",
        year=2026,
        actor=world.clerk,
        now=later,
    )

    with pytest.raises(Refused, match="岗位"):
        submit_application(application_id=application.pk, token="again", actor=actor, now=later)
    release_seat(subject_id=9999, reason="另一人撤回", now=later)
    submit_application(application_id=application.pk, token="again", actor=actor, now=later)

    assert seats(world) == 1
    assert step_of(application).organisation == world.county


def at_county(now, world):
    """A case on the county's desk, and the moment."""
    application = passed(now, world, sent(now, world))
    later = end_of(publicise(now, world).ends_on) + timedelta(hours=9)
    close_due(later)
    step = step_of(application)
    forward_case(step=step, opinion="同意推荐", version=step.version, actor=world.clerk, now=later)
    return step_of(application), later


def test_the_county_passes_nobody_without_a_sealed_form(now, world):
    """R-215, R-227: without seal → 通过 at county_hr refused; sealed → accepted."""
    step, later = at_county(now, world)
    officer = world.county_officer

    with pytest.raises(Refused, match="还没有由岗位管理部门签章"):
        pass_step(step=step, opinion="同意", version=step.version, actor=officer, now=later)
    form = PostForm.objects.create(
        ledger=world.employer.post_ledger,
        variant="POST_FORM_HZ_MID",
        year=world.plan.year,
        number=1,
        code="GW-1",
        content="{}",
        unit_signer="甲",
        filled_at=now,
        state=FormState.SEALED,
        signer="乙",
        opinion="属实",
        sealed_at=now,
    )
    form.people.add(step.application.person)
    pass_step(step=step, opinion="同意", version=step.version, actor=officer, now=later)

    assert step_of(step.application).organisation == world.office


def test_passing_several_says_for_whom_no_post_is_left(now, world):
    """R-213: of two, one; the trial run says which, and the act passes exactly that one."""
    first, second = sent(now, world), sent(now, world, "申报人乙")
    steps, clerk = [step_of(first), step_of(second)], world.clerk

    findings = bulk_findings(clerk, steps, now)
    assert [finding.why_not for finding in findings] == ["", "中级岗位没有可用的空缺"]
    pass_steps(steps=steps, opinion="同意", actor=clerk, now=now)

    assert [step_of(each).state for each in (first, second)] == [StepState.AUDITED, StepState.OPEN]
