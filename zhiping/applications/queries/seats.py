"""Whether an application takes a post of a public institution, and how it stands before that institution's ledger."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from zhiping.achievements.models import ProfileVersion
from zhiping.achievements.states import VersionState
from zhiping.applications.models import Application, Step
from zhiping.applications.states import ENDED
from zhiping.identity.models import Person
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.rules import rules_of
from zhiping.posts.models import Reservation
from zhiping.posts.queries import Standing, level_of, standing_of
from zhiping.posts.states import GROUP_OF_TITLE, LedgerState, PostGroup, ReservationState


def group_of(application: Application) -> str:
    """The level of posts to which the title belongs."""
    return GROUP_OF_TITLE[application.title.level]


def asks_for_posts(application: Application) -> bool:
    """Whether the employer is a public institution and the plan's pack speaks of posts."""
    employer = application.employer
    return (
        employer is not None
        and employer.kind == OrganisationKind.PUBLIC_INSTITUTION
        and bool(rules_of(application.plan).data.get("posts"))
    )


def needs_seat(application: Application) -> bool:
    """Posts concern people on the establishment; others bring a statement (C-74)."""
    if not asks_for_posts(application):
        return False
    profile = application.profile_version
    return profile is not None and profile.data.get("is_established") is True


def seat_standing(application: Application) -> Standing | None:
    """What the ledger says about this application; None for everybody whom posts do not concern."""
    if not asks_for_posts(application):
        return None
    return standing_of(
        institution_id=application.employer_id,
        group=group_of(application),
        person_id=application.person_id,
        subject_id=application.pk,
        year=application.plan.year,
    )


def short_of_seats(steps: Iterable[Step]) -> dict[int, str]:
    """Of several cases passed together by their employer, those for which no seat would be left, with the reason."""
    left: dict[tuple[int, str], int] = {}
    short: dict[int, str] = {}
    for step in steps:
        application = step.application
        if step.organisation_id != application.employer_id or not needs_seat(application):
            continue
        key = (step.organisation_id, group_of(application))
        if key not in left:
            level = level_of(*key)
            left[key] = level.free if level and level.ledger.state == LedgerState.IN_FORCE else 0
        left[key] -= 1
        if left[key] < 0:
            short[step.pk] = f"{PostGroup(key[1]).label}岗位没有可用的空缺"
    return short


def establishment_staff(organisation_id: int) -> QuerySet[Person]:
    """People whom this employer confirmed as its own and as being on its establishment."""
    return _staff(organisation_id, is_established=True)


def other_staff(organisation_id: int) -> QuerySet[Person]:
    """People whom this employer confirmed as its own and as not being on its establishment."""
    return _staff(organisation_id, is_established=False)


def _staff(organisation_id: int, *, is_established: bool) -> QuerySet[Person]:
    told = ProfileVersion.objects.filter(
        employer_id=organisation_id,
        state=VersionState.APPROVED,
        data__is_established=is_established,
    )
    later = ProfileVersion.objects.filter(
        profile=OuterRef("profile"), state=VersionState.APPROVED, number__gt=OuterRef("number")
    )
    current = told.filter(profile__employer_id=organisation_id).exclude(Exists(later))
    return Person.objects.filter(pk__in=current.values("profile__person_id")).order_by("name", "pk")


def ended_with_seat() -> QuerySet[Application]:
    """Cases that ended at a committee or by time and still hold a seat."""
    held = Reservation.objects.filter(state=ReservationState.RESERVED).values("subject_id")
    return Application.objects.filter(pk__in=held, state__in=sorted(ENDED))
