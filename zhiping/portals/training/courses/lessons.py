"""The lessons of an online course, written before it is filed."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations
from zhiping.continuing_education.operations.courses import EDITABLE
from zhiping.continuing_education.queries import courses_visible_to, lessons_visible_to
from zhiping.continuing_education.states import LessonKind
from zhiping.files.inspection import Limits
from zhiping.files.models import StoredFile
from zhiping.files.operations import store_file
from zhiping.files.serving import file_response
from zhiping.files.states import PDF_ONLY, VIDEOS
from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page

KINDS_OF = {LessonKind.PDF: PDF_ONLY, LessonKind.VIDEO: VIDEOS}
LARGEST_VIDEO = Limits(max_bytes=500 * 1024 * 1024)
EXAMPLE = "青瓷用什么气氛烧成？\n* 还原焰\n氧化焰"


class LessonForm(PlatformForm):
    """One chapter with its questions."""

    title = forms.CharField(label="标题", max_length=120)
    kind = forms.ChoiceField(label="形式", choices=LessonKind.choices)
    text = forms.CharField(
        label="正文（图文课）",
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label="讲义或视频文件", required=False, help_text="PDF 不超过 20 MB，MP4 视频不超过 500 MB。"
    )
    minutes = forms.IntegerField(
        label="时长（分钟）", min_value=1, max_value=600, help_text="视频的实际长度，或读完大约要多久。"
    )
    questions = forms.CharField(
        label="章节题",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": EXAMPLE}),
        help_text="每题一段，段间空一行：第一行是题目，后面每行一个选项，正确的一项前面加 *。答对 60% 通过，可以重答。",
    )


@page(audience=Audience.TRAINING, methods=("GET", "POST"))
def lessons(request: HttpRequest, key: int) -> HttpResponse:
    """The chapters so far, and the form of the next one."""
    course = get_object_or_404(courses_visible_to(request.actor), pk=key)
    form = LessonForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.showing_refusals():
            given = form.cleaned_data
            operations.add_lesson(
                course=course,
                file=_stored(request, given),
                **{name: given[name] for name in ("kind", "title", "text", "minutes", "questions")},
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, "已添加一章。")
            return redirect("training:courses:lessons", key)
    written = list(course.lessons.all())
    context = {
        "course": course,
        "lessons": written,
        "minutes": sum(each.seconds for each in written) // 60,
        "form": form,
        "can_edit": course.state in EDITABLE,
    }
    return render(request, "training/courses/lessons.html", context, status=422 if form.errors else 200)


@page(audience=Audience.TRAINING, methods=("POST",))
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Take a chapter out."""
    lesson = get_object_or_404(lessons_visible_to(request.actor), pk=key)
    operations.drop_lesson(lesson=lesson, actor=request.actor, now=clock.now())
    messages.success(request, "已删除。")
    return redirect("training:courses:lessons", lesson.course_id)


@page(audience=Audience.TRAINING)
def file(request: HttpRequest, key: int) -> HttpResponse:
    """The file of one's own chapter."""
    lesson = get_object_or_404(lessons_visible_to(request.actor).exclude(file=None), pk=key)
    return file_response(lesson.file, request)


def _stored(request: HttpRequest, given: dict) -> StoredFile | None:
    kinds = KINDS_OF.get(given["kind"])
    if kinds is None or not given["file"]:
        return None
    limits = {"limits": LARGEST_VIDEO} if given["kind"] == LessonKind.VIDEO else {}
    return store_file(
        upload=given["file"],
        owner=Person(pk=request.actor.person_id),
        kinds=kinds,
        actor=request.actor,
        now=clock.now(),
        **limits,
    )
