"""Classes for people: take a seat, check in by the code on the wall."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations
from zhiping.continuing_education.models import ClassSession, Enrolment
from zhiping.continuing_education.queries import classes_visible_to
from zhiping.kernel import clock
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT)
def classes(request: HttpRequest) -> HttpResponse:
    """Classes that are open, and one's own seats with what was attended."""
    own = Enrolment.objects.filter(person_id=request.actor.person_id).prefetch_related("check_ins")
    rows = classes_visible_to(request.actor).prefetch_related("sessions", Prefetch("enrolments", own, "mine"))
    listed = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "applicant/hours/classes.html", {"page": listed})


@page(audience=Audience.APPLICANT, methods=("POST",))
def enrol(request: HttpRequest, key: int) -> HttpResponse:
    """Take a seat."""
    row = get_object_or_404(classes_visible_to(request.actor), pk=key)
    operations.take_seat(training_class=row, actor=request.actor, now=clock.now())
    messages.success(request, f"已报名“{row.name}”。上课时扫现场的二维码签到。")
    return redirect("applicant:hours:classes")


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def check_in(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """The address in the code on the wall: one press checks in."""
    own = ClassSession.objects.filter(training_class__in=classes_visible_to(request.actor))
    session = get_object_or_404(own.select_related("training_class__course__provider"), pk=key)
    if request.method == "POST":
        operations.check_in(session=session, code=code, actor=request.actor, now=clock.now())
        messages.success(request, "签到成功。结班后学时自动进入您的台账。")
        return redirect("applicant:hours:classes")
    return render(request, "applicant/hours/check_in.html", {"session": session})
