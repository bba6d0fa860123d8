"""Counting applications of a plan within the reach of a body."""

from django.db.models import Count

from zhiping.applications.queries.reach import in_reach_of
from zhiping.applications.states import SUBMITTED
from zhiping.kernel.actor import Actor
from zhiping.plans.models import Plan


def counts_of(plan: Plan, actor: Actor) -> dict[str, int]:
    """Submitted applications of the plan in the body's reach, by state; every state, zero where there is none."""
    rows = in_reach_of(actor).filter(plan=plan, state__in=sorted(SUBMITTED))
    found = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: found.get(state, 0) for state in sorted(SUBMITTED)}
