"""个人承诺: signed on this screen, or on a phone through a code that this session shows."""

import base64

from django.conf import settings
from django.contrib import messages
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from zhiping.applications.canonical import sha256_of
from zhiping.applications.models import SigningRequest
from zhiping.applications.operations import open_signing, sign_on_screen, take_over_signature
from zhiping.applications.promise import promise_of
from zhiping.applications.states import SectionKey
from zhiping.documents.qr import qr_svg
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.portals.applicant.applications.drafts import Desk, desk_of, frame
from zhiping.portals.applicant.applications.saving import version_in
from zhiping.web.pages import Audience, page

MOST_BYTES = 2_000_000


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def integrity(request: HttpRequest, key: int) -> HttpResponse:
    """The promise with both ways to sign; POST signs on this screen."""
    desk, error = desk_of(request, key), ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                sign_on_screen(
                    application_id=key,
                    upload=picture_in(request),
                    statement=promise_of(desk.draft).text,
                    device=request.headers.get("User-Agent", ""),
                    version=version_in(request),
                    actor=request.actor,
                    now=desk.now,
                )
            messages.success(request, "承诺书已签名。")
            return redirect("applicant:applications:integrity", key)
        except Refused as refusal:
            error = refusal.sentence
    return _show(request, desk, error=error)


def _show(request: HttpRequest, desk: Desk, *, error: str = "", token: str = "") -> HttpResponse:
    """The page; a fresh code is drawn only in the answer that made it, because only its hash is kept."""
    address = f"{settings.PUBLIC_URL}/sign/{token}/" if token else ""
    context = frame(desk, SectionKey.INTEGRITY) | {
        "error": error,
        "promise": promise_of(desk.draft),
        "code": mark_safe(qr_svg(address, label="手机签名二维码")) if token else "",  # noqa: S308
        "code_address": address,
        "asked": _asked(request, desk),
    }
    return render(request, "applicant/applications/integrity.html", context, status=422 if error else 200)


def _asked(request: HttpRequest, desk: Desk) -> SigningRequest | None:
    """The request of this session that is still alive, with the picture if it has come."""
    mine = SigningRequest.objects.filter(
        application=desk.application, session_hash=sha256_of(_session_key(request)), used_at=None
    )
    return mine.exclude(expires_at__lte=desk.now, image=None).select_related("image").first()


@page(audience=Audience.APPLICANT, methods=("POST",))
def code(request: HttpRequest, key: int) -> HttpResponse:
    """Show a fresh code: good for ten minutes, once, for this session."""
    desk = desk_of(request, key)
    token = open_signing(
        application_id=desk.application.pk,
        session_key=_session_key(request),
        actor=request.actor,
        now=desk.now,
    )
    return _show(request, desk, token=token)


@page(audience=Audience.APPLICANT, methods=("POST",))
def take_over(request: HttpRequest, key: int) -> HttpResponse:
    """Put the phone's signature in force."""
    desk = desk_of(request, key)
    take_over_signature(
        application_id=key,
        session_key=_session_key(request),
        statement=promise_of(desk.draft).text,
        version=desk.draft.versions.get(SectionKey.INTEGRITY, 0),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, "手机签名已生效。")
    return redirect("applicant:applications:integrity", key)


def picture_in(request: HttpRequest) -> File:
    """The drawing of the pad (PNG as data address), or an uploaded picture of a signature."""
    if "file" in request.FILES:
        return request.FILES["file"]
    head, _, body = request.POST.get("signature", "").partition(",")
    if head != "data:image/png;base64" or not body or len(body) > MOST_BYTES:
        raise Refused("还没有签名。请在框内写下您的姓名，再提交。", field="signature")
    try:
        return ContentFile(base64.b64decode(body, validate=True), name="签名.png")
    except ValueError:  # not base64, or not even ASCII
        raise Refused("签名没有传完整。请清除后重写一次，再提交。", field="signature") from None


def _session_key(request: HttpRequest) -> str:
    return str(request.session.session_key)
