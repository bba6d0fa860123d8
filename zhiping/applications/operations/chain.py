"""Carrying a case from desk to desk, and what time does to it."""

from datetime import datetime, timedelta

from django.db import transaction

from zhiping.applications import messages, transitions
from zhiping.applications.assessment import Assessment
from zhiping.applications.models import Application, Remark, Snapshot, Step, StepDecision
from zhiping.applications.operations.seating import give_back_seat
from zhiping.applications.states import Outcome, StepState
from zhiping.auditlog.recording import record
from zhiping.kernel.actor import SYSTEM, Actor, Role
from zhiping.kernel.clock import BEIJING
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import Transition, move
from zhiping.messaging.operations import tell
from zhiping.plans.chain import chain_of


def reach_first(application: Application, assessment: Assessment, now: datetime) -> Step:
    """Lay out the chain of the plan for this employer as rows; the first desk has the case at once."""
    draft = assessment.draft
    told = {name: value for name, value in assessment.facts.items() if name in draft.pack.facts}
    specs = chain_of(
        draft.pack,
        application.plan,
        application.employer,
        title=draft.title["id"],
        pathway=draft.form["pathway"],
        facts=told,
    )
    steps = [
        Step(
            application=application,
            plan_id=application.plan_id,
            position=position,
            key=spec.key,
            label=spec.label,
            role=spec.role,
            organisation_id=spec.organisation_id,
            window=spec.window,
            due_at=spec.due_at,
            state=StepState.OPEN if position == 1 else StepState.WAITING,
            opened_at=now if position == 1 else None,
        )
        for position, spec in enumerate(specs, start=1)
    ]
    return Step.objects.bulk_create(steps)[0]


def reach_next(step: Step, now: datetime) -> Step | None:
    """Open the desk after this one; None after the last."""
    following = Step.objects.filter(application_id=step.application_id, position__gt=step.position)
    upcoming = following.select_related("organisation").order_by("position").first()
    if upcoming is not None:
        _open(upcoming, transitions.REACH, now)
    return upcoming


def resume(application: Application, snapshot: Snapshot, now: datetime) -> Step:
    """Bring a mended case back to the desk that returned it, or to the first if that desk asked so (R-295)."""
    steps = list(Step.objects.filter(application=application).select_related("organisation"))
    returned = next(step for step in steps if step.state == StepState.RETURNED)
    decision = StepDecision.objects.filter(step=returned, outcome=Outcome.RETURN).last()
    Remark.objects.filter(application=application, answered_in=None).update(answered_in=snapshot)
    if not (decision and decision.restarts):
        _open(returned, transitions.REACH_AGAIN, now)
        return returned
    for step in steps:
        if step.state in (StepState.PASSED, StepState.RETURNED):
            move(step, transitions.RESET, actor=SYSTEM, now=now)
    _open(steps[0], transitions.REACH, now)
    return steps[0]


@transaction.atomic
def extend_step(*, step: Step, due_at: datetime, reason: str, actor: Actor, now: datetime) -> None:
    """Give a desk more time: the plan's committee office alone may, with a reason, and it is logged (R-304)."""
    if actor.role is not Role.COMMITTEE_OFFICE or actor.organisation_id != step.application.plan.office_id:
        raise Forbidden("step.extend")
    if not reason.strip():
        raise Refused("请写明延长期限的原因。", field="reason")
    if due_at <= now:
        raise Refused("新的期限已经过去，请选一个以后的时间。", field="due_at")
    before = step.due_at
    step.due_at, step.overdue_at = due_at, None
    step.save(update_fields=["due_at", "overdue_at"])
    record(
        "step.extend",
        actor=actor,
        now=now,
        subject=step,
        note=reason,
        details={"from": before.isoformat() if before else None, "to": due_at.isoformat()},
    )


@transaction.atomic
def lapse_application(*, application: Application, actor: Actor, now: datetime) -> None:
    """End a returned case whose time for mending is over (domain §9.4, 26)."""
    if application.fix_until is None or now < application.fix_until:
        raise Refused("改正期限还没有到。")
    move(application, transitions.LAPSE, actor=actor, now=now)
    give_back_seat(application, "逾期未补正", now)
    context = {
        "key": application.pk,
        "title": application.title.name,
        "until": end_words(application.fix_until),
    }
    tell(person=application.person_id, kind=messages.LAPSED, context=context, now=now)


def told_until(due_at: datetime | None) -> str:
    """The end of a desk's time, to be added to a sentence; empty if it has none."""
    return f"，最晚到 {end_words(due_at)}" if due_at else ""


def end_words(moment: datetime) -> str:
    """The end of a period in words: midnight belongs to the day that ends (C-39)."""
    local = moment.astimezone(BEIJING)
    if (local.hour, local.minute) == (0, 0):
        return f"{local - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def _open(step: Step, arrow: Transition, now: datetime) -> None:
    step.opened_at, step.decided_at, step.decided_by, step.publicity = now, None, None, None
    step.save(update_fields=["opened_at", "decided_at", "decided_by", "publicity"])
    move(step, arrow, actor=SYSTEM, now=now)
