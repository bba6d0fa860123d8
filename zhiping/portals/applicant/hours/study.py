"""Studying online: courses, chapters with real progress, questions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations
from zhiping.continuing_education.models import Lesson, LessonProgress
from zhiping.continuing_education.queries import lessons_visible_to, online_courses
from zhiping.files.serving import file_response
from zhiping.kernel import clock
from zhiping.web.autosave import is_autosave
from zhiping.web.numbers import whole_number
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT)
def courses(request: HttpRequest) -> HttpResponse:
    """Courses that can be studied online."""
    rows = online_courses().order_by("-year", "name", "pk")
    listed = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "applicant/hours/study.html", {"page": listed})


@page(audience=Audience.APPLICANT)
def course(request: HttpRequest, key: int) -> HttpResponse:
    """The chapters of a course and how far one is in each."""
    row = get_object_or_404(online_courses(), pk=key)
    lessons = list(row.lessons.prefetch_related(_own(request)))
    done = sum(bool(each.mine and each.mine[0].passed_at) for each in lessons)
    context = {"course": row, "lessons": lessons, "done": done}
    return render(request, "applicant/hours/study_course.html", context)


@page(audience=Audience.APPLICANT)
def lesson(request: HttpRequest, key: int) -> HttpResponse:
    """One chapter."""
    return _lesson_page(request, _lesson(request, key))


@page(audience=Audience.APPLICANT, methods=("POST",))
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """What the page reports, or the person presses; the answer says what counts."""
    row = _lesson(request, key)
    reported = whole_number(request.POST.get("seconds")) or 0
    mine = operations.report_progress(lesson=row, reported=reported, actor=request.actor, now=clock.now())
    if is_autosave(request):
        done = mine.finished_at is not None
        return JsonResponse({"seconds": mine.seconds, "whole": row.seconds, "finished": done})
    if mine.finished_at is None and mine.seconds:
        messages.info(
            request, f"已学 {mine.seconds // 60} 分钟，这一章至少要 {row.seconds // 60 // 2} 分钟。"
        )
    return redirect("applicant:hours:lesson", key)


@page(audience=Audience.APPLICANT, methods=("POST",))
def answers(request: HttpRequest, key: int) -> HttpResponse:
    """Answer the questions; those answered wrong are named, the right answer is not given away."""
    row = _lesson(request, key)
    given = [whole_number(request.POST.get(f"q{number}")) for number in range(1, len(row.questions) + 1)]
    mine, wrong = operations.answer_questions(lesson=row, answers=given, actor=request.actor, now=clock.now())
    if mine.passed_at is None:
        return _lesson_page(request, _lesson(request, key), wrong=wrong, given=given)
    messages.success(request, "答题通过。")
    return redirect("applicant:hours:study_course", row.course_id)


@page(audience=Audience.APPLICANT)
def file(request: HttpRequest, key: int) -> HttpResponse:
    """The film or the text of a chapter, in ranges for the player."""
    return file_response(
        get_object_or_404(lessons_visible_to(request.actor).exclude(file=None), pk=key).file, request
    )


def _lesson(request: HttpRequest, key: int) -> Lesson:
    rows = lessons_visible_to(request.actor).prefetch_related(_own(request))
    return get_object_or_404(rows, pk=key)


def _own(request: HttpRequest) -> Prefetch:
    own = LessonProgress.objects.filter(person_id=request.actor.person_id)
    return Prefetch("progress", own, "mine")


def _lesson_page(
    request: HttpRequest,
    row: Lesson,
    *,
    wrong: list[int] | None = None,
    given: list[int | None] | None = None,
) -> HttpResponse:
    mine = row.mine[0] if row.mine else None
    chosen = given or [None] * len(row.questions)
    questions: list[dict[str, Any]] = [
        {"number": number, "text": each["text"], "choices": each["choices"], "chosen": choice}
        for number, (each, choice) in enumerate(zip(row.questions, chosen, strict=True), start=1)
    ]
    context = {
        "lesson": row,
        "mine": mine,
        "questions": questions,
        "wrong": wrong or [],
        "next": row.course.lessons.filter(position__gt=row.position).first(),
    }
    return render(request, "applicant/hours/lesson.html", context, status=422 if wrong else 200)
