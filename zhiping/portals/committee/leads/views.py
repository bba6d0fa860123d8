"""Leads of the body's cases."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.leads import pages
from zhiping.web.pages import Audience, page


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """Open leads first."""
    return pages.listing(request, "committee")


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One of them, to clear or to confirm."""
    return pages.lead(request, "committee", key)
