"""Hours before this body: the queue, one record, the decision."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from zhiping.achievements.queries import profiles_visible_to
from zhiping.web.desk import hours
from zhiping.web.pages import Audience, page

NS = "employer:hours"


@page(audience=Audience.EMPLOYER)
def queue(request: HttpRequest) -> HttpResponse:
    return hours.queue(request, NS)


@page(audience=Audience.EMPLOYER)
def record(request: HttpRequest, key: int) -> HttpResponse:
    return hours.record_page(request, NS, key)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def decide(request: HttpRequest) -> HttpResponse:
    return hours.decide(request, NS)


@page(audience=Audience.EMPLOYER)
def file(request: HttpRequest, key: int, file: int) -> HttpResponse:
    return hours.proof(request, key, file)


@page(audience=Audience.EMPLOYER)
def shortfall(request: HttpRequest) -> HttpResponseBase:
    """Who of the staff is short of hours."""
    return hours.shortfall(request, NS, profiles_visible_to(request.actor))
