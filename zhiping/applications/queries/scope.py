"""Who sees which application, step and file. Outside the scope a thing does not exist."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhiping.applications.models import Application, Step
from zhiping.applications.snapshot_content import file_ids
from zhiping.applications.states import REACHED, ApplicationState, StepState
from zhiping.files.models import StoredFile
from zhiping.kernel.actor import AUDITING_ROLES, EMPLOYER_ROLES, Actor, Role
from zhiping.organisations.queries import in_region_of

NEVER_LEFT = [ApplicationState.DRAFT, ApplicationState.WITHDRAWN]


def visible_to(actor: Actor) -> QuerySet[Application]:
    """What an actor may see.

    - applicant: their own, in every state;
    - employer's staff: submitted cases of their employer, and those that reached a step of their body (agencies);
    - authorities and lower committees: cases with a step at their body that has been reached;
    - committee office: cases of its plans that reached its step; supervision: every submitted case of
      its region's offices;
    - nobody sees their own case in a role of a body.
    """
    rows = Application.objects.select_related("person", "plan", "title", "employer")
    if actor.role is Role.APPLICANT:
        return rows.filter(person_id=actor.person_id or 0)
    left = rows.exclude(state__in=NEVER_LEFT)
    if actor.person_id is not None:
        left = left.exclude(person_id=actor.person_id)
    if actor.role is Role.SUPERVISOR:
        return left.filter(in_region_of(actor, "plan__office__region__code"))
    if actor.role in EMPLOYER_ROLES:
        return left.filter(Q(employer_id=actor.organisation_id or 0) | Q(Exists(_reached(actor))))
    if actor.role in AUDITING_ROLES or actor.role is Role.COMMITTEE_OFFICE:
        return left.filter(Exists(_reached(actor)))
    return rows.none()


def _reached(actor: Actor) -> QuerySet[Step]:
    """Steps at the actor's body, in the actor's role, to which the case has come."""
    roles = EMPLOYER_ROLES if actor.role in EMPLOYER_ROLES else {actor.role}
    mine = Step.objects.filter(
        application=OuterRef("pk"), organisation_id=actor.organisation_id or 0, role__in=sorted(roles)
    )
    return mine.exclude(state=StepState.WAITING)


def steps_visible_to(actor: Actor) -> QuerySet[Step]:
    """Steps that are, or were, on the actor's desk; one's own case and a case taken back are not."""
    roles = EMPLOYER_ROLES if actor.role in EMPLOYER_ROLES else {actor.role}
    rows = Step.objects.filter(
        organisation_id=actor.organisation_id or 0, role__in=sorted(roles), state__in=sorted(REACHED)
    )
    if actor.person_id is not None:
        own = Application.objects.filter(person_id=actor.person_id)
        rows = rows.exclude(application__in=own.values("pk"))
    return rows.select_related(
        "application__person",
        "application__plan",
        "application__title",
        "application__employer",
        "organisation",
    )


def file_of(application: Application, file_id: int, *, content: dict[str, Any]) -> StoredFile | None:
    """The file if the content of this application names it; the caller has checked the application's scope."""
    if file_id not in file_ids(content):
        return None
    return StoredFile.objects.filter(pk=file_id, owner_id=application.person_id).first()
