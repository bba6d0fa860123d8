"""The token endpoint: OAuth 2.0 client credentials (RFC 6749 §4.4), errors in the shape that RFC names."""

import base64
import binascii

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from zhiping.exchange import operations
from zhiping.exchange.operations.clients import TOKEN_LASTS
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.pages import Audience, refuse_unholdable


class _Unfit(Exception):
    """(RFC error code, sentence, status)."""


@csrf_exempt
def token(request: HttpRequest) -> JsonResponse:
    """Client and secret, by HTTP Basic or in the form, for a token of a quarter of an hour."""
    try:
        form = _form(request)
        identifier, secret = _credentials(request, form)
        with transaction.atomic():
            granted = operations.grant_token(
                identifier=identifier, secret=secret, scopes=form.get("scope", "").split(), now=clock.now()
            )
    except _Unfit as unfit:
        return _error(*unfit.args)
    except Refused as refusal:
        return _error("invalid_scope", refusal.sentence, 400)
    if granted is None:
        return _error("invalid_client", "客户端编号和密钥不符，或系统已停用。", 401)
    text, scopes = granted
    lasts = int(TOKEN_LASTS.total_seconds())
    return _json(
        {"access_token": text, "token_type": "Bearer", "expires_in": lasts, "scope": " ".join(scopes)}, 200
    )


token.audience = Audience.MACHINE
token.methods = ("POST",)


def _form(request: HttpRequest) -> dict[str, str]:
    if request.method != "POST":
        raise _Unfit("invalid_request", "换取令牌用 POST。", 405)
    if request.content_type != "application/x-www-form-urlencoded":
        raise _Unfit("invalid_request", "内容类型应为 application/x-www-form-urlencoded。", 400)
    try:
        refuse_unholdable(request, {})
        form = {name: request.POST[name] for name in request.POST}
    except (BadRequest, SuspiciousOperation) as error:
        raise _Unfit("invalid_request", "请求读不出来。", 400) from error
    if form.get("grant_type") != "client_credentials":
        raise _Unfit("unsupported_grant_type", "grant_type 只支持 client_credentials。", 400)
    return form


def _credentials(request: HttpRequest, form: dict[str, str]) -> tuple[str, str]:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        identifier, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return ("", "") if "\0" in identifier else (identifier, secret)


def _error(code: str, words: str, status: int) -> JsonResponse:
    response = _json({"error": code, "error_description": words}, status)
    if status == 401:
        response["WWW-Authenticate"] = 'Basic realm="zhiping"'
    elif status == 405:
        response["Allow"] = "POST"
    return response


def _json(value: dict, status: int) -> JsonResponse:
    response = JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
