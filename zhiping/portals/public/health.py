"""Is the platform up, and can it reach its database?"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from zhiping.auditlog.models import LogHead
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC)
def healthz(request: HttpRequest) -> HttpResponse:
    """Plain "ok" after one read; an unreachable database answers 500 by itself."""
    LogHead.objects.values_list("sequence", flat=True).get(pk=1)
    response = HttpResponse("ok", content_type="text/plain")
    add_never_cache_headers(response)
    return response
