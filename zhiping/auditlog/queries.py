"""Reading and checking the decision log."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from zhiping.auditlog.chain import GENESIS, HASHED_FIELDS, entry_hash
from zhiping.auditlog.models import LogCheck, LogEntry, LogHead
from zhiping.auditlog.recording import moment_text


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    sequence: int
    reason: str


def history_of(subject: models.Model) -> models.QuerySet[LogEntry]:
    """All entries about one thing, oldest first."""
    return LogEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_key=str(subject.pk))


def last_check() -> LogCheck | None:
    """The newest recomputation of the whole log."""
    return LogCheck.objects.first()


def head_with_last_check() -> LogHead:
    """The head, with when (`checked_at`), how far (`checked_to`) and with what result (`breaks`) it was last checked."""
    newest = LogCheck.objects.order_by("-pk")[:1]
    return LogHead.objects.annotate(
        checked_at=models.Subquery(newest.values("at")),
        checked_to=models.Subquery(newest.values("sequence")),
        breaks=models.Subquery(newest.values("breaks")),
        first_break=models.Subquery(newest.values("first_break")),
    ).get(pk=1)


def breaks() -> Iterator[Break]:
    """Walk the whole chain in constant memory and yield every place where it does not hold."""
    last = LogEntry.objects.aggregate(last=models.Max("sequence"))["last"] or 0
    head = LogHead.objects.get(pk=1)  # after `last`: what is written meanwhile lies beyond both and waits
    expected, previous = 1, GENESIS
    rows = LogEntry.objects.filter(sequence__lte=max(last, head.sequence)).order_by("sequence")
    for entry in rows.iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield Break(entry.sequence, f"第 {expected} 条缺失")
        line = {name: getattr(entry, name) for name in HASHED_FIELDS} | {"at": moment_text(entry.at)}
        if entry.previous_hash != previous:
            yield Break(entry.sequence, "与上一条的指纹不衔接")
        if entry_hash(line) != entry.hash:
            yield Break(entry.sequence, "内容与指纹不符，已被改动")
        expected, previous = entry.sequence + 1, entry.hash
    if (head.sequence, head.hash) != (expected - 1, previous):
        yield Break(head.sequence, "链头与最后一条不符，末尾有缺失")
