"""Applications that a body elsewhere is told the outcome of: those of its area, its subordinates, its plans, its staff."""

from django.db.models import QuerySet

from zhiping.applications.models import Application
from zhiping.applications.states import ApplicationState
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role
from zhiping.organisations.access import HR_ROLES
from zhiping.organisations.queries import in_region_of

NEVER_LEFT = [ApplicationState.DRAFT, ApplicationState.WITHDRAWN]


def in_reach_of(actor: Actor) -> QuerySet[Application]:
    """Submitted applications, by what the body is.

    - 人力社保: of people whose employer lies in its region; industry authority: whose employer is subordinate to it;
    - employer: of its own people; committee office: of its plans.
    """
    rows = Application.objects.exclude(state__in=NEVER_LEFT)
    if actor.organisation_id is None:
        return rows.none()
    if actor.role in HR_ROLES:
        return rows.filter(in_region_of(actor, "employer__region__code"))
    if actor.role is Role.INDUSTRY_AUTHORITY:
        return rows.filter(employer__parent_id=actor.organisation_id)
    if actor.role is Role.COMMITTEE_OFFICE:
        return rows.filter(plan__office_id=actor.organisation_id)
    if actor.role in EMPLOYER_ROLES:
        return rows.filter(employer_id=actor.organisation_id)
    return rows.none()
