"""Questions about committees, meetings and the cases before them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhiping.applications.models import Application
from zhiping.applications.states import ApplicationState
from zhiping.committees.models import BallotCode, Case, Committee, Meeting, Recusal, Round, Seat
from zhiping.committees.states import RoundState
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.regions import digits_of_city, digits_of_province
from zhiping.notices.models import Publicity
from zhiping.notices.states import PublicityKind
from zhiping.organisations.queries import in_region_of
from zhiping.plans.models import Plan
from zhiping.plans.rules import rules_of

PHASES = {PublicityKind.PRE_REVIEW: "before_review", PublicityKind.RESULT: "results"}
DEFAULT_WORKING_DAYS = 5
OFFICE_STATES = frozenset(
    {
        ApplicationState.PAYMENT_PENDING,
        ApplicationState.ACCEPTED,
        ApplicationState.PRE_REVIEW_PUBLICITY,
        ApplicationState.READY,
        ApplicationState.IN_COMMITTEE,
        ApplicationState.PASSED,
        ApplicationState.NOT_PASSED,
        ApplicationState.RESULT_PUBLICITY,
        ApplicationState.APPROVED,
        ApplicationState.CERTIFIED,
    }
)


@dataclass(frozen=True, slots=True)
class PublicityRule:
    """What the plan's pack says of a publicity; the citation goes on the page."""

    working_days: int
    counts_first_day: bool
    content: str
    cite: str


def committees_visible_to(actor: Actor) -> QuerySet[Committee]:
    """The own office's committees; those to be filed for the HR authority of city and province; its region's for supervision."""
    rows = Committee.objects.select_related("office")
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return rows.filter(office_id=actor.organisation_id)
    if actor.has_role(Role.CITY_HR):
        return rows.filter(office__region__code__startswith=digits_of_city(actor.region_code))
    if actor.has_role(Role.PROVINCIAL_HR):
        return rows.filter(office__region__code__startswith=digits_of_province(actor.region_code))
    if actor.has_role(Role.SUPERVISOR):
        return rows.filter(in_region_of(actor, "office__region__code"))
    return rows.none()


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Meetings of the own office; those an expert is seated at; its region's for supervision."""
    rows = Meeting.objects.select_related("committee", "plan")
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return rows.filter(committee__office_id=actor.organisation_id)
    if actor.has_role(Role.COMMITTEE_MEMBER):
        return rows.filter(seats__member__person_id=actor.person_id)
    if actor.has_role(Role.SUPERVISOR):
        return rows.filter(in_region_of(actor, "committee__office__region__code"))
    return rows.none()


def supervised(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with the numbers that tell whether they went by the rules: roll, agenda, codes drawn and used, counts."""
    drawn = BallotCode.objects.exclude(round__state=RoundState.VOID)
    return meetings.annotate(
        on_roll=_number(Seat.objects, "meeting"),
        present=_number(Seat.objects.filter(is_present=True), "meeting"),
        on_agenda=_number(Case.objects, "meeting"),
        counted=_number(Case.objects.exclude(passed=None), "meeting"),
        codes=_number(drawn, "round__meeting"),
        used=_number(drawn.filter(is_used=True), "round__meeting"),
    )


def _number(rows: Any, link: str) -> Coalesce:
    """How many of these belong to the outer row, counted apart so that the counts do not multiply each other."""
    counted = rows.filter(**{link: OuterRef("pk")}).order_by().values(link).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def rounds_visible_to(actor: Actor) -> QuerySet[Round]:
    """Rounds are the office's and the supervisor's; an expert has the paper."""
    rows = Round.objects.select_related("meeting__committee", "meeting__plan")
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return rows.filter(meeting__committee__office_id=actor.organisation_id)
    if actor.has_role(Role.SUPERVISOR):
        return rows.filter(in_region_of(actor, "meeting__committee__office__region__code"))
    return rows.none()


def rounds_of(meeting: Meeting) -> QuerySet[Round]:
    """A meeting's rounds with how many cases each has and how many codes were used."""
    return meeting.rounds.annotate(
        number_of_cases=Count("cases", distinct=True),
        used=Count("codes", filter=Q(codes__is_used=True), distinct=True),
    )


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases of visible meetings, never one's own; an expert sees none they recused from (art. 25)."""
    rows = Case.objects.select_related("application__person", "application__title", "meeting__committee")
    if actor.person_id is not None:
        rows = rows.exclude(application__person_id=actor.person_id)
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return rows.filter(meeting__committee__office_id=actor.organisation_id)
    if actor.has_role(Role.SUPERVISOR):
        return rows.filter(in_region_of(actor, "meeting__committee__office__region__code"))
    if not actor.has_role(Role.COMMITTEE_MEMBER):
        return rows.none()
    recused = Recusal.objects.filter(case=OuterRef("pk"), member__person_id=actor.person_id)
    seated = rows.filter(meeting__seats__member__person_id=actor.person_id)
    return seated.filter(~Exists(recused))


def applications_at_office(actor: Actor) -> QuerySet[Application]:
    """Applications that the acting office holds, from acceptance to certificate."""
    rows = Application.objects.select_related("person", "employer", "title", "plan__office")
    if not actor.has_role(Role.COMMITTEE_OFFICE):
        return rows.none()
    return rows.filter(plan__office_id=actor.organisation_id, state__in=sorted(OFFICE_STATES))


@dataclass(frozen=True, slots=True)
class Waiting:
    """People of one plan who can be put on a list now."""

    plan_id: int
    plan_name: str
    kind: str
    number: int


def waiting_for_publicity(actor: Actor) -> list[Waiting]:
    """Per plan, how many accepted wait for the pre-review list and how many passed for the result list."""
    kinds = {
        ApplicationState.ACCEPTED: PublicityKind.PRE_REVIEW,
        ApplicationState.PASSED: PublicityKind.RESULT,
    }
    rows = (
        applications_at_office(actor)
        .filter(state__in=sorted(kinds))
        .values_list("plan_id", "plan__name", "state")
    )
    counted = rows.annotate(number=Count("pk")).order_by("plan__name", "state")
    return [
        Waiting(plan_id, name, kinds[ApplicationState(state)], number)
        for plan_id, name, state, number in counted
    ]


def counts_at_office(actor: Actor) -> list[tuple[str, int]]:
    """How many applications stand in each state that the office works with, in the order of the way."""
    rows = applications_at_office(actor).values_list("state").annotate(number=Count("pk"))
    found = dict(rows.order_by("state"))
    return [(state.label, found[state]) for state in ApplicationState if found.get(state)]


def under_publicity(publicity: Publicity, states: Collection[str]) -> list[Application]:
    """Applications on a list that are still in one of the states."""
    keys = publicity.entries.values_list("subject_id", flat=True)
    related = Application.objects.select_related("plan__office", "person")
    return list(related.filter(pk__in=keys, state__in=sorted(states)).order_by("pk"))


def publicity_subject(plan: Plan) -> str:
    return f"plan:{plan.pk}"


def publicity_rule(plan: Plan, kind: str) -> PublicityRule:
    """Working days and wording from the pack; five working days where a notice names no number (令40号第二十六条)."""
    rules = rules_of(plan)
    data = rules.data
    found = next((p for p in data.get("publicity") or () if p.get("phase") == PHASES[kind]), {})
    counting = (data["plan"].get("working_days") or {}).get("count_first_day", False)
    if isinstance(counting, dict):
        counting = rules.parameters.get(counting["param"], False)
    return PublicityRule(
        working_days=found.get("min_working_days", DEFAULT_WORKING_DAYS),
        counts_first_day=bool(counting),
        content=found.get("content") or "基本情况和业绩材料",
        cite=str(found.get("cite", "人社部令第40号第二十六条")),
    )
