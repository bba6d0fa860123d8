"""Seats: taken when an institution recommends, given back when the recommendation ends, filled by appointment."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from zhiping.auditlog.recording import record
from zhiping.identity.models import Person
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell, tell_each
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import people_of
from zhiping.posts import access, messages, queries, transitions
from zhiping.posts.models import PostLevel, Reservation
from zhiping.posts.states import LIVE, LedgerState, PostGroup, ReservationState


@transaction.atomic
def reserve_seat(
    *,
    institution: Organisation,
    group: str,
    person: Person,
    subject_id: int,
    label: str,
    year: int,
    is_checked: bool = False,
    actor: Actor,
    now: datetime,
) -> Reservation:
    """Hold one vacancy for a recommended person, in the caller's transaction (R-212, R-213).

    1. access and a ledger in force; 2. a seat already held is the answer; 3. who was not chosen in this year's
    competition is refused; 4. one more in `reserved`: the database refuses it when nothing is free, also when two
    clerks press at once; 5. the row with the figures of this moment; 6. log.
    """
    level = queries.level_of(institution.pk, group)
    if level is None or level.ledger.state != LedgerState.IN_FORCE:
        raise Refused(
            f"{institution.name}还没有经核准的岗位台账，不能推荐在编人员。请先在“岗位管理”里报送岗位数据，"
            "由岗位管理部门核准。"
        )
    if not access.can_reserve(actor, level.ledger):
        raise Forbidden("post_seat.reserve")
    held = Reservation.objects.filter(subject_id=subject_id, state__in=sorted(LIVE)).first()
    if held is not None:
        return held
    queries.refuse_not_chosen(level, person, year)
    checked = queries.checked_figures(level) if is_checked else {}
    if checked and checked["approved"] <= checked["filled"]:
        raise _full_elsewhere(level, checked)
    try:
        with transaction.atomic():
            PostLevel.objects.filter(pk=level.pk).update(reserved=F("reserved") + 1)
    except IntegrityError:
        raise _full(level) from None
    level.refresh_from_db()
    reservation = Reservation.objects.create(
        post=level,
        person=person,
        subject_id=subject_id,
        label=label,
        figures=queries.figures_of_level(level)
        | {"read_at": now.isoformat()}
        | ({"checked": checked} if checked else {}),
        reserved_at=now,
    )
    record("post_seat.reserve", actor=actor, now=now, subject=reservation, to_state=reservation.state)
    return reservation


@transaction.atomic
def release_seat(*, subject_id: int, reason: str, now: datetime) -> bool:
    """Give the seat back when its application was returned, withdrawn, refused or has ended; False if none is held."""
    held = (
        Reservation.objects.select_related("post__ledger__institution")
        .filter(subject_id=subject_id, state=ReservationState.RESERVED)
        .first()
    )
    if held is None:
        return False
    held.released_at, held.release_reason = now, reason  # first: a released seat says why
    held.save(update_fields=["released_at", "release_reason"])
    move(held, transitions.RELEASE, actor=SYSTEM, now=now, note=reason)
    PostLevel.objects.filter(pk=held.post_id).update(reserved=F("reserved") - 1)
    held.post.refresh_from_db(fields=["reserved"])
    context = {"label": held.label, "reason": reason, "free": held.post.free}
    people = people_of(held.post.ledger.institution, *access.KEEPING_ROLES)
    tell_each(people=people, kind=messages.SEAT_RELEASED, context=context, now=now)
    return True


@transaction.atomic
def appoint(
    *,
    reservation: Reservation,
    appointed_on: date,
    grade: str,
    certificate_number: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """聘任: the seat that was promised becomes a filled post; the certificate is checked by whoever issues it (R-219)."""
    if appointed_on > beijing_day(now):
        raise Refused("聘任日期不能晚于今天。", field="appointed_on")
    if not grade.strip():
        raise Refused("请填写聘任的岗位等级，例如“专业技术十级”。", field="grade")
    if (
        reservation.state == ReservationState.RESERVED
    ):  # row first: a filled seat has its day, grade and number
        Reservation.objects.filter(pk=reservation.pk).update(
            appointed_on=appointed_on, grade=grade.strip(), certificate_number=certificate_number
        )
    move(reservation, transitions.APPOINT, actor=actor, now=now, version=version)
    level = reservation.post
    PostLevel.objects.filter(pk=level.pk).update(reserved=F("reserved") - 1, filled=F("filled") + 1)
    context = {
        "institution": level.ledger.institution.name,
        "day": appointed_on.isoformat(),
        "group": level.get_group_display(),
        "grade": grade.strip(),
    }
    tell(person=reservation.person_id, kind=messages.APPOINTED, context=context, now=now)


def _full_elsewhere(level: PostLevel, checked: Mapping[str, Any]) -> Refused:
    return Refused(
        f"浙江省事业单位人事工资管理服务系统里，{PostGroup(level.group).label}岗位核准 {checked['approved']}、实聘 "
        f"{checked['filled']}（{checked['at']} 核对），没有空缺，不能推荐。请在省系统更正后，到“岗位管理”重新核对。"
    )


def _full(level: PostLevel) -> Refused:
    level.refresh_from_db()
    group = PostGroup(level.group).label
    pooled = f"、统筹 {level.pooled}" if level.pooled else ""
    extra = f"、退出换进 {level.extra}" if level.extra else ""
    return Refused(
        f"{group}岗位没有可用的空缺：核准 {level.approved}{pooled}{extra}，实聘 {level.filled}，已推荐待聘 "
        f"{level.reserved}。等有空缺，或经核准使用统筹岗位后再推荐。"
    )
