"""Signing on the phone."""

import base64

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiping.applications.operations import sign_by_token
from zhiping.applications.promise import promise_of
from zhiping.applications.queries.drafts import draft_of, signing_request
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.pages import Audience, page

MOST = 2_000_000


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Show the promise and the pad; take the drawing once."""
    now = clock.now()
    asked = signing_request(token, now)
    if asked is None:
        return render(request, "public/signing/gone.html", status=410)
    error = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                device = request.headers.get("User-Agent", "")
                sign_by_token(token=token, upload=_drawing(request), device=device, now=now)
            return render(request, "public/signing/done.html")
        except Refused as refusal:
            error = refusal.sentence
    context = {
        "promise": promise_of(draft_of(asked.application)),
        "application": asked.application,
        "error": error,
    }
    return render(request, "public/signing/sign.html", context, status=422 if error else 200)


def _drawing(request: HttpRequest):
    if "file" in request.FILES:
        return request.FILES["file"]
    head, _, body = request.POST.get("signature", "").partition(",")
    if head != "data:image/png;base64" or not body or len(body) > MOST:
        raise Refused("还没有签名。请在框内写下您的姓名，再提交。", field="signature")
    try:
        return ContentFile(base64.b64decode(body, validate=True), name="签名.png")
    except ValueError:  # not base64, or not even ASCII
        raise Refused("签名没有传完整。请清除后重写一次，再提交。", field="signature") from None
