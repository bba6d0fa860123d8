"""Every objection, how it is handled, and on its own page who made it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from zhiping.notices.queries import objections_visible_to
from zhiping.web.pages import Audience, page

A_PAGE = 20


@page(audience=Audience.SUPERVISOR)
def home(request: HttpRequest) -> HttpResponse:
    """Objections, newest first, without names."""
    rows = objections_visible_to(request.actor).select_related("publicity__organisation")
    shown = Paginator(rows.order_by("-filed_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "supervisor/home.html", {"page": shown})


@page(audience=Audience.SUPERVISOR)
def objection(request: HttpRequest, key: int) -> HttpResponse:
    """One objection with its author, and what the publicising body decided."""
    rows = objections_visible_to(request.actor).select_related("publicity__organisation")
    found = get_object_or_404(rows, pk=key)
    return render(request, "supervisor/objection.html", {"objection": found})
