"""Writing a line of the decision log, inside the transaction of the change it tells of."""

from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from zhiping.auditlog.chain import entry_hash
from zhiping.auditlog.models import LogEntry, LogHead
from zhiping.kernel.actor import Actor


def record(
    verb: str,
    *,
    actor: Actor,
    now: datetime,
    subject: models.Model,
    from_state: str = "",
    to_state: str = "",
    note: str = "",
    details: dict[str, Any] | None = None,
) -> LogEntry:
    """Append one entry: lock the head, chain the hash, insert, move the head. Needs an open transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a log entry is written in the transaction of its change; open one first")
    head = LogHead.objects.select_for_update().get(pk=1)
    line: dict[str, Any] = {
        "sequence": head.sequence + 1,
        "at": moment_text(now),
        "verb": verb,
        "actor_user": actor.user_id,
        "actor_name": actor.name,
        "actor_role": actor.role.value,
        "actor_organisation": actor.organisation_id,
        "subject_kind": subject._meta.label_lower,
        "subject_key": str(subject.pk),
        "from_state": from_state,
        "to_state": to_state,
        "note": note,
        "details": details or {},
        "previous_hash": head.hash,
    }
    digest = entry_hash(line)
    entry = LogEntry.objects.create(**{**line, "at": now, "hash": digest})
    LogHead.objects.filter(pk=1).update(sequence=entry.sequence, hash=digest)
    return entry


def moment_text(moment: datetime) -> str:
    """UTC ISO 8601 with microseconds, the same before and after a trip through either database."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
