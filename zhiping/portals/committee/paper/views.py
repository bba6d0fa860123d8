"""The shared register and hand-over lists for this audience (see web/paper)."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.pages import Audience, page
from zhiping.web.paper import handovers as lists
from zhiping.web.paper import register

NAMESPACE = "committee:paper"


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    return register.index(request, NAMESPACE)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    return register.show(request, NAMESPACE, code)


@page(audience=Audience.COMMITTEE)
def handovers(request: HttpRequest) -> HttpResponse:
    return lists.index(request, NAMESPACE)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def handover(request: HttpRequest, key: int) -> HttpResponse:
    return lists.show(request, NAMESPACE, key)


@page(audience=Audience.COMMITTEE)
def handover_file(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    return lists.file(request, key, kind)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def file(request: HttpRequest, code: str) -> HttpResponse:
    return register.file(request, NAMESPACE, code)
