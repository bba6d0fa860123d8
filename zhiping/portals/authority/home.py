"""The authority's home: the desk at a glance."""

from django.http import HttpRequest, HttpResponse

from zhiping.continuing_education.queries import courses_to_decide, to_decide
from zhiping.web.desk import queue as queues
from zhiping.web.pages import Audience, page


@page(audience=Audience.AUTHORITY)
def home(request: HttpRequest) -> HttpResponse:
    more = {
        "hours_waiting": to_decide(request.actor).count(),
        "courses_waiting": courses_to_decide(request.actor).count(),
    }
    return queues.home(request, "authority:applications", "authority/home.html", more)
