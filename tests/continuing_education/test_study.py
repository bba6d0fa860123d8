"""Online self-study: real progress bounded by the server's clock, questions, hours that enter by themselves (issue 3 §1)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.archive import pdf_bytes
from tests.factories.hours import make_authority, make_course, make_lesson, make_training_body, trainer
from tests.factories.people import applicant_actor, make_person, sign_in, staff_actor
from zhiping.continuing_education import operations
from zhiping.continuing_education.models import HourRecord, HourYear, Lesson, LessonProgress
from zhiping.continuing_education.states import CourseState
from zhiping.continuing_education.study import questions_in
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Refused

pytestmark = pytest.mark.django_db
STUDY = "/applicant/hours/study/"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def person():
    return make_person("学员甲")


def study(lesson, person, start, *minutes, claimed=600):
    """Report at these minutes after `start`; gives the progress."""
    for minute in minutes:
        row = operations.report_progress(
            lesson=lesson, reported=claimed, actor=applicant_actor(person), now=start + minute * MINUTE
        )
    return row


def test_nobody_is_done_sooner_than_half_the_length(now, person):
    """Anti-skip: whatever the page claims, the server's clock bounds it."""
    lesson = make_lesson(make_course(), minutes=10)

    assert study(lesson, person, now, 0, 1).seconds == 120
    assert study(lesson, person, now, 4).finished_at is None
    assert study(lesson, person, now, 5).finished_at is not None


def test_the_clock_does_not_run_while_one_is_away(now, person):
    lesson = make_lesson(make_course(), minutes=60)

    assert study(lesson, person, now, 0, 600, claimed=3600).seconds == 20 * 60


def test_two_lessons_at_once_do_not_count_twice(now, person):
    course = make_course()
    first, second = make_lesson(course), make_lesson(course)
    study(first, person, now, 0)
    study(second, person, now, 0)

    study(first, person, now, 4)
    study(second, person, now, 4)

    assert sum(LessonProgress.objects.values_list("seconds", flat=True)) == 480


def test_only_what_was_really_reported_counts_and_going_back_loses_nothing(now, person):
    lesson = make_lesson(make_course(), minutes=10)

    assert study(lesson, person, now, 0, 3, claimed=100).seconds == 100
    assert study(lesson, person, now, 4, claimed=20).seconds == 100


def test_hours_enter_by_themselves_when_every_chapter_is_passed_and_only_once(now, person):
    course = make_course()
    lessons = [make_lesson(course), make_lesson(course, questions=[])]
    for number, lesson in enumerate(lessons):
        study(lesson, person, now + number * 20 * MINUTE, 0, 6)
    assert not HourYear.objects.exists()

    answer(lessons[0], person, now, [0])
    answer(lessons[0], person, now, [0])

    assert HourYear.objects.get(person=person).professional == 30
    assert HourRecord.objects.get().trust == "measured"


def answer(lesson, person, now, answers):
    return operations.answer_questions(lesson=lesson, answers=answers, actor=applicant_actor(person), now=now)


def test_questions_wait_until_the_chapter_was_gone_through(now, person):
    lesson = make_lesson(make_course())
    study(lesson, person, now, 0)

    with pytest.raises(Refused, match="还没有学完"):
        answer(lesson, person, now, [0])


def test_wrong_answers_are_named_and_can_be_tried_again(now, person):
    lesson = make_lesson(make_course())
    study(lesson, person, now, 0, 6)

    first, wrong = answer(lesson, person, now, [1])
    again, right = answer(lesson, person, now, [0])

    assert (first.passed_at, wrong, right) == (None, [1], [])
    assert (again.passed_at, again.tries) == (now, 2)


def test_a_course_that_was_stopped_is_not_studied(now, person):
    lesson = make_lesson(make_course(state=CourseState.CLOSED))

    with pytest.raises(Refused, match="不开放学习"):
        study(lesson, person, now, 0)


@pytest.mark.parametrize("text", ["题目\n甲\n乙", "题目\n* 甲\n* 乙", "题目\n* 甲"])
def test_a_question_has_one_right_answer_among_several(text):
    with pytest.raises(Refused, match="第 1 题"):
        questions_in(text)


def test_a_filed_course_keeps_its_chapters():
    body = make_training_body()
    lesson = make_lesson(make_course(body))

    with pytest.raises(Refused, match="章节不能再改"):
        operations.drop_lesson(lesson=lesson, actor=trainer(body), now=None)


def test_through_the_pages_from_writing_to_the_ledger(client, now, at, person):
    authority, body = make_authority(), make_training_body()
    course = make_course(body, authority, state=CourseState.DRAFT)
    sign_in(client, trainer(body))
    typed = {
        "title": "釉料",
        "kind": "text",
        "text": "石灰碱釉。",
        "minutes": "10",
        "questions": "用什么？\n* 木灰\n铅",
    }
    assert client.post(f"/training/courses/{course.pk}/lessons/", typed).status_code == 302
    pdf = SimpleUploadedFile("讲义.pdf", pdf_bytes("讲义"))
    both = {"title": "讲义", "kind": "pdf", "minutes": "1", "file": pdf}
    assert client.post(f"/training/courses/{course.pk}/lessons/", both).status_code == 302
    text, sheet = Lesson.objects.order_by("position")
    course.state = CourseState.OFFERED
    course.save()

    sign_in(client, staff_actor(authority, Role.COUNTY_HR))
    assert "石灰碱釉" in client.get(f"/authority/hours/lessons/{text.pk}/").content.decode()

    sign_in(client, applicant_actor(person))
    assert course.name in client.get(STUDY).content.decode()
    client.post(f"{STUDY}lessons/{text.pk}/progress/")
    at(now + 6 * MINUTE)
    told = client.post(
        f"{STUDY}lessons/{text.pk}/progress/", {"seconds": "600"}, headers={"X-Autosave": "1"}
    ).json()
    assert told == {"seconds": 600, "whole": 600, "finished": True}
    wrong = client.post(f"{STUDY}lessons/{text.pk}/answers/", {"q1": "1"})
    assert wrong.status_code == 422
    assert "答错的题：1" in wrong.content.decode()
    client.post(f"{STUDY}lessons/{text.pk}/answers/", {"q1": "0"})
    client.post(f"{STUDY}lessons/{sheet.pk}/progress/")
    at(now + 7 * MINUTE)
    client.post(f"{STUDY}lessons/{sheet.pk}/progress/", {"seconds": "60"})

    assert HourYear.objects.get(person=person).professional == 30
    assert "已全部学完" in client.get(f"{STUDY}{course.pk}/").content.decode()
    shown = client.get(f"{STUDY}lessons/{sheet.pk}/file/")
    assert b"".join(shown.streaming_content).startswith(b"%PDF-")


def test_chapters_of_a_course_that_is_not_filed_are_not_found(client, person):
    lesson = make_lesson(make_course(state=CourseState.SUBMITTED))
    sign_in(client, applicant_actor(person))

    assert client.get(f"{STUDY}lessons/{lesson.pk}/").status_code == 404
    assert client.post(f"{STUDY}lessons/{lesson.pk}/progress/").status_code == 404
