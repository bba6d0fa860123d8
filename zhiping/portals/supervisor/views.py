"""What supervision watches in its region: meetings, publicities, results, objections, and whether the log holds."""

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from zhiping.auditlog.queries import head_with_last_check
from zhiping.certificates.queries import reports_visible_to
from zhiping.committees.queries import rounds_of, supervised
from zhiping.committees.queries import visible_to as meetings_visible_to
from zhiping.committees.tally import votes_needed
from zhiping.notices.models import Objection
from zhiping.notices.queries import objections_visible_to
from zhiping.notices.queries import visible_to as publicities_visible_to
from zhiping.notices.states import RUNNING, UNDECIDED
from zhiping.web.pages import Audience, page

A_PAGE = 20
NEWEST = 10


@page(audience=Audience.SUPERVISOR)
def home(request: HttpRequest) -> HttpResponse:
    """The state of things on one page: the log, the newest meetings, what is on show, what is objected to."""
    meetings = list(supervised(meetings_visible_to(request.actor))[:NEWEST])
    running = publicities_visible_to(request.actor).filter(state__in=sorted(RUNNING))
    waiting = _objections(request).filter(state__in=sorted(UNDECIDED))
    context = {
        "log": head_with_last_check(),
        "meetings": [(each, votes_needed(each.on_roll)) for each in meetings],
        "publicities": running.annotate(objected=Count("objections")).order_by("ends_on", "pk")[:NEWEST],
        "objections": waiting.order_by("filed_at", "pk")[:NEWEST],
    }
    return render(request, "supervisor/home.html", context)


@page(audience=Audience.SUPERVISOR)
def meeting(request: HttpRequest, key: int) -> HttpResponse:
    """One meeting: who came, who recused themselves and why, how each case was counted. Never who voted how."""
    found = get_object_or_404(supervised(meetings_visible_to(request.actor)), pk=key)
    cases = found.cases.select_related("application__person", "application__title", "application__employer")
    context = {
        "meeting": found,
        "needed": votes_needed(found.on_roll),
        "seats": found.seats.select_related("member__person"),
        "cases": cases.prefetch_related("recusals__member__person"),
        "rounds": rounds_of(found),
    }
    return render(request, "supervisor/meeting.html", context)


@page(audience=Audience.SUPERVISOR)
def results(request: HttpRequest) -> HttpResponse:
    """What the offices reported and whether the publishing bodies have confirmed it, newest first."""
    rows = reports_visible_to(request.actor).annotate(people=Count("applications", distinct=True))
    rows = rows.prefetch_related("confirmations__organisation").order_by("-reported_at", "-pk")
    return render(request, "supervisor/results.html", {"page": _paged(request, rows)})


@page(audience=Audience.SUPERVISOR)
def objections(request: HttpRequest) -> HttpResponse:
    """Objections, newest first, without names."""
    rows = _objections(request).order_by("-filed_at", "-pk")
    return render(request, "supervisor/objections.html", {"page": _paged(request, rows)})


@page(audience=Audience.SUPERVISOR)
def objection(request: HttpRequest, key: int) -> HttpResponse:
    """One objection with its author, and what the publicising body decided."""
    return render(
        request, "supervisor/objection.html", {"objection": get_object_or_404(_objections(request), pk=key)}
    )


def _objections(request: HttpRequest) -> QuerySet[Objection]:
    return objections_visible_to(request.actor).select_related("publicity__organisation")


def _paged(request: HttpRequest, rows: QuerySet) -> Page:
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
