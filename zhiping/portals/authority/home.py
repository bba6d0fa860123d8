"""The authority's home: the desk at a glance."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.desk import queue as queues
from zhiping.web.pages import Audience, page


@page(audience=Audience.AUTHORITY)
def home(request: HttpRequest) -> HttpResponse:
    return queues.home(request, "authority:applications", "authority/home.html")
