"""The employer's home: the desk at a glance, the archives that wait, and the way to publicity."""

from django.http import HttpRequest, HttpResponse

from zhiping.achievements.queries import people_to_audit
from zhiping.continuing_education.queries import to_decide
from zhiping.web.desk import queue as queues
from zhiping.web.pages import Audience, page


@page(audience=Audience.EMPLOYER)
def home(request: HttpRequest) -> HttpResponse:
    return queues.home(
        request,
        "employer:applications",
        "employer/home.html",
        {
            "people_waiting": people_to_audit(request.actor).count(),
            "hours_waiting": to_decide(request.actor).count(),
        },
    )
