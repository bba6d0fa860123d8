"""The shared desk for this audience (see web/desk)."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.desk import case as cases
from zhiping.web.desk import queue as queues
from zhiping.web.pages import Audience, page

NAMESPACE = "committee:applications"


@page(audience=Audience.COMMITTEE)
def queue(request: HttpRequest) -> HttpResponse:
    return queues.queue(request, NAMESPACE)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def bulk(request: HttpRequest) -> HttpResponse:
    return queues.bulk(request, NAMESPACE)


@page(audience=Audience.COMMITTEE)
def case(request: HttpRequest, key: int) -> HttpResponse:
    return cases.show(request, NAMESPACE, key)


@page(audience=Audience.COMMITTEE)
def evidence(request: HttpRequest, key: int, file: int) -> HttpResponse:
    return cases.evidence(request, key, file)


@page(audience=Audience.COMMITTEE)
def prepared(request: HttpRequest, key: int, form: str) -> HttpResponse:
    return cases.prepared(request, key, form)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def decide(request: HttpRequest, key: int, outcome: str) -> HttpResponse:
    return cases.decide(request, NAMESPACE, key, outcome)
