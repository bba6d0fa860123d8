"""What a desk sees: its queue, the case in full, what changed, what can be passed together."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Min, Prefetch, Q, QuerySet

from zhiping.applications import access
from zhiping.applications.models import Application, Remark, Snapshot, Step, StepDecision
from zhiping.applications.queries.copies import unchecked_papers
from zhiping.applications.queries.drafts import stated_in
from zhiping.applications.queries.scope import steps_visible_to
from zhiping.applications.queries.seats import short_of_seats
from zhiping.applications.states import ACTIVE, HOLDING, ApplicationState, StepState
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.working_days import WorkingCalendar
from zhiping.notices.operations import LEAST_WORKING_DAYS
from zhiping.plans.models import Plan

OVERDUE = "overdue"
QUEUE_ORDER = (F("due_at").asc(nulls_last=True), "opened_at", "pk")
IN_LISTS = ("application__person", "application__title", "application__employer")
LIST_COLUMNS = (
    "state",
    "due_at",
    "opened_at",
    "decided_at",
    "application__number",
    "application__pathway_name",
    "application__version",
    "application__person__name",
    "application__title__name",
    "application__employer__name",
)
ENCRYPTED = ("decided_by__document_number", "decided_by__phone")  # would be opened for nothing


def cases_at(
    actor: Actor, *, words: str = "", state: str = "", plan_id: int | None = None, now: datetime
) -> QuerySet[Step]:
    """The desk's queue, least time left first. Without a state: what waits here or is away for correction."""
    rows = steps_visible_to(actor)
    if state == OVERDUE:
        rows = rows.filter(state__in=sorted(HOLDING), due_at__lte=now)
    elif state in StepState.values:
        rows = rows.filter(state=state)
    else:
        rows = rows.filter(is_at_hand=True)
    if plan_id:
        rows = rows.filter(plan_id=plan_id)
    for word in words.split():
        rows = rows.filter(
            Q(application__person__name__contains=word)
            | Q(application__employer__name__contains=word)
            | Q(application__number__contains=word)
        )
    return rows.order_by(*QUEUE_ORDER)


def current_step(application: Application) -> Step | None:
    """The step where the case stands; None before submission and after the chain."""
    return application.steps.select_related("organisation").filter(state__in=sorted(ACTIVE)).first()


def step_at_desk(application: Application, actor: Actor) -> Step | None:
    """The step of this case that the actor's desk holds or held last."""
    rows = steps_visible_to(actor).filter(application=application)
    return rows.order_by("-position").first()


def latest_snapshot(application: Application) -> Snapshot | None:
    return application.snapshots.order_by("-number").first()


def previous_content(application: Application) -> dict[str, Any]:
    """What the last submission said; empty before the first."""
    snapshot = latest_snapshot(application)
    return json.loads(snapshot.content) if snapshot else {}


def reopened_places(application: Application) -> dict[str, Remark]:
    """Places that may be changed now, by id (`section:place`); nothing is reopened unless it was returned."""
    if application.state != ApplicationState.RETURNED:
        return {}
    rows = Remark.objects.filter(application=application, answered_in=None)
    return {f"{remark.section}:{remark.place}": remark for remark in rows}


def last_posting_day(due_at: datetime | None, days: int, calendar: WorkingCalendar) -> date | None:
    """The last day on which the employer can post so that the working days end before its deadline (R-303)."""
    if due_at is None:
        return None
    day = beijing_day(due_at - datetime.resolution)
    for back in range(1, 60):
        posted = day - timedelta(days=back)
        if calendar.add(posted, days) <= day:
            return posted
    return None


@dataclass(frozen=True, slots=True)
class BulkFinding:
    """One case of a trial run: whether it can be passed, and why not."""

    step: Step
    why_not: str

    @property
    def can_pass(self) -> bool:
        return not self.why_not


def bulk_findings(actor: Actor, steps: Iterable[Step], now: datetime) -> Sequence[BulkFinding]:
    """A trial run of passing several cases: nothing is changed."""
    rows = list(steps)
    open_papers = unchecked_papers(rows)
    told = [(step, _why_not(actor, step, now, open_papers.get(step.application_id, 0))) for step in rows]
    short = short_of_seats(step for step, why_not in told if not why_not)
    return [BulkFinding(step, why_not or short.get(step.pk, "")) for step, why_not in told]


def _why_not(actor: Actor, step: Step, now: datetime, open_papers: int) -> str:
    if not access.can_decide_step(actor, step):
        return "不在您的办理范围"
    if step.state != StepState.OPEN:
        return f"当前是“{step.get_state_display()}”"
    if step.due_at and now >= step.due_at:
        return "已过办理期限"
    return f"还有 {open_papers} 份材料没有对照原件核对，请逐件办理" if open_papers else ""


class Tally:
    """What lies on a desk, counted by state and plan with one pass over its steps."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.rows = list(rows)

    def number(self, state: str = "", plan_id: int | None = None) -> int:
        """As many as `cases_at` gives for this state and plan."""
        rows = [row for row in self.rows if plan_id in (None, row["plan_id"])]
        if state == OVERDUE:
            return sum(row["late"] for row in rows if row["state"] in HOLDING)
        wanted = {state} if state in StepState.values else ACTIVE
        return sum(row["number"] for row in rows if row["state"] in wanted)

    def plans(self) -> list[tuple[int, str]]:
        """Plans of which there is something on the desk, for the filter. One query."""
        keys = {row["plan_id"] for row in self.rows}
        return list(Plan.objects.filter(pk__in=keys).order_by("name").values_list("pk", "name"))


def tally_at(actor: Actor, now: datetime) -> Tally:
    """How many lie on the desk in each state and plan, and how many of them are past their day. One query, off an index."""
    late = Count("pk", filter=Q(due_at__lte=now))
    rows = steps_visible_to(actor).order_by().values("state", "plan_id")
    return Tally(rows.annotate(number=Count("*"), late=late))


def listed(rows: QuerySet[Step]) -> QuerySet[Step]:
    """A slice of `cases_at` with the columns a list shows: what is joined is joined for these rows only."""
    chosen = Step.objects.filter(pk__in=rows.values("pk")).select_related(*IN_LISTS)
    return chosen.only(*LIST_COLUMNS).order_by(*QUEUE_ORDER)


@dataclass(frozen=True)
class CaseFile:
    """Everything a desk looks at in one case."""

    application: Application
    step: Step | None
    steps: tuple[Step, ...]
    snapshots: tuple[Snapshot, ...]
    remarks: tuple[Remark, ...]

    @cached_property
    def content(self) -> dict[str, Any]:
        return json.loads(self.snapshots[-1].content)

    @cached_property
    def before(self) -> dict[str, Any] | None:
        """The submission before the last, if there was one."""
        return json.loads(self.snapshots[-2].content) if len(self.snapshots) > 1 else None

    @property
    def attested(self) -> dict[str, Any]:
        """What bodies have stated so far, the latest word last."""
        found: dict[str, Any] = {}
        for step in self.steps:
            for decision in step.decisions.all():
                found |= stated_in(decision)
        return found


def case_file(application: Application, actor: Actor) -> CaseFile:
    """Chain with decisions, the last two submissions, and the reasons of the last return; four queries at most."""
    said = StepDecision.objects.select_related("decided_by", "publicity").defer(*ENCRYPTED)
    related = said.order_by("decided_at", "pk")
    steps = tuple(
        application.steps.select_related("organisation", "publicity")
        .prefetch_related(Prefetch("decisions", related))
        .order_by("position")
    )
    for step in steps:
        step.application = application
    mine = [step for step in steps if step.state != StepState.WAITING and access.can_hold_desk(actor, step)]
    held = next((step for step in mine if step.state in ACTIVE), mine[-1] if mine else None)
    snapshots = tuple(reversed(application.snapshots.order_by("-number")[:2]))
    has_returns = any(step.decisions.all() for step in steps) and (
        len(snapshots) > 1 or application.state == ApplicationState.RETURNED
    )
    remarks = tuple(Remark.objects.filter(application=application)) if has_returns else ()
    return CaseFile(application, held, steps, snapshots, remarks)


def waiting_for_publicity(actor: Actor) -> list[dict[str, Any]]:
    """Plans in which the employer has passed people who are not publicised yet, with the earliest deadline."""
    mine = steps_visible_to(actor).filter(
        position=1, state__in=[StepState.AUDITED, StepState.OPEN, StepState.RETURNED]
    )
    rows = (
        mine.order_by()
        .values("plan_id", "plan__name")
        .annotate(
            passed=Count("pk", filter=Q(state=StepState.AUDITED)),
            unsettled=Count("pk", filter=~Q(state=StepState.AUDITED)),
            due_at=Min("due_at"),
        )
        .order_by("plan__name")
    )
    return [
        {
            "plan_id": row["plan_id"],
            "plan": row["plan__name"],
            "passed": row["passed"],
            "unsettled": row["unsettled"],
            "due_at": row["due_at"],
            "days": LEAST_WORKING_DAYS,
        }
        for row in rows
        if row["passed"]
    ]


def late_steps(actor: Actor, now: datetime) -> QuerySet[Step]:
    """Desks whose time is over, in the plans of the actor's committee office, wherever the case stands (R-304)."""
    rows = Step.objects.filter(state__in=sorted(HOLDING), due_at__lte=now)
    if actor.role is not Role.COMMITTEE_OFFICE or actor.organisation_id is None:
        return rows.none()
    related = ("organisation", "application__person", "application__plan", "application__employer")
    return (
        rows.filter(plan__office_id=actor.organisation_id)
        .exclude(application__person_id=actor.person_id)
        .select_related(*related)
        .order_by("due_at", "pk")
    )
