"""Online self-study: lessons written before a course is filed, studied by people, hours entered by themselves."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from zhiping.auditlog.recording import record
from zhiping.continuing_education.access import can_offer, can_register_own
from zhiping.continuing_education.models import Course, Lesson, LessonProgress
from zhiping.continuing_education.operations.batches import HourRow, enter_batch
from zhiping.continuing_education.operations.courses import EDITABLE
from zhiping.continuing_education.states import CourseState, LessonKind, Origin
from zhiping.continuing_education.study import credited, questions_in, share_right
from zhiping.files.models import StoredFile
from zhiping.identity.models import Person
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused


@transaction.atomic
def add_lesson(
    *,
    course: Course,
    kind: str,
    title: str,
    text: str,
    file: StoredFile | None,
    minutes: int,
    questions: str,
    actor: Actor,
    now: datetime,
) -> Lesson:
    """Write the next lesson of a course that has not been filed yet: what the authority files does not change."""
    _refuse_filed(course, actor)
    asked = questions_in(questions)
    if kind == LessonKind.TEXT and not text.strip():
        raise Refused("图文课请填写正文。", field="text")
    if kind != LessonKind.TEXT and file is None:
        raise Refused("请选择讲义或视频文件。", field="file")
    last = course.lessons.aggregate(last=Max("position"))["last"] or 0
    lesson = Lesson.objects.create(
        course=course,
        position=last + 1,
        kind=kind,
        title=title,
        text=text if kind == LessonKind.TEXT else "",
        file=None if kind == LessonKind.TEXT else file,
        seconds=minutes * 60,
        questions=asked,
    )
    record("course.add_lesson", actor=actor, now=now, subject=course, details={"lesson": lesson.pk})
    return lesson


@transaction.atomic
def drop_lesson(*, lesson: Lesson, actor: Actor, now: datetime) -> None:
    """Take a lesson out of a course that has not been filed yet."""
    _refuse_filed(lesson.course, actor)
    record("course.drop_lesson", actor=actor, now=now, subject=lesson.course, details={"lesson": lesson.pk})
    Lesson.objects.filter(pk=lesson.pk).delete()


@transaction.atomic
def report_progress(*, lesson: Lesson, reported: float, actor: Actor, now: datetime) -> LessonProgress:
    """Note how far a person is. The first report begins the lesson; time counts from the person's last report anywhere.

    1. who, and whether the course is offered; 2. the person is locked, so that two windows do not count twice;
    3. what counts by the clock; 4. without questions the lesson is passed with it, and perhaps the course is done.
    """
    person = _student(lesson, actor)
    latest = LessonProgress.objects.filter(person_id=person).aggregate(last=Max("reported_at"))["last"]
    row, is_new = LessonProgress.objects.get_or_create(
        lesson=lesson, person_id=person, defaults={"reported_at": now}
    )
    if is_new or row.finished_at is not None:
        return row
    row.seconds = credited(
        before=row.seconds, reported=reported, whole=lesson.seconds, last_at=latest or now, now=now
    )
    row.reported_at = now
    if row.seconds >= lesson.seconds:
        row.finished_at = now
        row.passed_at = None if lesson.questions else now
    row.save(update_fields=["seconds", "reported_at", "finished_at", "passed_at"])
    _enter_if_done(lesson.course, person, now)
    return row


@transaction.atomic
def answer_questions(
    *, lesson: Lesson, answers: Sequence[int | None], actor: Actor, now: datetime
) -> tuple[LessonProgress, list[int]]:
    """Answer the questions of a lesson that was gone through; gives the progress and the numbers answered wrong."""
    person = _student(lesson, actor)
    row = LessonProgress.objects.filter(lesson=lesson, person_id=person).exclude(finished_at=None).first()
    if row is None:
        raise Refused("这一章还没有学完，学完后再答题。")
    percent, wrong = share_right(lesson.questions, answers)
    row.tries += 1
    if percent >= lesson.pass_percent and row.passed_at is None:
        row.passed_at = now
    row.save(update_fields=["tries", "passed_at"])
    _enter_if_done(lesson.course, person, now)
    return row, wrong


def _student(lesson: Lesson, actor: Actor) -> int:
    """The person, locked for this transaction."""
    if actor.person_id is None or not can_register_own(actor, actor.person_id):
        raise Forbidden("lesson.study")
    if lesson.course.state != CourseState.OFFERED:
        raise Refused("这门课程现在不开放学习。")
    return Person.objects.select_for_update().values_list("pk", flat=True).get(pk=actor.person_id)


def _enter_if_done(course: Course, person: int, now: datetime) -> None:
    """When every lesson is passed the hours go into the ledger, once, without anybody's doing (issue 3 §1)."""
    passed = LessonProgress.objects.filter(
        lesson__course=course, person_id=person, passed_at__isnull=False
    ).count()
    if passed < course.lessons.count():
        return
    key = f"study-{course.pk}-{person}"
    enter_batch(
        provider_id=course.provider_id,
        key=key,
        origin=Origin.SELF_STUDY,
        sha256=hashlib.sha256(key.encode()).hexdigest(),
        rows=[HourRow(person, course, course.hours)],
        actor=SYSTEM,
        now=now,
    )


def _refuse_filed(course: Course, actor: Actor) -> None:
    if not can_offer(actor, course):
        raise Forbidden("course.add_lesson")
    if course.state not in EDITABLE:
        raise Refused("课程已报备案，章节不能再改。内容有变化的，请停开后另开一门新编号的课程。")
