"""Filing the courses of training bodies."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations, transitions
from zhiping.continuing_education.queries import courses_visible_to, lessons_visible_to
from zhiping.files.serving import file_response
from zhiping.kernel import clock
from zhiping.lifecycle.moving import available
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page

BY_VERB = {each.verb: each for each in transitions.COURSE_DECISIONS}


class DecisionForm(PlatformForm):
    """The verdict on a course."""

    verdict = forms.ChoiceField(
        label="审核结果",
        choices=[(verb, each.label) for verb, each in BY_VERB.items()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="审核意见",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回必须写明原因。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def course(request: HttpRequest, key: int) -> HttpResponse:
    """One course: what is offered; 同意备案 or 退回 if it waits for this body."""
    row = get_object_or_404(courses_visible_to(request.actor).select_related("provider"), pk=key)
    form = DecisionForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        with form.showing_refusals():
            given = form.cleaned_data
            operations.decide_course(
                course=row,
                verdict=BY_VERB[given["verdict"]],
                reason=given["reason"],
                expected=given["version"],
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"“{row.name}”：{row.get_state_display()}。")
            return redirect("authority:hours:queue")
    context = {
        "course": row,
        "lessons": list(row.lessons.all()),
        "form": form,
        "may_decide": available(transitions.COURSE_DECISIONS, request.actor, row),
    }
    return render(request, "authority/hours/course.html", context, status=422 if form.errors else 200)


@page(audience=Audience.AUTHORITY)
def lesson(request: HttpRequest, key: int) -> HttpResponse:
    """One chapter of a course that is filed here: its text, or the file itself."""
    row = get_object_or_404(lessons_visible_to(request.actor), pk=key)
    if row.file is not None:
        return file_response(row.file, request)
    return render(request, "authority/hours/lesson.html", {"lesson": row})
