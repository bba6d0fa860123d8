"""Leads of the body's cases."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.leads import pages
from zhiping.web.pages import Audience, page


@page(audience=Audience.AUTHORITY)
def index(request: HttpRequest) -> HttpResponse:
    """Open leads first."""
    return pages.listing(request, "authority")


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One of them, to clear or to confirm."""
    return pages.lead(request, "authority", key)
