"""The employer's home: the desk at a glance, and what waits for publicity."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.desk import queue as queues
from zhiping.web.pages import Audience, page


@page(audience=Audience.EMPLOYER)
def home(request: HttpRequest) -> HttpResponse:
    return queues.home(request, "employer:applications", "employer/home.html")
