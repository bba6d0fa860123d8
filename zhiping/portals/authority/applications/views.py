"""The shared desk for this audience (see web/desk)."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.desk import case as cases
from zhiping.web.desk import queue as queues
from zhiping.web.pages import Audience, page

NAMESPACE = "authority:applications"


@page(audience=Audience.AUTHORITY)
def queue(request: HttpRequest) -> HttpResponse:
    return queues.queue(request, NAMESPACE)


@page(audience=Audience.AUTHORITY, methods=("POST",))
def bulk(request: HttpRequest) -> HttpResponse:
    return queues.bulk(request, NAMESPACE)


@page(audience=Audience.AUTHORITY)
def case(request: HttpRequest, key: int) -> HttpResponse:
    return cases.show(request, NAMESPACE, key)


@page(audience=Audience.AUTHORITY)
def evidence(request: HttpRequest, key: int, file: int) -> HttpResponse:
    return cases.evidence(request, key, file)


@page(audience=Audience.AUTHORITY)
def prepared(request: HttpRequest, key: int, form: str) -> HttpResponse:
    return cases.prepared(request, key, form)


@page(audience=Audience.AUTHORITY, methods=("POST",))
def decide(request: HttpRequest, key: int, outcome: str) -> HttpResponse:
    return cases.decide(request, NAMESPACE, key, outcome)
