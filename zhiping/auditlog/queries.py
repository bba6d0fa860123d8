"""Reading and checking the decision log."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from zhiping.auditlog.chain import GENESIS, HASHED_FIELDS, entry_hash
from zhiping.auditlog.models import LogEntry, LogHead
from zhiping.auditlog.recording import moment_text


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    sequence: int
    reason: str


def history_of(subject: models.Model) -> models.QuerySet[LogEntry]:
    """All entries about one thing, oldest first."""
    return LogEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_key=str(subject.pk))


def breaks() -> Iterator[Break]:
    """Walk the whole chain in constant memory and yield every place where it does not hold."""
    expected, previous = 1, GENESIS
    for entry in LogEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield Break(entry.sequence, f"第 {expected} 条缺失")
        line = {name: getattr(entry, name) for name in HASHED_FIELDS} | {"at": moment_text(entry.at)}
        if entry.previous_hash != previous:
            yield Break(entry.sequence, "与上一条的指纹不衔接")
        if entry_hash(line) != entry.hash:
            yield Break(entry.sequence, "内容与指纹不符，已被改动")
        expected, previous = entry.sequence + 1, entry.hash
    head = LogHead.objects.get(pk=1)
    if (head.sequence, head.hash) != (expected - 1, previous):
        yield Break(head.sequence, "链头与最后一条不符，末尾有缺失")
