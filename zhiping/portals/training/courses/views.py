"""The courses of a training body."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.core.validators import MinValueValidator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations, transitions
from zhiping.continuing_education.conversion import registers_for
from zhiping.continuing_education.models import Course
from zhiping.continuing_education.operations.courses import EDITABLE, FIELDS
from zhiping.continuing_education.queries import courses_visible_to
from zhiping.continuing_education.states import TAUGHT_CHOICES, RecordState
from zhiping.kernel import clock
from zhiping.lifecycle.moving import available
from zhiping.web.forms import PlatformForm
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page


class CourseForm(PlatformForm):
    """What a course is."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    number = forms.CharField(
        label="课程编号", max_length=30, help_text="本机构一年内不重复；登记学时时按它认课程。"
    )
    name = forms.CharField(label="课程名称", max_length=120)
    category = forms.ChoiceField(label="科目类别", choices=TAUGHT_CHOICES)
    subject = forms.CharField(label="专业领域", max_length=60, required=False)
    hours = forms.DecimalField(
        label="学时", max_digits=4, decimal_places=1, validators=[MinValueValidator(1, "学时至少是 1。")]
    )
    registered_in = forms.ChoiceField(
        label="登记系统", help_text="学时登记到哪个系统；有的通知只认指定系统的学时。"
    )
    outline = forms.CharField(
        label="内容简介", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, region: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registered_in"].choices = [(each.name, each.name) for each in registers_for(region)]


@page(audience=Audience.TRAINING)
def course_list(request: HttpRequest) -> HttpResponse:
    """The body's courses, the latest year first."""
    entered = Count("records", filter=Q(records__state=RecordState.ENTERED))
    rows = courses_visible_to(request.actor).annotate(people=entered).order_by("-year", "number")
    context = {"page": Paginator(rows, 20).get_page(request.GET.get("page"))}
    return render(request, "training/courses/list.html", context)


@page(audience=Audience.TRAINING)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One course and what can be done with it."""
    course = _course(request, key)
    acts = available(transitions.COURSE, request.actor, course)
    context = {
        "course": course,
        "can_submit": transitions.SUBMIT_COURSE in acts,
        "can_close": transitions.CLOSE_COURSE in acts,
        "can_edit": course.state in EDITABLE,
    }
    return render(request, "training/courses/show.html", context)


@page(audience=Audience.TRAINING, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None)


@page(audience=Audience.TRAINING, methods=("GET", "POST"))
def edit(request: HttpRequest, key: int) -> HttpResponse:
    return _form_page(request, _course(request, key))


@page(audience=Audience.TRAINING, methods=("POST",))
def submit(request: HttpRequest, key: int) -> HttpResponse:
    """File a course with the authority."""
    course = _course(request, key)
    operations.submit_course(
        course=course,
        expected=posted_version(request),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, "已报主管部门备案。")
    return redirect("training:courses:show", key)


@page(audience=Audience.TRAINING, methods=("POST",))
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Stop a course."""
    course = _course(request, key)
    operations.close_course(
        course=course,
        expected=posted_version(request),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, "已停开。登记过的学时不受影响。")
    return redirect("training:courses:show", key)


def _form_page(request: HttpRequest, course: Course | None) -> HttpResponse:
    initial = {name: getattr(course, name) for name in FIELDS} if course else {"year": clock.today().year}
    form = CourseForm(request.POST or None, initial=initial, region=request.actor.region_code)
    if form.is_valid():
        with form.showing_refusals():
            saved = operations.save_course(
                course=course, values=form.cleaned_data, actor=request.actor, now=clock.now()
            )
            messages.success(request, "已保存。报主管部门备案后才能登记学时。")
            return redirect("training:courses:show", saved.pk)
    context = {"form": form, "course": course}
    return render(request, "training/courses/form.html", context, status=422 if form.errors else 200)


def _course(request: HttpRequest, key: int) -> Course:
    return get_object_or_404(courses_visible_to(request.actor).select_related("provider"), pk=key)
