"""Questions about the archive and the profile."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhiping.achievements.models import (
    ArchiveItem,
    CopyCheck,
    Fetch,
    FoundRecord,
    ItemVersion,
    Profile,
    ProfileVersion,
)
from zhiping.achievements.sources import is_same, sources
from zhiping.achievements.states import VersionState
from zhiping.identity.models import Person
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role

BIN_DAYS = 30


def visible_to(actor: Actor) -> QuerySet[ArchiveItem]:
    """Items an actor may see: their own; for staff of the current employer those of its people, but never drafts
    (R-039) and never their own. Later rooms show items through their applications.
    """
    if actor.role is Role.APPLICANT and actor.person_id is not None:
        return ArchiveItem.objects.filter(person_id=actor.person_id)
    if actor.role in EMPLOYER_ROLES and actor.organisation_id is not None:
        shown = ItemVersion.objects.filter(item=OuterRef("pk")).exclude(state=VersionState.DRAFT)
        of_staff = ArchiveItem.objects.filter(
            person__profile__employer=actor.organisation_id, deleted_at=None
        )
        return of_staff.exclude(person_id=actor.person_id).filter(Exists(shown))
    return ArchiveItem.objects.none()


def versions_visible_to(actor: Actor) -> QuerySet[ItemVersion]:
    """Versions of visible items; drafts only to their owner."""
    versions = ItemVersion.objects.filter(item__in=visible_to(actor))
    return versions if actor.role is Role.APPLICANT else versions.exclude(state=VersionState.DRAFT)


def profiles_visible_to(actor: Actor) -> QuerySet[Profile]:
    """One's own profile; for staff those that name their body as current employer, but never their own."""
    if actor.role is Role.APPLICANT and actor.person_id is not None:
        return Profile.objects.filter(person_id=actor.person_id)
    if actor.role in EMPLOYER_ROLES and actor.organisation_id is not None:
        return Profile.objects.filter(employer=actor.organisation_id).exclude(person_id=actor.person_id)
    return Profile.objects.none()


def items_of(person: Person | int) -> QuerySet[ArchiveItem]:
    """A person's items that are not in the recycle bin, in order of entry."""
    key = person.pk if isinstance(person, Person) else person
    return ArchiveItem.objects.filter(person_id=key, deleted_at=None).order_by("pk")


def binned_items(person: Person | int, now: datetime) -> QuerySet[ArchiveItem]:
    """Items in the recycle bin that can still be brought back, newest first."""
    key = person.pk if isinstance(person, Person) else person
    limit = now - timedelta(days=BIN_DAYS)
    return ArchiveItem.objects.filter(person_id=key, deleted_at__gt=limit).order_by("-deleted_at", "pk")


def latest_versions(items: QuerySet[ArchiveItem]) -> QuerySet[ItemVersion]:
    """The newest version of each item, with whether an older approved one is still usable."""
    newest = ItemVersion.objects.filter(item=OuterRef("item")).order_by("-number").values("number")[:1]
    usable = ItemVersion.objects.filter(item=OuterRef("item"), state=VersionState.APPROVED)
    return (
        ItemVersion.objects.filter(item__in=items, number=Subquery(newest))
        .select_related("item")
        .annotate(has_usable=Exists(usable), files=Count("evidence_links"))
        .order_by("item_id")
    )


def approved_versions(person: Person | int, at: datetime | None = None) -> QuerySet[ItemVersion]:
    """The usable version of each item: the last approved, or the last that was approved at a moment (R-040, R-041)."""
    key = person.pk if isinstance(person, Person) else person
    decided = Q(state=VersionState.APPROVED) & (Q() if at is None else Q(decided_at__lte=at))
    last = ItemVersion.objects.filter(decided, item=OuterRef("item")).order_by("-number").values("number")[:1]
    kept = Q(item__deleted_at=None) if at is None else Q(item__deleted_at=None) | Q(item__deleted_at__gt=at)
    return (
        ItemVersion.objects.filter(decided, kept, item__person_id=key, number=Subquery(last))
        .exclude(item__carried_number=F("number"))
        .select_related("item")
        .prefetch_related("evidence_links__file")
        .order_by("item__category", "item_id")
    )


def cards_to_carry() -> QuerySet[ItemVersion]:
    """Approved hour cards, typed by people, that no register counts yet; the oldest first (R-179)."""
    typed = ItemVersion.objects.filter(
        item__category="ce_hours", item__source_key=None, item__deleted_at=None, state=VersionState.APPROVED
    )
    last = typed.filter(item=OuterRef("item")).order_by("-number").values("number")[:1]
    fresh = Q(item__carried_number=None) | Q(item__carried_number__lt=F("number"))
    return typed.filter(fresh, number=Subquery(last)).select_related("item").order_by("decided_at", "pk")


def profile_version(
    person: Person | int, *, approved: bool, submitted: bool = False
) -> ProfileVersion | None:
    """The newest version of a person's profile, the newest approved one, or the newest that left the draft."""
    key = person.pk if isinstance(person, Person) else person
    versions = ProfileVersion.objects.filter(profile__person_id=key)
    if approved:
        versions = versions.filter(state=VersionState.APPROVED)
    if submitted:
        versions = versions.exclude(state=VersionState.DRAFT)
    related = versions.select_related("profile__person", "employer__region", "photo")
    return related.order_by("-number").first()


def sensitive_of(version: ProfileVersion) -> dict[str, Any]:
    """The encrypted answers of a profile version, for its owner and for forms; mask before others see them."""
    return json.loads(version.sensitive) if version.sensitive else {}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items of a category stand where."""

    total: int = 0
    drafts: int = 0
    waiting: int = 0
    usable: int = 0
    to_mend: int = 0


def progress_by_category(person: Person | int) -> dict[str, Progress]:
    """Counts for the task list of the archive; one query."""
    rows = (
        latest_versions(items_of(person))
        .order_by()
        .values("item__category", "state", "has_usable")
        .annotate(count=Count("pk", distinct=True))
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        counts = found.setdefault(row["item__category"], dict.fromkeys(Progress.__slots__, 0))
        counts["total"] += row["count"]
        counts["drafts"] += row["count"] * (row["state"] == VersionState.DRAFT)
        counts["waiting"] += row["count"] * (row["state"] == VersionState.SUBMITTED)
        counts["to_mend"] += row["count"] * (row["state"] in {VersionState.RETURNED, VersionState.REJECTED})
        counts["usable"] += row["count"] * row["has_usable"]
    return {category: Progress(**counts) for category, counts in found.items()}


def people_to_audit(actor: Actor, *, everybody: bool = False) -> QuerySet[Profile]:
    """The employer's work list 业绩档案审核 (R-270): people with something to audit, the longest waiting first;
    with `everybody`, all people of the body.
    """
    waiting = Q(
        person__archive_items__versions__state=VersionState.SUBMITTED,
        person__archive_items__deleted_at=None,
    )
    profile = ProfileVersion.objects.filter(profile=OuterRef("pk"), state=VersionState.SUBMITTED)
    people = (
        profiles_visible_to(actor)
        .annotate(
            waiting=Count("person__archive_items__versions", filter=waiting),
            since=Coalesce(
                Min("person__archive_items__versions__submitted_at", filter=waiting),
                Subquery(profile.values("submitted_at")[:1]),
            ),
            profile_waits=Exists(profile),
        )
        .select_related("person")
        .order_by(F("since").asc(nulls_last=True), "pk")
    )
    return people if everybody else people.filter(Q(waiting__gt=0) | Q(profile_waits=True))


def with_history(versions: QuerySet[ItemVersion]) -> QuerySet[ItemVersion]:
    """Versions with their item, owner, evidence and the item's other versions: what a page about one shows."""
    return versions.select_related("item__person__profile", "employer", "decided_by").prefetch_related(
        "evidence_links__file__copy_checks",
        Prefetch("item__versions", ItemVersion.objects.select_related("decided_by").order_by("-number")),
    )


def copy_checks(file_ids: Iterable[int]) -> dict[int, list[CopyCheck]]:
    """By file: who compared it with the original, the first first; one query. The caller has checked the scope."""
    found: dict[int, list[CopyCheck]] = defaultdict(list)
    for check in CopyCheck.objects.filter(file_id__in=set(file_ids)):
        found[check.file_id].append(check)
    return dict(found)


def found_visible_to(actor: Actor) -> QuerySet[FoundRecord]:
    """What the registers know of oneself; nobody else sees it before it is in the archive."""
    if actor.role is Role.APPLICANT and actor.person_id is not None:
        return FoundRecord.objects.filter(person_id=actor.person_id)
    return FoundRecord.objects.none()


def fetches_of(person: Person | int) -> dict[str, Fetch]:
    """By register: what came of the last question about a person."""
    key = person.pk if isinstance(person, Person) else person
    return {each.source: each for each in Fetch.objects.filter(person_id=key)}


def typed_twins(found: Iterable[FoundRecord], person: int) -> dict[int, ItemVersion]:
    """By found record: the newest version of the item that the person typed about the same thing; one query."""
    wanted = [each for each in found if each.item_id is None]
    kinds = {sources()[each.source].category for each in wanted}
    items = items_of(person).filter(category__in=kinds, source_key=None)
    typed = list(latest_versions(items)) if wanted else []
    twins: dict[int, ItemVersion] = {}
    for each in wanted:
        source = sources()[each.source]
        own = (one for one in typed if one.item.category == source.category)
        if twin := next((one for one in own if is_same(source, each.data, one.data)), None):
            twins[each.pk] = twin
    return twins


def fetches_to_repeat(now: datetime) -> QuerySet[Fetch]:
    """Questions that failed or were answered in part and are due again, the longest waiting first."""
    return Fetch.objects.filter(again_at__lte=now).order_by("again_at", "pk")


def added_by_person(version: ItemVersion) -> list[str]:
    """The questions of a version that a register proves which the person answered: what is left to check."""
    found = FoundRecord.objects.filter(item=version.item_id).first() if version.source else None
    if found is None:
        return []
    fields = sources()[found.source].kind.fields
    return [field.label for name, field in fields.items() if name in version.data and name not in found.data]
