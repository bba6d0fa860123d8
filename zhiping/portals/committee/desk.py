"""The office's home: what waits, in numbers, with a way to each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiping.applications.queries.desks import tally_at
from zhiping.applications.states import StepState
from zhiping.certificates.queries import plans_to_report
from zhiping.committees.queries import counts_at_office, waiting_for_publicity
from zhiping.kernel import clock
from zhiping.web.pages import Audience, page


@page(audience=Audience.COMMITTEE)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the office now, how many applications stand where, and the ways to everything else."""
    context = {
        "counts": counts_at_office(request.actor),
        "to_audit": tally_at(request.actor, clock.now()).number(StepState.OPEN),
        "waiting": waiting_for_publicity(request.actor),
        "to_report": plans_to_report(request.actor),
    }
    return render(request, "committee/home.html", context)
