"""Notices of the payment platform. What is not signed leaves no trace but a line in the server's log."""

import logging

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from zhiping.fees.operations import take_notice
from zhiping.fees.operations.paying import TRY_AGAIN
from zhiping.gateways.http import Wrong
from zhiping.gateways.payment import notice_told
from zhiping.kernel import clock
from zhiping.web.pages import Audience, page

logger = logging.getLogger(__name__)


@csrf_exempt
@page(audience=Audience.PUBLIC, methods=("POST",))
def notice(request: HttpRequest) -> HttpResponse:
    """200: taken, do not send again (also when it repeats another); else the platform sends it again later."""
    if request.content_type != "application/json":
        return HttpResponse("json only", status=415)
    now = clock.now()
    try:
        body = request.body
        told = notice_told({name.lower(): value for name, value in request.headers.items()}, body, now=now)
    except UnreadablePostError:
        return HttpResponse("half a notice", status=400)
    except Wrong as error:
        logger.warning("payment notice refused: %s", error)
        return HttpResponse("not believed", status=401)
    verdict = take_notice(told=told, body=body.decode(), now=now)
    return HttpResponse(verdict, status=409 if verdict in TRY_AGAIN else 200)
