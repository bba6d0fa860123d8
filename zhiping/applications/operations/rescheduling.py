"""A plan's dates change while cases are on their way."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from zhiping.applications import messages
from zhiping.applications.models import Step
from zhiping.applications.operations.chain import end_words
from zhiping.applications.states import HOLDING, StepState
from zhiping.auditlog.recording import record
from zhiping.kernel.actor import Actor
from zhiping.messaging.operations import tell_each
from zhiping.organisations.queries import staff_of
from zhiping.plans.models import Plan, PlanWindow
from zhiping.plans.operations import set_window

DECIDED = (StepState.PASSED, StepState.REFUSED)


@transaction.atomic
def change_window(
    *,
    plan: Plan,
    step: str,
    opens: date | None,
    closes: date | None,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> int:
    """Change the days of a plan's window and, with them, the time of every desk it governs; how many desks (R-304).

    1. change the window; 2. undecided steps that still had its old end get the new one, a desk with an extension of its
    own keeps it; 3. log how many; 4. tell the staff of the desks that hold a case now.
    """
    before = _end_of(plan, step)
    set_window(plan=plan, step=step, opens=opens, closes=closes, actor=actor, now=now, reason=reason)
    after = _end_of(plan, step)
    governed = Step.objects.filter(application__plan=plan, window=step).exclude(state__in=DECIDED)
    moved = governed.filter(Q(due_at=before) if before else Q(due_at=None))
    bodies = sorted(set(moved.filter(state__in=sorted(HOLDING)).values_list("organisation_id", flat=True)))
    count = 0 if after == before else moved.update(due_at=after, overdue_at=None)
    if not count:
        return 0
    ends = {"from": before.isoformat() if before else None, "to": after.isoformat() if after else None}
    details = {"window": step, "steps": count, **ends}
    record("plan.reschedule", actor=actor, now=now, subject=plan, note=reason, details=details)
    context = {
        "plan": plan.name,
        "window": plan.windows.get(step=step).name,
        "until": end_words(after) if after else "另行通知的时间",
        "reason": reason,
    }
    tell_each(people=staff_of(*bodies), kind=messages.RESCHEDULED, context=context, now=now)
    return count


def _end_of(plan: Plan, step: str) -> datetime | None:
    return PlanWindow.objects.filter(plan=plan, step=step).values_list("closes_at", flat=True).first()
