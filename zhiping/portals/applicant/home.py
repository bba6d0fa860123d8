"""The applicant's home: what waits for them first, then every application with who has it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiping.applications.queries.timeline import cases_of
from zhiping.kernel import clock
from zhiping.messaging.queries import visible_to as messages_of
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT)
def home(request: HttpRequest) -> HttpResponse:
    """Things to do, applications, the latest messages."""
    now = clock.now()
    cases = cases_of(request.actor, now)
    context = {
        "cases": cases,
        "waiting": [case for case in cases if case.todo],
        "messages_latest": messages_of(request.actor)[:6],
        "now": now,
    }
    return render(request, "applicant/home.html", context)
