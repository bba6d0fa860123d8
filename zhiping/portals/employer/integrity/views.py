"""Own integrity records and the appeal."""

from django.http import HttpRequest, HttpResponse

from zhiping.web.integrity import named
from zhiping.web.pages import Audience, page

NAMESPACE = "employer:integrity"


@page(audience=Audience.EMPLOYER)
def index(request: HttpRequest) -> HttpResponse:
    """Records that name the employer."""
    return named.records(request, NAMESPACE)


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One of them, with the appeal."""
    return named.record(request, NAMESPACE, key)
