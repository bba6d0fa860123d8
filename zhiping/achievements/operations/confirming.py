"""What the person says to a found record: take it, let it replace a typed one, or leave it (R-043, R-045)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from zhiping.achievements import transitions
from zhiping.achievements.access import can_fill_archive
from zhiping.achievements.models import ArchiveItem, Evidence, FoundRecord, ItemVersion, Profile
from zhiping.achievements.operations.items import BadRecord, submit_item
from zhiping.achievements.record import label_of, open_points, read_record
from zhiping.achievements.sources import Source, sources
from zhiping.achievements.states import Answer, VersionState
from zhiping.auditlog.recording import record
from zhiping.kernel import clock
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move


@transaction.atomic
def take_found(
    *, found: FoundRecord, replaces: ArchiveItem | None, typed: Mapping[str, str], actor: Actor, now: datetime
) -> ItemVersion:
    """Bring a found record into the archive as a version that needs no upload.

    1. ask access, lock; 2. it must be ready to be taken, and what the register does not say must be answered, or
    BadRecord; 3. the item: its own, the typed one that it replaces, or a new one; 4. the version; said again it changes
    nothing; 5. where the register said everything the platform approves it, else the employer checks the answers.
    """
    if not can_fill_archive(actor, found.person_id):
        raise Forbidden("archive.take_found")
    found = FoundRecord.objects.select_for_update().get(pk=found.pk)
    source = sources()[found.source]
    if why := source.hindrance(found.data):
        raise Refused(f"这一条{why}")
    if replaces is not None and not _gives_way(replaces, found, source):
        raise Refused("要替换的那一项已经变了。请刷新页面，再选一次。")
    added = _answers(source, found, typed, now)
    item = found.item or replaces or _new_item(found, source, now)
    latest = item.versions.order_by("-number").first()
    data = {**added, **found.data}
    if (
        found.is_taken
        and latest is not None
        and latest.data == data
        and latest.state != VersionState.RETURNED
    ):
        return latest
    version = _version(found, item, latest, data, now)
    ArchiveItem.objects.filter(pk=item.pk).update(source_key=f"{found.source}:{found.key}", deleted_at=None)
    FoundRecord.objects.filter(pk=found.pk).update(
        answer=Answer.TAKEN, answered_at=now, added=added, item=item, replaced=found.replaced
    )
    details = {"source": found.source, "key": found.key, "number": version.number}
    record("archive.take_found", actor=actor, now=now, subject=item, details=details)
    _send(version, is_whole=not added, actor=actor, now=now)
    return version


@transaction.atomic
def leave_found(*, found: FoundRecord, actor: Actor, now: datetime) -> None:
    """Keep what was typed, or nothing: the record stays listed and can still be taken. A taken one stays taken."""
    if not can_fill_archive(actor, found.person_id):
        raise Forbidden("archive.leave_found")
    if FoundRecord.objects.filter(pk=found.pk, answer=Answer.OPEN, item=None).update(
        answer=Answer.LEFT, answered_at=now
    ):
        record("archive.leave_found", actor=actor, now=now, subject=found, details={"source": found.source})


def _answers(source: Source, found: FoundRecord, typed: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The person's answers to what the register does not say, all of them right; else BadRecord."""
    questions = source.questions(found.data)
    given = {name: typed.get(name, "") for name in questions}
    reading = read_record(questions, given, today=clock.beijing_day(now))
    errors = {**open_points(questions, reading.data), **reading.errors}
    if errors:
        raise BadRecord(errors)
    return reading.data


def _gives_way(item: ArchiveItem, found: FoundRecord, source: Source) -> bool:
    """Whether this is a typed item of the same person and category."""
    own = (item.person_id, item.category) == (found.person_id, source.category)
    return own and item.source_key is None and item.deleted_at is None


def _new_item(found: FoundRecord, source: Source, now: datetime) -> ArchiveItem:
    return ArchiveItem.objects.create(
        person_id=found.person_id,
        category=source.category,
        created_at=now,
        source_key=f"{found.source}:{found.key}",
    )


def _version(
    found: FoundRecord, item: ArchiveItem, latest: ItemVersion | None, data: dict[str, Any], now: datetime
) -> ItemVersion:
    """The next version, or the draft rewritten; a typed draft is kept with the found record."""
    source = sources()[found.source]
    content = {
        "data": data,
        "label": label_of(source.kind, data),
        "source": f"{source.label}（{source.proof} {found.proof}）"[:80],
        "saved_at": now,
    }
    if latest is not None and latest.state == VersionState.SUBMITTED:
        raise Refused("档案里的这一项正在等单位审核。请先打开它点“撤回”，再来采用。")
    if latest is None or latest.state != VersionState.DRAFT:
        number = latest.number + 1 if latest else 1
        return ItemVersion.objects.create(item=item, number=number, **content)
    if not latest.source:
        files = [[link.part, link.file_id] for link in latest.evidence_links.all()]
        found.replaced = {"data": latest.data, "label": latest.label, "files": files}
        Evidence.objects.filter(version=latest).delete()
    ItemVersion.objects.filter(pk=latest.pk).update(version=F("version") + 1, **content)
    latest.refresh_from_db()
    latest.item = item
    return latest


def _send(version: ItemVersion, *, is_whole: bool, actor: Actor, now: datetime) -> None:
    """To the platform's own approval, to the employer, or, while there is none, into the drafts."""
    if is_whole:
        ItemVersion.objects.filter(pk=version.pk).update(submitted_at=now, decided_at=now)
        move(version, transitions.EXTRACT, actor=SYSTEM, now=now, details={"number": version.number})
    elif Profile.objects.filter(person_id=version.person_id, employer__isnull=False).exists():
        submit_item(version=version, stamp=None, actor=actor, now=now)
