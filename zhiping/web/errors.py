"""What a person sees when something does not work: in plain words, with a way back, never a code alone."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from zhiping.kernel.errors import Refused
from zhiping.web.autosave import is_autosave, not_saved


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409: not now, not so; the sentence says why and what to do."""
    if is_autosave(request):
        return not_saved(refusal.sentence)
    return render(request, "errors/refused.html", {"refusal": refusal, "back": _back(request)}, status=409)


def rested(request: HttpRequest, minutes: int) -> HttpResponse:
    """401: nobody used this sign-in for a while, so it ended; what was saved in passing is there."""
    if is_autosave(request):
        return not_saved(
            f"您有 {minutes} 分钟没有操作，为了安全已退出登录，最后这次没有存上。"
            "请先复制新写的内容，重新登录后再粘贴；以前自动保存的都在。"
        )
    was_sent = request.method == "POST"
    back = _back(request) if was_sent else request.get_full_path()
    login_url = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
    context = {"minutes": minutes, "was_sent": was_sent, "login_url": login_url}
    return render(request, "errors/rested.html", context, status=401)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not in this role."""
    return render(request, "errors/forbidden.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read, or comes by an address that is not ours. Shown without the frame."""
    return _bare("errors/bad_request.html", 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it is not the reader's to see; the two are not told apart."""
    return render(request, "errors/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Shown without the frame, which could fail for the same reason."""
    return _bare("errors/server_error.html", 500)


def maintenance(request: HttpRequest) -> HttpResponse:
    """503: closed for a while; browsers and robots come back in ten minutes."""
    response = _bare("errors/maintenance.html", 503)
    response["Retry-After"] = "600"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened in another sign-in, or too long ago."""
    return render(request, "errors/csrf.html", {"back": _back(request)}, status=403)


def _bare(template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template), status=status)


def _back(request: HttpRequest) -> str:
    came_from: Any = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if came_from and is_ours else "/"
