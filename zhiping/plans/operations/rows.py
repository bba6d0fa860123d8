"""Writing the rows of a plan from its pack; used by the operations only."""

from collections.abc import Iterable

from zhiping.kernel.clock import end_of, start_of
from zhiping.plans.models import Confirmation, Plan, PlanTitle, PlanWindow
from zhiping.plans.points import points_to_confirm, title_rows
from zhiping.plans.queries import spans_of_plan
from zhiping.plans.rollover import Span
from zhiping.policies.models import PackVersion
from zhiping.policies.queries import pack_of


def write_rows(plan: Plan, version: PackVersion, spans: list[Span], *, confirm: bool = False) -> None:
    PlanTitle.objects.bulk_create(PlanTitle(plan=plan, **row) for row in title_rows(pack_of(version)))
    write_windows(plan, spans)
    if confirm:
        list_points(plan)


def write_windows(plan: Plan, spans: Iterable[Span], start: int = 0) -> None:
    PlanWindow.objects.bulk_create(
        PlanWindow(
            plan=plan,
            step=span.step,
            name=span.name,
            who=span.who,
            opens_at=start_of(span.opens) if span.opens else None,
            closes_at=end_of(span.closes) if span.closes else None,
            is_indicative=span.is_indicative,
            is_paper=span.who == "collector",
            position=number,
        )
        for number, span in enumerate(spans, start)
    )


def list_points(plan: Plan) -> None:
    """Write the points again; a point whose value is unchanged keeps its confirmation."""
    pack = pack_of(plan.pack_version)
    points = points_to_confirm(pack, spans_of_plan(plan), plan.cutoff_on, str(plan.pack_version))
    kept = {row.key: row for row in plan.confirmations.all()}
    plan.confirmations.all().delete()
    rows = []
    for number, point in enumerate(points):
        row = Confirmation(
            plan=plan, key=point.key, label=point.label[:120], value=point.value, position=number
        )
        old = kept.get(point.key)
        if old is not None and old.value == point.value:
            row.confirmed_by_id, row.confirmed_name = old.confirmed_by_id, old.confirmed_name
            row.confirmed_at = old.confirmed_at
        rows.append(row)
    Confirmation.objects.bulk_create(rows)
