"""The shared register and hand-over lists for this audience (see web/paper)."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.pages import Audience, page
from zhiping.web.paper import handovers as lists
from zhiping.web.paper import register

NAMESPACE = "authority:paper"


@page(audience=Audience.AUTHORITY)
def index(request: HttpRequest) -> HttpResponse:
    return register.index(request, NAMESPACE)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    return register.show(request, NAMESPACE, code)


@page(audience=Audience.AUTHORITY)
def handovers(request: HttpRequest) -> HttpResponse:
    return lists.index(request, NAMESPACE)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def handover(request: HttpRequest, key: int) -> HttpResponse:
    return lists.show(request, NAMESPACE, key)


@page(audience=Audience.AUTHORITY)
def handover_file(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    return lists.file(request, key, kind)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def new_handover(request: HttpRequest, receiver: int) -> HttpResponse:
    return lists.new(request, NAMESPACE, receiver)


@page(audience=Audience.AUTHORITY, methods=("POST",))
def cancel_handover(request: HttpRequest, key: int) -> HttpResponse:
    return lists.cancel(request, NAMESPACE, key)
