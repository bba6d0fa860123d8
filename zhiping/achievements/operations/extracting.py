"""What a register knows comes into the archive by itself; no proof and no audit are asked for (R-043, R-045)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiping.achievements import transitions
from zhiping.achievements.models import ArchiveItem, ItemVersion
from zhiping.achievements.record import label_of
from zhiping.achievements.schema import categories
from zhiping.achievements.states import VersionState
from zhiping.auditlog.recording import record
from zhiping.kernel.actor import SYSTEM
from zhiping.lifecycle.moving import move


@transaction.atomic
def keep_extracted(
    *, person_id: int, category: str, key: str, source: str, data: Mapping[str, Any], now: datetime
) -> ItemVersion:
    """Bring an item into step with its register: the same data again changes nothing, other data is a new version.

    `key` names the thing in its register, `source` is told to people. Versions that applications have pinned stay.
    """
    item, _ = ArchiveItem.objects.get_or_create(
        person_id=person_id, source_key=key, defaults={"category": category, "created_at": now}
    )
    latest = item.versions.order_by("-number").first()
    if latest is not None and latest.data == dict(data) and item.deleted_at is None:
        return latest
    if item.deleted_at is not None:
        ArchiveItem.objects.filter(pk=item.pk).update(deleted_at=None)
    version = ItemVersion.objects.create(
        item=item,
        number=latest.number + 1 if latest else 1,
        data=dict(data),
        label=label_of(categories()[category], data),
        source=source,
        saved_at=now,
        submitted_at=now,
        decided_at=now,
    )
    move(version, transitions.EXTRACT, actor=SYSTEM, now=now, details={"key": key, "number": version.number})
    return version


@transaction.atomic
def drop_extracted(*, person_id: int, keys: set[str], prefix: str, now: datetime) -> None:
    """Items of a register that are not among `keys` any more leave the archive; what was pinned stays."""
    gone = ArchiveItem.objects.filter(person_id=person_id, source_key__startswith=prefix, deleted_at=None)
    for item in gone.exclude(source_key__in=keys):
        ArchiveItem.objects.filter(pk=item.pk).update(deleted_at=now)
        record("archive.extract_gone", actor=SYSTEM, now=now, subject=item)


@transaction.atomic
def mark_carried(*, version: ItemVersion, now: datetime) -> None:
    """This version counts in a register from now on and no longer here; a newer version counts here again."""
    if version.state == VersionState.APPROVED:
        ArchiveItem.objects.filter(pk=version.item_id).update(carried_number=version.number)
        record("archive.carried", actor=SYSTEM, now=now, subject=version)
