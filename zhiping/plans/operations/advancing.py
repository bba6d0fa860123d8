"""What the committee's acts do to a plan, and its end. The callers know meetings, results and paper; this does not."""

from datetime import datetime

from django.db import transaction

from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.lifecycle.moving import move
from zhiping.plans import transitions
from zhiping.plans.models import Plan
from zhiping.plans.states import PlanState


@transaction.atomic
def advance_plan(*, plan: Plan, to: PlanState, now: datetime, note: str) -> int:
    """Move a closed plan on until it is `to` (评审中, 评后公示, 已发文); how many steps it went.

    A plan that is there already stays. One that still takes applications waits for its last window; the periodic task
    of the highest context asks again (`certificates.follow_acts`).
    """
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    targets = [arrow.target for arrow in transitions.TO_ISSUE]
    steps = 0
    for arrow in transitions.TO_ISSUE[: targets.index(to) + 1]:
        if row.state in arrow.sources:
            move(row, arrow, actor=SYSTEM, now=now, note=note)
            steps += 1
    return steps


@transaction.atomic
def archive_plan(
    *, plan: Plan, actor: Actor, now: datetime, expected: int | None = None, note: str = ""
) -> None:
    """End the plan's life. Whether everything of it is done the caller knows (`certificates.archive_finished_plan`)."""
    move(plan, transitions.ARCHIVE, actor=actor, now=now, version=expected, note=note)
