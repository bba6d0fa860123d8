"""Pages that exist only for the tests of the page decorator."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import urls as platform
from tests.factories.scaffold import region
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC)
def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read")


@page(audience=Audience.PUBLIC)
def writes_in_get(request: HttpRequest) -> HttpResponse:
    region("330199", "不该写入")
    return HttpResponse("written")


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
def refuses(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        region("330198", "应当撤销")
    raise Refused("公示期还差 3 天，期满后再报送。")


@page(audience=Audience.PUBLIC, methods=("POST",))
def forbids(request: HttpRequest) -> HttpResponse:
    region("330197", "应当撤销")
    raise Forbidden


@page(audience=Audience.PUBLIC)
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


urlpatterns = [
    path("reads/", reads),
    path("writes/", writes_in_get),
    path("refuses/", refuses),
    path("forbids/", forbids),
    path("breaks/", breaks),
    *platform.urlpatterns,
]
handler404 = "zhiping.web.errors.not_found"
handler500 = "zhiping.web.errors.server_error"
