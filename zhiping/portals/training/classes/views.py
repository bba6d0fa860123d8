"""The classes of a training body."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from zhiping.continuing_education import operations
from zhiping.continuing_education.check_in import code_at, is_open
from zhiping.continuing_education.models import CheckIn, ClassSession, TrainingClass
from zhiping.continuing_education.queries import classes_visible_to, courses_visible_to
from zhiping.continuing_education.states import ClassState, CourseState
from zhiping.documents.qr import qr_svg
from zhiping.kernel import clock
from zhiping.portals.training.classes.forms import ClassForm
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page


@page(audience=Audience.TRAINING)
def class_list(request: HttpRequest) -> HttpResponse:
    """Classes, and the filed courses of which one can be opened."""
    rows = classes_visible_to(request.actor).annotate(people=Count("enrolments")).order_by("-made_at", "-pk")
    offered = courses_visible_to(request.actor).filter(state=CourseState.OFFERED)
    context = {
        "page": Paginator(rows, 20).get_page(request.GET.get("page")),
        "courses": list(offered.order_by("-year", "number")[:30]),
    }
    return render(request, "training/classes/list.html", context)


@page(audience=Audience.TRAINING, methods=("GET", "POST"))
def create(request: HttpRequest, course: int) -> HttpResponse:
    """Open a class of a course."""
    row = get_object_or_404(courses_visible_to(request.actor), pk=course, state=CourseState.OFFERED)
    form = ClassForm(request.POST or None)
    if form.is_valid():
        with form.showing_refusals():
            given = form.cleaned_data
            made = operations.open_class(
                course=row,
                name=given["name"],
                place=given["place"],
                seats=given["seats"],
                spans=form.spans(),
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, "班次已开放报名。")
            return redirect("training:classes:show", made.pk)
    context = {"form": form, "course": row}
    return render(request, "training/classes/form.html", context, status=422 if form.errors else 200)


@page(audience=Audience.TRAINING)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """Sessions, seats, and who was there."""
    row, now = _class(request, key), clock.now()
    sessions = list(row.sessions.annotate(present=Count("check_ins")))
    marks = Prefetch("check_ins", CheckIn.objects.all(), "marks")
    seats = row.enrolments.select_related("person").prefetch_related(marks)
    seats_page = Paginator(seats, 50).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "sessions": [(each, is_open(each.starts_at, each.ends_at, now)) for each in sessions],
        "page": seats_page,
        "lines": [(seat, _marks_of(seat, sessions, now)) for seat in seats_page],
        "can_close": row.state == ClassState.OPEN and all(each.ends_at <= now for each in sessions),
    }
    return render(request, "training/classes/show.html", context)


@page(audience=Audience.TRAINING, methods=("POST",))
def close(request: HttpRequest, key: int) -> HttpResponse:
    """End a class; the hours go into the ledger."""
    row = operations.close_class(
        training_class=_class(request, key),
        expected=posted_version(request),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, f"“{row.name}”已结班，签到的学时已入账。")
    return redirect("training:classes:show", key)


@page(audience=Audience.TRAINING)
def wall(request: HttpRequest, key: int) -> HttpResponse:
    """The code for the screen of the room; the page renews itself."""
    session, now = _session(request, key), clock.now()
    code = code_at(session.secret, session.pk, now)
    path = reverse("applicant:hours:check_in", args=[session.pk, code])
    drawn = qr_svg(f"{settings.PUBLIC_URL}{path}", label="签到二维码")
    context = {
        "session": session,
        "qr": mark_safe(drawn),  # noqa: S308 - drawn by us from digits of our own
        "is_open": is_open(session.starts_at, session.ends_at, now),
        "present": session.check_ins.count(),
    }
    return render(request, "training/classes/wall.html", context)


@page(audience=Audience.TRAINING, methods=("POST",))
def present(request: HttpRequest, key: int, seat: int) -> HttpResponse:
    """Note by hand that somebody is there."""
    session = _session(request, key)
    enrolment = get_object_or_404(session.training_class.enrolments, pk=seat)
    operations.note_presence(session=session, enrolment=enrolment, actor=request.actor, now=clock.now())
    messages.success(request, "已补签，并注明是机构补签。")
    return redirect("training:classes:show", session.training_class_id)


def _class(request: HttpRequest, key: int) -> TrainingClass:
    return get_object_or_404(classes_visible_to(request.actor), pk=key)


def _session(request: HttpRequest, key: int) -> ClassSession:
    own = classes_visible_to(request.actor)
    rows = ClassSession.objects.filter(training_class__in=own)
    return get_object_or_404(rows.select_related("training_class__course"), pk=key)


def _marks_of(seat, sessions, now) -> list[tuple[ClassSession, CheckIn | None, bool]]:
    """For each session the mark of this seat, and whether one can still be made by hand."""
    by_session = {mark.session_id: mark for mark in seat.marks}
    return [(each, by_session.get(each.pk), each.starts_at <= now) for each in sessions]
