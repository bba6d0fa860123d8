"""Which bodies, staff and letters one may see, and which employers one may choose."""

import re
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role
from zhiping.kernel.regions import digits_of_city, digits_of_province
from zhiping.organisations.access import HR_ROLES, can_administer_bodies
from zhiping.organisations.models import AuthorisationLetter, ClerkRequest, Membership, Organisation
from zhiping.organisations.states import (
    EMPLOYER_KINDS,
    HR_ROLE_OF_LEVEL,
    ClerkRequestState,
    OrganisationKind,
    OrganisationState,
)

_DIGITS = {Role.COUNTY_HR: str, Role.CITY_HR: digits_of_city, Role.PROVINCIAL_HR: digits_of_province}


def in_region_of(actor: Actor, path: str) -> Q:
    """Whether the region that `path` leads to lies in the actor's: a province holds its cities, a city its counties."""
    digits = re.sub(r"(00)+$", "", actor.region_code)
    return Q(**{f"{path}__startswith": digits}) if digits else Q(pk__in=[])


def visible_to(actor: Actor) -> QuerySet[Organisation]:
    """The administrator sees bodies, a 人力社保 body the employers of its region, employers themselves."""
    bodies = Organisation.objects.select_related("region")
    if can_administer_bodies(actor):
        return bodies
    if actor.role in HR_ROLES:
        prefix = _DIGITS[actor.role](actor.region_code)
        return bodies.filter(kind__in=EMPLOYER_KINDS, region__code__startswith=prefix)
    if actor.role in EMPLOYER_ROLES:
        return bodies.filter(pk=actor.organisation_id)
    return bodies.none()


def employers_under(actor: Actor) -> QuerySet[Organisation]:
    """Employers over which an authority has a say: its region's for 人力社保, its subordinates' for a department."""
    if actor.role is Role.INDUSTRY_AUTHORITY:
        return Organisation.objects.filter(kind__in=EMPLOYER_KINDS, parent=actor.organisation_id)
    return visible_to(actor) if actor.role in HR_ROLES else Organisation.objects.none()


def decided_by(actor: Actor, bodies: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Those whose letters are decided by this 人力社保 body itself, not by one below it."""
    if actor.role not in HR_ROLES:
        return bodies.none()
    return bodies.filter(region_id=actor.region_code)


def letters_visible_to(actor: Actor) -> QuerySet[AuthorisationLetter]:
    """Letters of visible employers; the administrator keeps accounts and reads no papers."""
    related = AuthorisationLetter.objects.select_related("file", "handler", "decided_by")
    if can_administer_bodies(actor):
        return related.none()
    return related.filter(organisation__in=visible_to(actor))


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """Staff of visible bodies; one's own memberships belong to `choices_of`."""
    related = Membership.objects.select_related("user__person", "organisation__region")
    return related.filter(organisation__in=visible_to(actor))


def requests_visible_to(actor: Actor) -> QuerySet[ClerkRequest]:
    """One's own, and those of the employer one acts for."""
    related = ClerkRequest.objects.select_related("user__person", "organisation")
    own = Q(user_id=actor.user_id)
    if actor.role in EMPLOYER_ROLES:
        own |= Q(organisation_id=actor.organisation_id)
    return related.filter(own)


def open_requests(actor: Actor) -> QuerySet[ClerkRequest]:
    return requests_visible_to(actor).filter(state__in=[ClerkRequestState.INVITED, ClerkRequestState.ASKED])


def choices_of(user_id: int, *, today: date) -> QuerySet[Membership]:
    """The memberships an account may act by today."""
    return (
        Membership.objects.select_related("organisation__region", "user__person")
        .filter(user_id=user_id, is_active=True, since__lte=today)
        .exclude(until__lt=today)
        .exclude(organisation__state=OrganisationState.SUSPENDED)
        .order_by("role", "organisation__name")
    )


def is_allocated(user_id: int, *, today: date) -> bool:
    """Whether the platform gave this account a place in a body of the state or a committee (R-031)."""
    return choices_of(user_id, today=today).exclude(role__in=EMPLOYER_ROLES).exists()


def search(bodies: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Bodies whose name contains `text` or whose credit code is `text`."""
    text = text.strip()
    if not text:
        return bodies
    return bodies.filter(Q(name__contains=text) | Q(credit_code=text.upper()))


def with_staff(bodies: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Adds `staff_count` and the active memberships with their people."""
    active = Membership.objects.filter(is_active=True).select_related("user__person")
    return bodies.annotate(
        staff_count=Count("memberships", filter=Q(memberships__is_active=True))
    ).prefetch_related(Prefetch("memberships", active, "active_staff"))


def deciding_body(organisation: Organisation) -> Organisation | None:
    """The 人力社保 body that decides on this employer's letter, if it is on the platform."""
    return (
        Organisation.objects.filter(
            kind=OrganisationKind.HR_AUTHORITY,
            region_id=organisation.region_id,
            state=OrganisationState.AUTHORISED,
        )
        .order_by("pk")
        .first()
    )


def people_of(organisation: Organisation, *roles: Role) -> list[int]:
    """Persons who act for a body, for messages."""
    staff = Membership.objects.filter(organisation=organisation, is_active=True, user__is_active=True)
    if roles:
        staff = staff.filter(role__in=roles)
    return list(staff.exclude(user__person=None).values_list("user__person_id", flat=True))


def hr_role_of(organisation: Organisation) -> Role:
    """The role in which the 人力社保 body of this place acts."""
    return HR_ROLE_OF_LEVEL[organisation.region.level]


def staff_of(*organisation_ids: int) -> list[int]:
    """Persons who act for these bodies."""
    rows = Membership.objects.filter(organisation_id__in=organisation_ids, is_active=True)
    return list(rows.exclude(user__person=None).values_list("user__person_id", flat=True).distinct())
