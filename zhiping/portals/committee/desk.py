"""The office's home: what waits, in numbers, with a way to each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiping.committees.queries import counts_at_office, waiting_for_publicity
from zhiping.web.pages import Audience, page


@page(audience=Audience.COMMITTEE)
def home(request: HttpRequest) -> HttpResponse:
    """Counts of applications by state and what can be posted now."""
    context = {
        "counts": counts_at_office(request.actor),
        "waiting": waiting_for_publicity(request.actor),
    }
    return render(request, "committee/home.html", context)
