"""Hours before this body: the queue, one record, the decision."""

from django.http import HttpRequest, HttpResponse

from zhiping.continuing_education.queries import courses_to_decide
from zhiping.web.desk import hours
from zhiping.web.pages import Audience, page

NS = "authority:hours"


@page(audience=Audience.AUTHORITY)
def queue(request: HttpRequest) -> HttpResponse:
    return hours.queue(
        request, NS, {"courses": list(courses_to_decide(request.actor)[:20])}, "authority/hours/queue.html"
    )


@page(audience=Audience.AUTHORITY)
def record(request: HttpRequest, key: int) -> HttpResponse:
    return hours.record_page(request, NS, key)


@page(audience=Audience.AUTHORITY, methods=("POST",))
def decide(request: HttpRequest) -> HttpResponse:
    return hours.decide(request, NS)


@page(audience=Audience.AUTHORITY)
def file(request: HttpRequest, key: int, file: int) -> HttpResponse:
    return hours.proof(request, key, file)
