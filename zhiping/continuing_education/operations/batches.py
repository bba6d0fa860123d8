"""Many hours at once: what a training body registers, and what the platform has measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from zhiping.auditlog.recording import record
from zhiping.continuing_education import transitions
from zhiping.continuing_education.access import can_enter, can_replace
from zhiping.continuing_education.ledger import plain
from zhiping.continuing_education.models import Course, HourBatch, HourRecord
from zhiping.continuing_education.operations.ledger import bring_into_step
from zhiping.continuing_education.states import LIVE, TRUST_OF, CourseState, RecordState
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class HourRow:
    """One line of a batch: whose hours, of which course, how many."""

    person_id: int
    course: Course
    hours: Decimal


@transaction.atomic
def enter_batch(
    *,
    provider_id: int,
    key: str,
    origin: str,
    sha256: str,
    rows: Sequence[HourRow],
    signature: str = "",
    actor: Actor,
    now: datetime,
) -> HourBatch:
    """Register many hours and enter them in the ledger, all or none. The same key again changes nothing.

    1. who; 2. a batch with this key answers at once, with other content it is refused; 3. every course is filed;
    4. what is already registered stays as it is (R-176), the rest is written; 5. move, log, ledger.
    """
    batch, is_new = HourBatch.objects.get_or_create(
        provider_id=provider_id,
        key=key,
        defaults={
            "origin": origin,
            "sha256": sha256,
            "signature": signature,
            "size": len(rows),
            "received_at": now,
            "received_from_id": actor.person_id,
        },
    )
    if not can_enter(actor, batch):
        raise Forbidden(transitions.ENTER_BATCH.verb)
    if not is_new:
        if batch.sha256 != sha256:
            raise Refused(f"批次编号 {key} 已用过，内容与这次不同。更正学时请逐条更正，或换一个批次编号。")
        return batch
    _refuse_unfiled(rows, provider_id)
    fresh = _without_known(rows)
    _write(fresh, batch, now)
    HourBatch.objects.filter(pk=batch.pk).update(known=len(rows) - len(fresh))
    batch.known = len(rows) - len(fresh)
    details = {"rows": len(rows), "entered": len(fresh), "sha256": sha256, "origin": origin}
    move(batch, transitions.ENTER_BATCH, actor=actor, now=now, details=details)
    bring_into_step(touched=((row.person_id, row.course.year) for row in fresh), now=now)
    return batch


@transaction.atomic
def correct_record(
    *, hour_record: HourRecord, hours: Decimal, reason: str, expected: int | None, actor: Actor, now: datetime
) -> HourRecord:
    """The body that registered a record writes its next version; the old one stays readable (R-179)."""
    if not can_replace(actor, hour_record) or actor.role is not Role.TRAINING_BODY:
        raise Forbidden(transitions.REPLACE.verb)
    if not reason.strip():
        raise Refused("更正必须写明原因。", field="reason")
    course = hour_record.course
    if course is not None and not 0 < hours <= course.hours:
        raise Refused(f"学时应大于 0，不超过课程的 {plain(course.hours)} 学时。", field="hours")
    move(hour_record, transitions.REPLACE, actor=actor, now=now, note=reason.strip(), version=expected)
    copied = (
        "person_id",
        "year",
        "category",
        "title",
        "key",
        "origin",
        "trust",
        "registered_in",
        "course_id",
    )
    row = HourRecord.objects.create(
        **{name: getattr(hour_record, name) for name in copied},
        state=RecordState.ENTERED,
        hours=hours,
        number=hour_record.number + 1,
        replaces=hour_record,
        batch=hour_record.batch,
        reason=reason.strip(),
        made_at=now,
    )
    details = {"from": str(hour_record.hours), "to": str(hours)}
    record("hours.correct", actor=actor, now=now, subject=row, note=reason.strip(), details=details)
    bring_into_step(touched=[(row.person_id, row.year)], now=now)
    return row


def _write(fresh: Sequence[HourRow], batch: HourBatch, now: datetime) -> None:
    try:
        with transaction.atomic():
            for start in range(0, len(fresh), AT_ONCE):
                part = fresh[start : start + AT_ONCE]
                HourRecord.objects.bulk_create([_record_of(row, batch, now) for row in part])
    except IntegrityError as error:  # somebody registered one of them meanwhile
        raise Refused("同一门课程的学时刚刚由另一批次登记过，本批没有入账。请重新提交一次。") from error


def _refuse_unfiled(rows: Sequence[HourRow], provider_id: int) -> None:
    courses = {row.course.pk: row.course for row in rows}
    if any(course.provider_id != provider_id for course in courses.values()):
        raise Forbidden(transitions.ENTER_BATCH.verb)
    wrong = [row for row in rows if not 0 < row.hours <= row.course.hours]
    if wrong:
        raise Refused(f"有 {len(wrong)} 行的学时不在 0 和课程学时之间，整批没有入账。请核对后重新提交。")
    unfiled = [course for course in courses.values() if course.state != CourseState.OFFERED]
    if unfiled:
        names = "、".join(sorted(course.name for course in unfiled)[:3])
        raise Refused(f"课程“{names}”还没有经主管部门备案，不能登记学时。请先报备案。")


def _without_known(rows: Sequence[HourRow]) -> list[HourRow]:
    """One line per person and course; what is in the ledger or on its way already is left out."""
    courses = {row.course.pk: row.course for row in rows}
    known: set[tuple[int, str]] = set()
    live = HourRecord.objects.filter(
        key__in=[course.key for course in courses.values()], state__in=sorted(LIVE)
    )
    known.update(live.values_list("person_id", "key").iterator())
    fresh = []
    for row in rows:
        mark = (row.person_id, row.course.key)
        if mark not in known:
            known.add(mark)
            fresh.append(row)
    return fresh


def _record_of(row: HourRow, batch: HourBatch, now: datetime) -> HourRecord:
    return HourRecord(
        state=RecordState.ENTERED,
        person_id=row.person_id,
        year=row.course.year,
        category=row.course.category,
        hours=row.hours,
        title=row.course.name,
        key=row.course.key,
        origin=batch.origin,
        trust=TRUST_OF[batch.origin],
        registered_in=row.course.registered_in,
        course=row.course,
        batch=batch,
        made_at=now,
    )
