"""Classes: opened by the training body, people take seats and check in, the end enters the hours."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from zhiping.auditlog.recording import record
from zhiping.continuing_education import transitions
from zhiping.continuing_education.access import can_register_own, can_teach, provides
from zhiping.continuing_education.check_in import is_good, is_open
from zhiping.continuing_education.ledger import plain
from zhiping.continuing_education.models import CheckIn, ClassSession, Course, Enrolment, TrainingClass
from zhiping.continuing_education.operations.batches import HourRow, enter_batch
from zhiping.continuing_education.states import ClassState, CourseState, Origin
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move

Span = tuple[datetime, datetime, Decimal]


@transaction.atomic
def open_class(
    *, course: Course, name: str, place: str, seats: int, spans: Sequence[Span], actor: Actor, now: datetime
) -> TrainingClass:
    """Open a class of a filed course with its sessions, whose hours together are at most the course's."""
    if not provides(actor, course.provider_id):
        raise Forbidden("class.open")
    if course.state != CourseState.OFFERED:
        raise Refused("课程还没有备案，不能开班。请先报主管部门备案。")
    if not spans:
        raise Refused("请至少填一次课的时间和学时。")
    if any(ends <= starts for starts, ends, _ in spans):
        raise Refused("有一次课的结束时间不在开始时间之后，请核对。")
    whole = sum((hours for _, _, hours in spans), Decimal(0))
    if any(hours <= 0 for _, _, hours in spans) or whole > course.hours:
        raise Refused(
            f"各次课的学时合计 {plain(whole)}，应大于 0、不超过课程备案的 {plain(course.hours)} 学时。"
        )
    row = TrainingClass.objects.create(course=course, name=name, place=place, seats=seats, made_at=now)
    ClassSession.objects.bulk_create(
        ClassSession(
            training_class=row, starts_at=starts, ends_at=ends, hours=hours, secret=secrets.token_hex(32)
        )
        for starts, ends, hours in spans
    )
    record("class.open", actor=actor, now=now, subject=row, to_state=row.state)
    return row


@transaction.atomic
def take_seat(*, training_class: TrainingClass, actor: Actor, now: datetime) -> Enrolment:
    """Take a seat for oneself; the second time it is the same seat."""
    if actor.person_id is None or not can_register_own(actor, actor.person_id):
        raise Forbidden("class.enrol")
    row = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    if there := row.enrolments.filter(person_id=actor.person_id).first():
        return there
    if row.state != ClassState.OPEN:
        raise Refused("这个班已经结班，不能报名了。")
    if row.enrolments.count() >= row.seats:
        raise Refused("名额已满。请选同一课程的其他班次，或联系培训机构。")
    seat = Enrolment.objects.create(training_class=row, person_id=actor.person_id, enrolled_at=now)
    record("class.enrol", actor=actor, now=now, subject=seat)
    return seat


@transaction.atomic
def check_in(*, session: ClassSession, code: str, actor: Actor, now: datetime) -> CheckIn:
    """Check in by the code on the wall; who has no seat yet takes one."""
    if actor.person_id is None or not can_register_own(actor, actor.person_id):
        raise Forbidden("class.check_in")
    if not is_open(session.starts_at, session.ends_at, now):
        raise Refused("现在不在签到时间内：开课前 30 分钟到下课之间可以签到。")
    if not is_good(code, session.secret, session.pk, now):
        raise Refused("二维码已过期，请重新扫一下现场屏幕上的二维码。")
    seat = take_seat(training_class=session.training_class, actor=actor, now=now)
    return _mark(session, seat, actor, now, by_hand=False)


@transaction.atomic
def note_presence(*, session: ClassSession, enrolment: Enrolment, actor: Actor, now: datetime) -> CheckIn:
    """The training body notes by hand that somebody without a telephone is there; it stays marked so."""
    row = TrainingClass.objects.select_related("course").get(pk=session.training_class_id)
    if not can_teach(actor, row) or enrolment.training_class_id != row.pk:
        raise Forbidden("class.note_presence")
    if row.state != ClassState.OPEN:
        raise Refused("已经结班，不能再补签。学时有误的请逐条更正。")
    if now < session.starts_at:
        raise Refused("这次课还没有开始，不能补签。")
    return _mark(session, enrolment, actor, now, by_hand=True)


@transaction.atomic
def close_class(
    *, training_class: TrainingClass, expected: int | None, actor: Actor, now: datetime
) -> TrainingClass:
    """End a class: everybody gets the hours of the sessions attended, entered as one batch.

    1. the last session is over; 2. move; 3. hours per person; 4. the batch, which names the class.
    """
    last = training_class.sessions.order_by("-ends_at").first()
    if last is not None and now < last.ends_at:
        raise Refused("最后一次课还没有下课，不能结班。")
    move(training_class, transitions.CLOSE_CLASS, actor=actor, now=now, version=expected)
    course = training_class.course
    rows = [HourRow(person, course, hours) for person, hours in _earned(training_class)]
    if rows:
        said = json.dumps([(row.person_id, str(row.hours)) for row in rows])
        batch = enter_batch(
            provider_id=course.provider_id,
            key=f"class-{training_class.pk}",
            origin=Origin.CLASS,
            sha256=hashlib.sha256(said.encode()).hexdigest(),
            rows=rows,
            actor=actor,
            now=now,
        )
        TrainingClass.objects.filter(pk=training_class.pk).update(batch=batch)
    return training_class


def _mark(session: ClassSession, seat: Enrolment, actor: Actor, now: datetime, *, by_hand: bool) -> CheckIn:
    mark, is_new = CheckIn.objects.get_or_create(
        session=session, enrolment=seat, defaults={"at": now, "by_hand": by_hand}
    )
    if is_new:
        record("class.check_in", actor=actor, now=now, subject=mark, details={"by_hand": by_hand})
    return mark


def _earned(training_class: TrainingClass) -> list[tuple[int, Decimal]]:
    marks = CheckIn.objects.filter(session__training_class=training_class)
    sums = marks.order_by("enrolment__person").values_list("enrolment__person")
    return list(sums.annotate(hours=Sum("session__hours")))
