"""The document itself, and an answer for addresses that do not exist."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from zhiping.portals.api.openapi import document
from zhiping.portals.api.problems import Problem, answered
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC)
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document of this installation."""
    server = request.build_absolute_uri("/").rstrip("/")
    return JsonResponse(document(server), json_dumps_params={"ensure_ascii": False, "indent": 1})


@csrf_exempt
@page(audience=Audience.PUBLIC, methods=("GET", "POST", "PUT", "PATCH", "DELETE"))
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """No operation has this address."""
    return answered(Problem("not_found", "没有这个接口地址。请对照 /api/openapi.json。"))
