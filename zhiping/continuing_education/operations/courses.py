"""A training body files its courses; its authority decides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhiping.auditlog.recording import record
from zhiping.continuing_education import transitions
from zhiping.continuing_education.access import provides
from zhiping.continuing_education.models import Course
from zhiping.continuing_education.queries import authority_over
from zhiping.continuing_education.states import CourseState
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import Transition, move
from zhiping.organisations.models import Organisation

FIELDS = ("year", "number", "name", "category", "subject", "hours", "registered_in", "outline")
EDITABLE = frozenset({CourseState.DRAFT, CourseState.RETURNED})


@transaction.atomic
def save_course(*, course: Course | None, values: Mapping[str, Any], actor: Actor, now: datetime) -> Course:
    """Write a course that has not been filed yet; the number is unique in the body's year."""
    if not provides(actor, course.provider_id if course else actor.organisation_id):
        raise Forbidden("course.save")
    if course is not None and course.state not in EDITABLE:
        raise Refused("已备案的课程不能修改。内容有变化的，请停开后另开一门新编号的课程。")
    row = course or Course(provider_id=actor.organisation_id, created_at=now)
    for name in FIELDS:
        setattr(row, name, values[name])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(
            f"{row.year} 年已有编号 {row.number} 的课程。请换一个编号，或直接打开那门课程。", field="number"
        ) from error
    record("course.save", actor=actor, now=now, subject=row)
    return row


@transaction.atomic
def submit_course(*, course: Course, expected: int | None, actor: Actor, now: datetime) -> None:
    """File a course with the authority over the body: the authority is set, then the move."""
    authority = authority_over(Organisation.objects.select_related("parent").get(pk=course.provider_id))
    if authority is None:
        raise Refused("平台上还没有登记贵机构的主管部门，不能备案。请联系平台运营人员补登记。")
    if provides(actor, course.provider_id):
        Course.objects.filter(pk=course.pk).update(authority=authority)
        course.authority_id = authority.pk
    move(course, transitions.SUBMIT_COURSE, actor=actor, now=now, version=expected)


@transaction.atomic
def decide_course(
    *, course: Course, verdict: Transition, reason: str, expected: int | None, actor: Actor, now: datetime
) -> None:
    """File a course or send it back with what is wrong."""
    if verdict not in transitions.COURSE_DECISIONS:
        raise Refused("请选择同意备案或退回。")
    words = reason.strip()
    if verdict is transitions.RETURN_COURSE and not words:
        raise Refused("退回必须写明原因：差在哪、怎么改。", field="reason")
    move(course, verdict, actor=actor, now=now, note=words, version=expected)
    Course.objects.filter(pk=course.pk).update(reason=words, decided_at=now, decided_by=actor.person_id)


@transaction.atomic
def close_course(*, course: Course, expected: int | None, actor: Actor, now: datetime) -> None:
    """No further hours can be registered; what was registered stays."""
    move(course, transitions.CLOSE_COURSE, actor=actor, now=now, version=expected)
