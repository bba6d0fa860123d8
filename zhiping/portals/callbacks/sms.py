"""Delivery reports of the SMS gateway. What is not signed leaves no trace but a line in the server's log."""

import logging

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from zhiping.gateways.http import Wrong
from zhiping.gateways.sms import report_told
from zhiping.kernel import clock
from zhiping.messaging.operations import take_report
from zhiping.web.pages import Audience, page

logger = logging.getLogger(__name__)


@csrf_exempt
@page(audience=Audience.PUBLIC, methods=("POST",))
def report(request: HttpRequest) -> HttpResponse:
    """200: taken (also when it repeats another); 401 not believed; a number nobody knows is taken too, or it would come again for ever."""
    if request.content_type != "application/json":
        return HttpResponse("json only", status=415)
    now = clock.now()
    try:
        body = request.body
        told = report_told({name.lower(): value for name, value in request.headers.items()}, body, now=now)
    except UnreadablePostError:
        return HttpResponse("half a report", status=400)
    except Wrong as error:
        logger.warning("delivery report refused: %s", error)
        return HttpResponse("not believed", status=401)
    return HttpResponse("taken" if take_report(report=told, now=now) else "unknown")
