"""Questions to courses, records and the ledger."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from zhiping.continuing_education.ledger import Line, lines_of
from zhiping.continuing_education.models import (
    Course,
    Enrolment,
    HourBatch,
    HourCard,
    HourRecord,
    HourSheet,
    HourYear,
    Lesson,
    ProviderKey,
    TrainingClass,
)
from zhiping.continuing_education.sheet import Claim, Known
from zhiping.continuing_education.states import LIVE, ClassState, CourseState, RecordState
from zhiping.identity.models import Person
from zhiping.kernel.actor import AUDITING_ROLES, EMPLOYER_ROLES, Actor, Role
from zhiping.kernel.regions import lies_in
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind, OrganisationState
from zhiping.privacy.fields import blind_index

OPEN = (RecordState.SUBMITTED, RecordState.PASSED, RecordState.RETURNED)
PEOPLE_AT_ONCE = 900  # fewer than the parameters one statement of SQLite may have
AUTHORITY_KINDS = (OrganisationKind.INDUSTRY_AUTHORITY, OrganisationKind.HR_AUTHORITY)


def visible_to(actor: Actor) -> QuerySet[HourRecord]:
    """One's own records; those one's body audits (never one's own), and those it registered."""
    if actor.role is Role.APPLICANT and actor.person_id is not None:
        return HourRecord.objects.filter(person_id=actor.person_id)
    if actor.organisation_id is None:
        return HourRecord.objects.none()
    if actor.role in EMPLOYER_ROLES:
        return HourRecord.objects.filter(employer=actor.organisation_id).exclude(person_id=actor.person_id)
    if actor.role in AUDITING_ROLES:
        others = HourRecord.objects.exclude(person_id=actor.person_id)
        return others.filter(Q(authority=actor.organisation_id) | Q(course__authority=actor.organisation_id))
    if actor.role is Role.TRAINING_BODY:
        return HourRecord.objects.filter(batch__provider=actor.organisation_id)
    return HourRecord.objects.none()


def courses_visible_to(actor: Actor) -> QuerySet[Course]:
    """A training body sees its own, an authority those filed with it, everybody what is offered."""
    if actor.role is Role.TRAINING_BODY:
        return Course.objects.filter(provider=actor.organisation_id)
    if actor.role in AUDITING_ROLES and actor.organisation_id is not None:
        return Course.objects.filter(authority=actor.organisation_id).exclude(state=CourseState.DRAFT)
    return Course.objects.filter(state=CourseState.OFFERED)


def batches_visible_to(actor: Actor) -> QuerySet[HourBatch]:
    """A training body's own batches."""
    if actor.role is Role.TRAINING_BODY and actor.organisation_id is not None:
        return HourBatch.objects.filter(provider=actor.organisation_id)
    return HourBatch.objects.none()


def to_decide(actor: Actor) -> QuerySet[HourRecord]:
    """What waits for the actor's body now, the longest waiting first."""
    state = RecordState.SUBMITTED if actor.role in EMPLOYER_ROLES else RecordState.PASSED
    rows = visible_to(actor).filter(state=state).select_related("person", "employer")
    if actor.role in AUDITING_ROLES:
        rows = rows.filter(authority=actor.organisation_id)
    return rows.annotate(files=Count("proofs")).order_by("made_at", "pk")


def courses_to_decide(actor: Actor) -> QuerySet[Course]:
    """Courses that wait for the actor's authority."""
    rows = courses_visible_to(actor).filter(state=CourseState.SUBMITTED)
    return rows.select_related("provider").order_by("pk")


def authority_over(body: Organisation) -> Organisation | None:
    """Who audits what a body says: its own competent department, else the 人力社保 body of its place or above."""
    if body.parent is not None and body.parent.kind in AUTHORITY_KINDS:
        return body.parent
    places = lies_in(body.region_id)
    hr_bodies = Organisation.objects.filter(
        kind=OrganisationKind.HR_AUTHORITY, region__in=places, state=OrganisationState.AUTHORISED
    )
    found = {each.region_id: each for each in hr_bodies.order_by("-pk")}
    return next((found[place] for place in places if place in found), None)


def years_of(person: Person | int) -> QuerySet[HourYear]:
    """The ledger of a person, the latest year first."""
    key = person.pk if isinstance(person, Person) else person
    return HourYear.objects.filter(person_id=key).order_by("-year")


def years_to_extract() -> QuerySet[HourYear]:
    """Ledger years whose last change has not reached the archive yet."""
    return HourYear.objects.exclude(extracted_number=F("number")).order_by("changed_at", "pk")


def ledger_lines(person: Person | int) -> list[Line]:
    """What the ledger says about one person; one query."""
    key = person.pk if isinstance(person, Person) else person
    return next((lines for _, lines in ledgers([key])), [])


def ledgers(people: Iterable[int] | QuerySet) -> Iterator[tuple[int, list[Line]]]:
    """The ledgers of many people one after the other; nothing is held for more than one person."""
    entered = HourRecord.objects.filter(person__in=people, state=RecordState.ENTERED)
    rows = (
        entered.order_by("person_id")
        .values_list("person_id", "year", "registered_in", "category")
        .annotate(sum=Sum("hours"))
        .iterator(chunk_size=2000)
    )
    for person, group in groupby(rows, key=lambda row: row[0]):
        yield person, lines_of(row[1:] for row in group)


def records_in_year(person: Person | int, year: int) -> QuerySet[HourRecord]:
    """Every record of a year with its versions, the newest first."""
    key = person.pk if isinstance(person, Person) else person
    return (
        HourRecord.objects.filter(person_id=key, year=year)
        .select_related("course__provider", "batch", "employer", "authority")
        .order_by("-made_at", "-pk")
    )


def sheets_visible_to(actor: Actor) -> QuerySet[HourSheet]:
    """A training body's own tables."""
    if actor.role is Role.TRAINING_BODY and actor.organisation_id is not None:
        return HourSheet.objects.filter(provider=actor.organisation_id)
    return HourSheet.objects.none()


def keys_visible_to(actor: Actor) -> QuerySet[ProviderKey]:
    """A training body's own keys."""
    if actor.role is Role.TRAINING_BODY and actor.organisation_id is not None:
        return ProviderKey.objects.filter(provider=actor.organisation_id)
    return ProviderKey.objects.none()


def known_for(claims: Iterable[Claim], *, provider_id: int) -> Known:
    """The people, courses and registered hours that a list of claims needs; a query for every thousand people."""
    documents = sorted({claim.document for claim in claims if claim.document})
    by_index: dict[str, list[str]] = {}
    for text in documents:
        by_index.setdefault(blind_index(text), []).append(text)
    people: dict[str, tuple[int, str]] = {}
    for start in range(0, len(by_index), PEOPLE_AT_ONCE):
        part = list(by_index)[start : start + PEOPLE_AT_ONCE]
        for key, name, index in Person.objects.filter(document_index__in=part).values_list(
            "pk", "name", "document_index"
        ):
            people |= dict.fromkeys(by_index[index], (key, name))
    offered = Course.objects.filter(provider=provider_id, state=CourseState.OFFERED)
    courses = {(course.number, str(course.year)): course for course in offered}
    live = HourRecord.objects.filter(course__in=courses.values(), state__in=sorted(LIVE))
    return Known(people, courses, frozenset(live.values_list("person_id", "key")))


def cards_visible_to(actor: Actor) -> QuerySet[HourCard]:
    """One's own cards."""
    if actor.role is Role.APPLICANT and actor.person_id is not None:
        return HourCard.objects.filter(person_id=actor.person_id)
    return HourCard.objects.none()


def card_by_code(code: str) -> tuple[HourCard, HourYear] | None:
    """The card that a printed code names, and the ledger year as it is today."""
    card = HourCard.objects.select_related("person").filter(code=code).first()
    if card is None:
        return None
    return card, HourYear.objects.get(person_id=card.person_id, year=card.year)


def classes_visible_to(actor: Actor) -> QuerySet[TrainingClass]:
    """A training body sees its own classes, people those that are open and those they sit in."""
    rows = TrainingClass.objects.select_related("course__provider")
    if actor.role is Role.TRAINING_BODY:
        return rows.filter(course__provider=actor.organisation_id)
    if actor.role is Role.APPLICANT and actor.person_id is not None:
        seat = Enrolment.objects.filter(training_class=OuterRef("pk"), person=actor.person_id)
        return rows.filter(Q(state=ClassState.OPEN) | Exists(seat))
    return rows.none()


def online_courses() -> QuerySet[Course]:
    """Offered courses that can be studied online."""
    online = Exists(Lesson.objects.filter(course=OuterRef("pk")))
    return Course.objects.filter(online, state=CourseState.OFFERED).select_related("provider")


def lessons_visible_to(actor: Actor) -> QuerySet[Lesson]:
    """Lessons of the courses one may see: a body's own, an authority's to file, those on offer to everybody."""
    return Lesson.objects.filter(course__in=courses_visible_to(actor)).select_related(
        "course__provider", "file"
    )
