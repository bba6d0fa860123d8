"""Questions about records: who sees which, what is in force on a day, what it bars."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from zhiping.integrity.access import READING_ROLES
from zhiping.integrity.models import Appeal, IntegrityRecord
from zhiping.integrity.states import RecordState
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role


def visible_to(actor: Actor) -> QuerySet[IntegrityRecord]:
    """Own records; for HR authorities, committee offices and supervision all in force (C-54) and their own body's."""
    rows = IntegrityRecord.objects.select_related("person", "organisation", "recorded_for")
    if actor.has_role(Role.SUPERVISOR):
        return rows
    if actor.has_role(*READING_ROLES):
        shared = Q(state=RecordState.IN_FORCE) | Q(recorded_for_id=actor.organisation_id)
        return rows.filter(shared).exclude(person_id=actor.person_id or 0)
    confirmed = rows.filter(state__in=[RecordState.IN_FORCE, RecordState.LIFTED])
    if actor.has_role(Role.APPLICANT):
        return confirmed.filter(person_id=actor.person_id or 0)
    if actor.has_role(*EMPLOYER_ROLES):
        return confirmed.filter(organisation_id=actor.organisation_id or 0)
    return rows.none()


def appeals_visible_to(actor: Actor) -> QuerySet[Appeal]:
    """Appeals of visible records."""
    rows = Appeal.objects.select_related("record__person", "record__organisation", "record__recorded_for")
    return rows.filter(record__in=visible_to(actor))


def search(rows: QuerySet[IntegrityRecord], text: str) -> QuerySet[IntegrityRecord]:
    """Records whose person or body has `text` in its name."""
    text = text.strip()
    if not text:
        return rows
    return rows.filter(Q(person__name__contains=text) | Q(organisation__name__contains=text))


def standing() -> QuerySet[IntegrityRecord]:
    """Confirmed records that were not lifted, whatever their days."""
    return IntegrityRecord.objects.filter(state=RecordState.IN_FORCE)


def records_of(person_ids: Iterable[int], day: date) -> dict[int, list[IntegrityRecord]]:
    """Records in force on a day by person, one query."""
    found: dict[int, list[IntegrityRecord]] = {}
    held = standing().filter(starts_on__lte=day, ends_on__gte=day)
    for each in held.filter(person_id__in=list(person_ids)).order_by("pk"):
        found.setdefault(each.person_id or 0, []).append(each)
    return found


def barring(records: Iterable[IntegrityRecord], level: str, day: date) -> IntegrityRecord | None:
    """The record that keeps somebody from titles of a level on a day, if any does."""
    return next((each for each in records if level in each.bars and each.holds_on(day)), None)
