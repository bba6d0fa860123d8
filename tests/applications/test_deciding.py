"""What desks decide, at each exit (R-273…R-279, R-292…R-295, R-304, R-337, R-350)."""

from datetime import timedelta

import pytest

from tests.factories.applications import (
    audited,
    forwarded,
    make_technician,
    make_world,
    publicise,
    reason,
    step_of,
    submitted,
)
from tests.factories.fees import pay_fee
from tests.factories.notices import make_objection
from tests.factories.people import applicant_actor, make_organisation, staff_actor
from zhiping.applications.models import Remark, Snapshot, Step, StepDecision
from zhiping.applications.operations import (
    extend_step,
    forward_case,
    lapse_application,
    open_employer_publicity,
    pass_step,
    pass_steps,
    refuse_case,
    return_case,
    save_section,
    submit_application,
)
from zhiping.applications.operations.publicising import take_back_publicity
from zhiping.applications.queries import bulk_findings, current_step, reopened_places
from zhiping.applications.states import ApplicationState, Outcome, SectionKey, StepState
from zhiping.applications.tasks import lapse_unmended, mark_overdue
from zhiping.auditlog.queries import history_of
from zhiping.kernel.actor import SYSTEM, Role
from zhiping.kernel.clock import end_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.notices.models import Publicity
from zhiping.notices.operations import cancel_publicity, decide_objection
from zhiping.notices.tasks import close_due

pytestmark = pytest.mark.django_db


def mend(application, text, now, token="again"):
    """The applicant rewrites the report and submits again."""
    actor = applicant_actor(application.person)
    section = application.sections.get(key=SectionKey.FORM)
    save_section(
        application_id=application.pk,
        key=SectionKey.FORM,
        data={**section.data, "self_report": text},
        version=section.version,
        actor=actor,
        now=now,
    )
    return submit_application(application_id=application.pk, token=token, actor=actor, now=now)


def send_back(application, actor, now, **fields):
    step = step_of(application)
    reasons = fields.pop("reasons", [reason()])
    return_case(step=step, reasons=reasons, version=step.version, actor=actor, now=now, **fields)
    application.refresh_from_db()


def test_employer_pass_is_provisional_until_publicised(now):
    """C-57."""
    world = make_world(now)
    application = audited(now, world)
    step = step_of(application)

    assert step.state == StepState.AUDITED
    with pytest.raises(Refused, match="不能报送"):
        forward_case(step=step, opinion="同意", version=step.version, actor=world.clerk, now=now)


def test_pass_needs_an_opinion(now):
    """R-275."""
    world = make_world(now)
    step = step_of(submitted(now, world))

    with pytest.raises(Refused, match="审核意见"):
        pass_step(step=step, opinion=" ", version=step.version, actor=world.clerk, now=now)


def test_pass_by_other_bodies_or_about_oneself_is_forbidden(now):
    world = make_world(now)
    application = submitted(now, world)
    step = step_of(application)
    others = [
        staff_actor(make_organisation()),
        world.county_officer,
        applicant_actor(application.person),
        staff_actor(world.employer, person=application.person),
    ]

    for actor in others:
        with pytest.raises(Forbidden):
            pass_step(step=step, opinion="同意", version=step.version, actor=actor, now=now)
    assert step_of(application).state == StepState.OPEN


def test_two_clerks_decide_once(now):
    """R-294, R-398: the second form carries an old version."""
    world = make_world(now)
    application = submitted(now, world)
    first, second = step_of(application), step_of(application)
    pass_step(step=first, opinion="同意", version=first.version, actor=world.clerk, now=now)

    with pytest.raises(Refused, match=r"已被处理|不能初审"):
        pass_step(step=second, opinion="同意", version=1, actor=world.clerk, now=now)
    assert StepDecision.objects.count() == 1


def test_publicity_waits_for_everyone_of_the_unit(now):
    """R-278, R-315: unless it is said why somebody is left out."""
    world = make_world(now)
    audited(now, world, "申报人乙")
    submitted(now, world, "申报人丙")

    with pytest.raises(Refused, match="还有 1 人没有审核完（申报人丙）"):
        publicise(now, world)
    publicity = publicise(now, world, leaving_out="材料待补")
    assert [entry.name for entry in publicity.entries.all()] == ["申报人乙"]


def test_publicity_shows_public_fields_only(now):
    """C-79."""
    world = make_world(now)
    application = audited(now, world)
    entry = publicise(now, world).entries.get()

    assert entry.shown["achievements"] == ["论文：窑温记录"]
    assert entry.shown["title_applied"] == "工艺美术师"
    text = str(entry.shown)
    assert application.person.document_number not in text
    assert application.person.phone not in text


def test_publicity_of_nobody_is_refused(now):
    with pytest.raises(Refused, match="没有审核通过"):
        publicise(now, make_world(now))


def test_publicity_by_another_body_is_forbidden(now):
    world = make_world(now)
    audited(now, world)

    with pytest.raises(Forbidden):
        open_employer_publicity(
            plan=world.plan,
            employer=world.employer,
            place="大厅",
            method="张贴",
            contact="人事科",
            actor=staff_actor(make_organisation()),
            now=now,
        )


def test_forward_only_after_the_last_day(now):
    world = make_world(now)
    application = audited(now, world)
    publicity = publicise(now, world)
    step = step_of(application)
    early = end_of(publicity.ends_on) - timedelta(seconds=1)

    with pytest.raises(Refused, match="才满"):
        forward_case(step=step, opinion="同意", version=step.version, actor=world.clerk, now=early)


def test_forward_reaches_the_next_desk_with_the_publicity_on_record(now):
    """R-277, R-279."""
    world = make_world(now)
    application, later = forwarded(now, world)

    held = step_of(application)
    decision = StepDecision.objects.filter(step__position=1).last()
    assert (held.key, held.opened_at, held.organisation) == ("county_hr", later, world.county)
    assert (decision.outcome, decision.publicity) == (Outcome.PASS, Publicity.objects.get())


def test_open_objection_blocks_only_the_person_it_names(now):
    """R-279, R-337."""
    world = make_world(now)
    blocked, free = audited(now, world, "申报人乙"), audited(now, world, "申报人丙")
    publicity = publicise(now, world)
    objection = make_objection(publicity, now, entry=publicity.entries.get(name="申报人乙"))
    later = end_of(publicity.ends_on)
    close_due(later)

    for application in (blocked, free):
        step = step_of(application)
        act = {"step": step, "opinion": "同意", "version": step.version, "actor": world.clerk, "now": later}
        if application == free:
            forward_case(**act)
            continue
        with pytest.raises(Refused, match="异议还没有处理完"):
            forward_case(**act)
    objection = type(objection).objects.select_related("publicity", "entry").get(pk=objection.pk)
    decide_objection(
        objection=objection, upheld=False, decision="不实", version=1, actor=world.clerk, now=later
    )
    step = step_of(blocked)
    forward_case(step=step, opinion="同意", version=step.version, actor=world.clerk, now=later)
    assert step_of(blocked).key == step_of(free).key == "county_hr"


def test_upheld_objection_keeps_the_case_from_going_up(now):
    world = make_world(now)
    application = audited(now, world)
    publicity = publicise(now, world)
    objection = make_objection(publicity, now)
    decide_objection(objection=objection, upheld=True, decision="属实", version=1, actor=world.clerk, now=now)
    later = end_of(publicity.ends_on)
    close_due(later)

    step = step_of(application)
    with pytest.raises(Refused, match="属实"):
        forward_case(step=step, opinion="同意", version=step.version, actor=world.clerk, now=later)


def test_forward_twice_is_one_transfer(now):
    world = make_world(now)
    application = audited(now, world)
    later = end_of(publicise(now, world).ends_on)
    close_due(later)
    first, second = step_of(application), step_of(application)
    forward_case(step=first, opinion="同意", version=first.version, actor=world.clerk, now=later)

    with pytest.raises(Refused):
        forward_case(step=second, opinion="同意", version=second.version, actor=world.clerk, now=later)
    assert Step.objects.filter(application=application, state=StepState.OPEN).count() == 1


def test_cancelled_publicity_makes_the_cases_wait_again(now):
    world = make_world(now)
    application = audited(now, world)
    publicity = publicise(now, world)
    cancel_publicity(publicity=publicity, reason="名单有误", actor=world.clerk, now=now)
    take_back_publicity(publicity=publicity, actor=world.clerk, now=now)

    step = step_of(application)
    assert (step.state, step.publicity) == (StepState.AUDITED, None)


def test_every_desk_passes_and_the_office_accepts(now):
    """R-283, R-293."""
    world = make_world(now)
    application, later = forwarded(now, world)
    for actor in (world.county_officer, world.officer):
        step = step_of(application)
        pass_step(step=step, opinion="同意", version=step.version, actor=actor, now=later)

    pay_fee(application, later)
    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED
    assert set(application.steps.values_list("state", flat=True)) == {StepState.PASSED}
    verbs = list(history_of(application).values_list("verb", flat=True))
    assert verbs == [
        "application.start",
        "application.submit",
        "application.accept",
        "application.ask_fee",
        "application.settle_fee",
    ]
    assert Message.objects.filter(key="application.accepted", person=application.person).count() == 1


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"place": "form:nothing"}, "落在具体的栏目"),
        ({"code": "Z-99"}, "没有选类别"),
        ({"wrong": " "}, "没有写差在哪"),
        ({"fix": ""}, "没有写怎么改"),
    ],
)
def test_return_needs_place_code_fault_and_remedy(now, fields, word):
    world = make_world(now)
    application = submitted(now, world)

    with pytest.raises(Refused, match=word):
        send_back(application, world.clerk, now, reasons=[reason(**fields)])
    assert application.steps.get(position=1).state == StepState.OPEN
    assert not Remark.objects.exists()


def test_return_without_any_reason_is_refused(now):
    world = make_world(now)

    with pytest.raises(Refused, match="至少要写一条"):
        send_back(submitted(now, world), world.clerk, now, reasons=[])


def test_return_tells_the_reason_and_opens_that_place_only(now):
    """R-274, R-350, R-088."""
    world = make_world(now)
    application = submitted(now, world)
    send_back(application, world.clerk, now)

    told = Message.objects.get(key="application.returned").body
    assert "成品率没有佐证" in told
    assert "请写明出处" in told
    assert list(reopened_places(application)) == ["form:self_report"]
    actor, section = applicant_actor(application.person), application.sections.get(key=SectionKey.FORM)
    save = {
        "application_id": application.pk,
        "key": SectionKey.FORM,
        "version": 1,
        "actor": actor,
        "now": now,
    }
    with pytest.raises(Refused, match="只能改退回原因里点到的地方"):
        save_section(data={**section.data, "pathway": "normal"}, **save)
    assert save_section(data={**section.data, "self_report": "改过"}, **save).version == 2


def test_mended_case_comes_back_to_the_desk_that_returned_it(now):
    """R-295: without a new publicity."""
    world = make_world(now)
    application, later = forwarded(now, world)
    send_back(application, world.county_officer, later)
    mend(application, "改过，见检测记录。", later + timedelta(hours=1))

    held = step_of(application)
    assert (held.key, held.state) == ("county_hr", StepState.OPEN)
    assert Snapshot.objects.filter(application=application).count() == 2
    assert Remark.objects.get().answered_in.number == 2
    assert reopened_places(application) == {}


def test_return_that_restarts_walks_every_desk_again(now):
    """R-292, R-295."""
    world = make_world(now)
    application, later = forwarded(now, world)
    send_back(application, world.county_officer, later, restarts=True)
    mend(application, "改过。", later)

    states = list(application.steps.order_by("position").values_list("state", flat=True))
    assert states == [StepState.OPEN, StepState.WAITING, StepState.WAITING]
    assert step_of(application).publicity is None


def test_mending_has_an_end(now):
    world = make_world(now)
    application = submitted(now, world)
    send_back(application, world.clerk, now)
    until = application.fix_until

    with pytest.raises(Refused, match="改正期限"):
        mend(application, "太晚。", until)
    with pytest.raises(Refused, match="还没有到"):
        lapse_application(application=application, actor=SYSTEM, now=until - timedelta(seconds=1))
    lapse_unmended(until)
    application.refresh_from_db()
    assert application.state == ApplicationState.LAPSED
    assert Message.objects.filter(key="application.lapsed").count() == 1


def test_mending_may_not_outlast_the_desks_own_time(now):
    world = make_world(now)
    application = submitted(now, world)
    due = step_of(application).due_at

    with pytest.raises(Refused, match="不能晚于本环节的办理期限"):
        send_back(application, world.clerk, now, fix_until=due + timedelta(days=1))
    with pytest.raises(Refused, match="要晚于现在"):
        send_back(application, world.clerk, now, fix_until=now)


def test_refusal_needs_clause_and_reason_and_names_the_appeal(now):
    """R-273."""
    world = make_world(now)
    application = submitted(now, world)
    step = step_of(application)
    act = {"step": step, "version": step.version, "actor": world.clerk, "now": now}

    with pytest.raises(Refused, match="哪一条规定"):
        refuse_case(clause="", reason="不符", **act)
    with pytest.raises(Refused, match="不通过的原因"):
        refuse_case(clause="附件1 一", reason=" ", **act)
    refuse_case(clause="附件1 一", reason="工作年限不足", **act)
    application.refresh_from_db()
    assert application.state == ApplicationState.REFUSED
    assert current_step(application) is None
    assert world.county.name in Message.objects.get(key="application.refused").body


def test_refused_person_may_not_decide_after_the_end(now):
    world = make_world(now)
    application = submitted(now, world)
    step = step_of(application)
    stale = step_of(application)
    refuse_case(step=step, clause="一", reason="不符", version=step.version, actor=world.clerk, now=now)
    stale.refresh_from_db()

    with pytest.raises(Refused, match="已被处理"):
        pass_step(step=stale, opinion="同意", version=stale.version, actor=world.clerk, now=now)


def test_late_desk_is_refused_with_the_moment_until_the_office_extends(now):
    """R-304."""
    world = make_world(now)
    application = submitted(now, world)
    step = step_of(application)
    late = step.due_at
    act = {"opinion": "同意", "version": step.version, "actor": world.clerk, "now": late}

    with pytest.raises(Refused, match="截止，逾期不能再办理"):
        pass_step(step=step, **act)
    with pytest.raises(Forbidden):
        extend_step(
            step=step, due_at=late + timedelta(days=3), reason="系统故障", actor=world.clerk, now=late
        )
    with pytest.raises(Refused, match="原因"):
        extend_step(step=step, due_at=late + timedelta(days=3), reason="", actor=world.officer, now=late)
    extend_step(step=step, due_at=late + timedelta(days=3), reason="系统故障", actor=world.officer, now=late)
    pass_step(step=step, **act)
    assert history_of(step).filter(verb="step.extend").count() == 1


def test_overdue_is_marked_and_told_once(now):
    world = make_world(now)
    clerk = world.clerk
    step = step_of(submitted(now, world))

    mark_overdue(step.due_at - timedelta(seconds=1))
    step.refresh_from_db()
    assert step.overdue_at is None
    for later in (step.due_at, step.due_at + timedelta(minutes=1)):
        mark_overdue(later)
    step.refresh_from_db()
    assert step.overdue_at == step.due_at
    assert Message.objects.filter(person_id=clerk.person_id, key="step.overdue").count() == 1


def test_bulk_pass_is_tried_before_it_is_done(now):
    world = make_world(now)
    clerk = world.clerk
    good, own, done = (
        submitted(now, world, "申报人乙"),
        submitted(now, world, "申报人丙"),
        audited(now, world, "丁"),
    )
    clerk_about_self = staff_actor(world.employer, person=own.person)
    steps = [step_of(each) for each in (good, own, done)]

    findings = bulk_findings(clerk_about_self, steps, now)
    assert [finding.can_pass for finding in findings] == [True, False, False]
    assert step_of(good).state == StepState.OPEN
    pass_steps(steps=steps, opinion="符合", actor=clerk_about_self, now=now)
    assert [step_of(each).state for each in (good, own)] == [StepState.AUDITED, StepState.OPEN]
    assert bulk_findings(clerk, [step_of(own)], end_of(world.plan.windows.get(step="unit").closes_at.date()))[
        0
    ].why_not.startswith("已过办理期限")


def test_one_desk_has_the_case_at_a_time(now):
    """R-294: the database itself refuses a second."""
    from django.db import IntegrityError, transaction

    application = submitted(now, make_world(now))
    with pytest.raises(IntegrityError), transaction.atomic():
        application.steps.filter(position=2).update(state=StepState.OPEN, opened_at=now)


def test_stated_facts_are_kept_with_the_decision(now):
    world = make_world(now)
    step = step_of(submitted(now, world, person=make_technician(world.employer, "申报人戊")))
    pass_step(
        step=step,
        opinion="符合",
        version=step.version,
        actor=world.clerk,
        now=now,
        attested={"is_backbone": True},
    )

    assert StepDecision.objects.get().attested == {"is_backbone": True}
    assert world.clerk.role is Role.EMPLOYER_CLERK
