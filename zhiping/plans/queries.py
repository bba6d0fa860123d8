"""Questions to the plans."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.queries import working_calendar
from zhiping.plans.models import Plan, PlanFile, PlanTitle, PlanWindow
from zhiping.plans.points import counts_first_day, publicity_steps, spans_of
from zhiping.plans.rollover import Finding, Span, findings
from zhiping.plans.rules import days_of
from zhiping.plans.states import ACCEPTING, LEVEL_GROUPS, PUBLIC, PlanState
from zhiping.plans.status import APPLICANT, Phase, Status, status_of
from zhiping.policies.queries import pack_of

# What a plan is called that its windows no longer tell of.
PHASES = {
    PlanState.SUSPENDED: Phase.SUSPENDED,
    PlanState.UNDER_REVIEW: Phase.REVIEW,
    PlanState.RESULT_PUBLICITY: Phase.RESULTS,
    PlanState.ISSUED: Phase.ISSUED,
    PlanState.ARCHIVED: Phase.ARCHIVED,
}


def visible_to(actor: Actor) -> QuerySet[Plan]:
    """Everyone sees published plans; a committee office also its own drafts; the administrator and the system all."""
    if actor.has_role(Role.SYSTEM_ADMIN, Role.SYSTEM):
        return Plan.objects.all()
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return Plan.objects.filter(Q(state__in=PUBLIC) | Q(office_id=actor.organisation_id))
    return Plan.objects.filter(state__in=PUBLIC)


def is_open(plan: Plan, now: datetime) -> bool:
    """Whether one may apply now; the moment of closing is already too late (R-062, C-39)."""
    return plan.state in ACCEPTING and any(
        window.who == APPLICANT
        and not window.is_indicative
        and (window.opens_at is None or window.opens_at <= now)
        and window.closes_at is not None
        and now < window.closes_at
        for window in plan.windows.all()
    )


def status(plan: Plan, now: datetime) -> Status:
    """Open now, opening soon, closed, or how far the review has come; from the rows that `with_rows` has fetched."""
    found = status_of(list(plan.windows.all()), now, is_accepting=plan.state in ACCEPTING)
    return replace(found, phase=PHASES[plan.state]) if plan.state in PHASES else found


def with_rows(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans with what lists and pages show of them, in a constant number of queries."""
    return plans.select_related("region", "office", "pack_version").prefetch_related(
        Prefetch("windows", PlanWindow.objects.order_by("position")),
        Prefetch("titles", PlanTitle.objects.order_by("position")),
    )


def for_lists(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Like `with_rows`, but without the text of the rules."""
    return with_rows(plans).defer("pack_version__text")


def filtered(
    plans: QuerySet[Plan],
    *,
    series: str = "",
    level: str = "",
    region: str = "",
    year: int | None = None,
    words: str = "",
) -> QuerySet[Plan]:
    """Plans of a series, a level group (R-058), a region, a year, with words in name, title or series."""
    if series:
        plans = plans.filter(series=series)
    if level in LEVEL_GROUPS:
        of_level = PlanTitle.objects.filter(plan=OuterRef("pk"), level__in=LEVEL_GROUPS[level][1])
        plans = plans.filter(Exists(of_level))
    if region:
        plans = plans.filter(region_id=region)
    if year:
        plans = plans.filter(year=year)
    for word in words.split():
        plans = plans.filter(Q(name__icontains=word) | Q(title__icontains=word) | Q(series__icontains=word))
    return plans


def choices_of(plans: QuerySet[Plan]) -> tuple[list[str], list[tuple[str, str]], list[int]]:
    """Series, regions and years that the filters of a list can offer; one query."""
    rows = list(plans.order_by().values_list("series", "region_id", "region__name", "year").distinct())
    return (
        sorted({series for series, *_ in rows}),
        sorted({(code, name) for _, code, name, _ in rows}),
        sorted({year for *_, year in rows}, reverse=True),
    )


def attachments_of(plan: Plan) -> QuerySet[PlanFile]:
    """What hangs under 其他相关附件."""
    return PlanFile.objects.filter(plan=plan).select_related("file").order_by("position")


def spans_of_plan(plan: Plan, windows: Iterable[PlanWindow] | None = None) -> list[Span]:
    """The plan's windows in days, with the order its pack gives them; read afresh unless they are given."""
    after = {span.step: span.after for span in spans_of(pack_of(plan.pack_version))}
    windows = plan.windows.order_by("position") if windows is None else windows
    return [Span(w.step, w.name, w.who, *days_of(w), after.get(w.step, ""), w.is_indicative) for w in windows]


def findings_of(plan: Plan, windows: Iterable[PlanWindow] | None = None) -> list[Finding]:
    """What is wrong with the plan's dates, or worth a look."""
    pack = pack_of(plan.pack_version)
    return findings(
        spans_of_plan(plan, windows),
        working_calendar(),
        publicity=publicity_steps(pack),
        counts_first_day=counts_first_day(pack),
    )


def blocking(found: list[Finding]) -> list[Finding]:
    """Those that keep the plan from being proposed or published."""
    return [each for each in found if each.blocks]
