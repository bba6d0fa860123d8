"""What an employer sees of its own people's applications, all in one list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from zhiping.applications.models import Application, Step
from zhiping.applications.queries.scope import visible_to
from zhiping.applications.states import ACTIVE, EDITABLE, ApplicationState
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor
from zhiping.plans.states import PlanState


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How many of a plan's applications wait for their person; of drafts an employer learns the number only."""

    plan: str
    drafts: int
    returned: int


def cases_of_staff(actor: Actor) -> QuerySet[Application]:
    """Submitted applications of the employer's people, newest first, with the desk that has each (`desk`, `due_at`)."""
    here = Step.objects.filter(application=OuterRef("pk"), state__in=sorted(ACTIVE))
    rows = visible_to(actor).filter(employer=actor.organisation_id or 0)
    return rows.annotate(
        desk=Subquery(here.values("organisation__name")[:1]), due_at=Subquery(here.values("due_at")[:1])
    ).order_by("-submitted_at", "-pk")


def unfinished_of(actor: Actor) -> QuerySet[Application]:
    """Drafts and returned applications of people whom the employer has confirmed, in plans that still take them."""
    if actor.role not in EMPLOYER_ROLES or actor.organisation_id is None:
        return Application.objects.none()
    rows = Application.objects.filter(
        employer=actor.organisation_id,
        state__in=sorted(EDITABLE),
        person__profile__employer=actor.organisation_id,
        person__profile__is_confirmed=True,
    )
    drafts_too_late = Q(state=ApplicationState.DRAFT) & ~Q(plan__state=PlanState.OPEN)
    return rows.exclude(drafts_too_late).exclude(person_id=actor.person_id)


def unfinished_by_plan(actor: Actor) -> Sequence[Unfinished]:
    """The same, counted by plan; one query."""
    rows = unfinished_of(actor).order_by().values("plan__name")
    counted = rows.annotate(
        drafts=Count("pk", filter=Q(state=ApplicationState.DRAFT)),
        returned=Count("pk", filter=Q(state=ApplicationState.RETURNED)),
    ).order_by("plan__name")
    return [Unfinished(row["plan__name"], row["drafts"], row["returned"]) for row in counted]
