"""Questions about leads and marks."""

from collections.abc import Sequence

from django.db.models import Case, QuerySet, When

from zhiping.applications.models import Application
from zhiping.applications.queries import visible_to as applications_visible_to
from zhiping.kernel.actor import Actor
from zhiping.leads.access import READING_ROLES
from zhiping.leads.marks import ALIKE, Mark, differs
from zhiping.leads.models import Lead, SubmissionMark
from zhiping.leads.states import LeadKind, LeadState


def visible_to(actor: Actor) -> QuerySet[Lead]:
    """Leads of cases that the body has; none about the actor, none for applicants and employers."""
    rows = Lead.objects.select_related("application__person", "application__plan", "application__title")
    if actor.role not in READING_ROLES:
        return rows.none()
    seen = rows.filter(application__in=applications_visible_to(actor).values("pk"))
    return seen.exclude(other__person_id=actor.person_id or 0)


def open_first(rows: QuerySet[Lead]) -> QuerySet[Lead]:
    """Open ones, then the newest."""
    is_open = Case(When(state=LeadState.OPEN, then=0), default=1)
    return rows.order_by(is_open, "-found_at", "-pk")


def same_elsewhere(application: Application, mark: Mark) -> Sequence[SubmissionMark]:
    """The same mark in submissions of other people, the oldest first; pictures that differ too much left out."""
    rows = SubmissionMark.objects.filter(kind=mark.kind, value=mark.value)
    found = (
        rows.exclude(person_id=application.person_id).select_related("application__plan").order_by("pk")[:50]
    )
    if mark.kind != LeadKind.IMAGE:
        return list(found)
    return [each for each in found if differs(each.picture, mark.print_) <= ALIKE]
