"""Employer and authority decide on hours that people registered (R-189)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhiping.continuing_education import messages, transitions
from zhiping.continuing_education.models import HourRecord
from zhiping.continuing_education.operations.ledger import bring_into_step
from zhiping.documents.glyphs import printable_text
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import Transition, move
from zhiping.messaging.operations import tell

MAX_REASON = 500


@transaction.atomic
def decide_records(
    *,
    records: Sequence[HourRecord],
    verdict: Transition,
    reason: str,
    expected: Sequence[int | None],
    actor: Actor,
    now: datetime,
) -> None:
    """Give one verdict on one or several records, all or none.

    1. a reason unless it passes; 2. move each; 3. keep reason and day; 4. the ledger of what is entered now; 5. tell.
    """
    if verdict not in transitions.AUDIT or verdict is transitions.REVOKE:
        raise Refused("请选择通过、退回或不予登记。")
    words = checked_reason(verdict, reason)
    for row, version in zip(records, expected, strict=True):
        move(row, verdict, actor=actor, now=now, note=words, version=version)
    _keep(records, words, now)
    if verdict is transitions.ENTER:
        bring_into_step(touched=((row.person_id, row.year) for row in records), now=now)
    for person, count in sorted(Counter(row.person_id for row in records).items()):
        said = f"，原因：{words}" if words else ""
        context = {
            "body": actor.organisation_name,
            "count": count,
            "verdict": verdict.label,
            "reason": said,
        }
        tell(person=person, kind=messages.DECIDED, context=context, now=now)


@transaction.atomic
def revoke_record(
    *, hour_record: HourRecord, reason: str, expected: int | None, actor: Actor, now: datetime
) -> None:
    """Take hours out of the ledger again, with the reason; the ledger and the person learn of it."""
    words = checked_reason(transitions.REVOKE, reason)
    move(hour_record, transitions.REVOKE, actor=actor, now=now, note=words, version=expected)
    _keep([hour_record], words, now)
    bring_into_step(touched=[(hour_record.person_id, hour_record.year)], now=now)
    context = {"year": hour_record.year, "title": hour_record.title, "reason": words}
    tell(person=hour_record.person_id, kind=messages.REVOKED, context=context, now=now)


def checked_reason(verdict: Transition, reason: str) -> str:
    """The reason as it can be printed; needed for everything but a pass."""
    words = printable_text(reason, field="reason")
    if not words and verdict not in transitions.GOOD:
        raise Refused(f"{verdict.label}必须写明原因：差在哪、怎么改。", field="reason")
    if len(words) > MAX_REASON:
        raise Refused(f"原因最多 {MAX_REASON} 字，现在是 {len(words)} 字，请精简。", field="reason")
    return words


def _keep(records: Sequence[HourRecord], words: str, now: datetime) -> None:
    keys = [row.pk for row in records]
    HourRecord.objects.filter(pk__in=keys).update(reason=words, decided_at=now)
