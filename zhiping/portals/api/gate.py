"""The gate of the interface: token, scope, input, idempotency, one transaction, one line in the log."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ValidationError

from zhiping.exchange import operations
from zhiping.exchange.models import AccessToken
from zhiping.exchange.operations.calling import KEY_FIELD
from zhiping.exchange.queries import actor_of, live_token
from zhiping.kernel import clock
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.portals.api.contract import Call, Operation
from zhiping.portals.api.problems import Problem, answered
from zhiping.web.pages import Audience, refuse_unholdable
from zhiping.web.readonly import reading_only

SPAN_SECONDS = 600
LONGEST_KEY = 80


def endpoint(*offered: Operation) -> Any:
    """The view of one address: each operation is one of its methods. No session is looked at, no cookie counts."""
    by_method = {each.method: each for each in offered}

    @csrf_exempt
    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            return _answer(by_method, request, arguments)
        except Problem as problem:
            return answered(problem)

    view.audience = Audience.MACHINE
    view.methods = tuple(by_method)
    view.operations = offered
    return view


def _answer(by_method: dict[str, Operation], request: HttpRequest, arguments: dict) -> HttpResponse:
    chosen = by_method.get(request.method or "")
    token = _token(request)
    if chosen is None:
        raise Problem("method_not_allowed", headers=(("Allow", ", ".join(by_method)),))
    actor, now = actor_of(token.client), clock.now()
    called = {"client": token.client, "operation": chosen.name, "actor": actor, "now": now}
    try:
        _slow_down(token, chosen, now.timestamp())
        if chosen.scope not in token.scopes:
            raise Problem("scope_missing", f"需要权限 {chosen.scope.value}（{chosen.scope.label}）。")
        response, rows = _run(chosen, _call(chosen, request, arguments, token, now))
    except Problem as problem:
        response, rows = answered(problem), 0
    operations.note_call(**called, status=response.status_code, rows=rows)
    response["Cache-Control"] = "no-store"
    return response


def _token(request: HttpRequest) -> AccessToken:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not text.strip():
        raise Problem("token_missing", headers=(("WWW-Authenticate", "Bearer"),))
    found = live_token(text.strip(), clock.now())
    if found is None:
        raise Problem("token_invalid", headers=(("WWW-Authenticate", 'Bearer error="invalid_token"'),))
    return found


def _slow_down(token: AccessToken, chosen: Operation, moment: float) -> None:
    """Counted by client and operation in fixed spans, as the public verification does it."""
    key = f"api:{token.client_id}:{chosen.name}:{int(moment) // SPAN_SECONDS}"
    used = (cache.get(key) or 0) + 1
    cache.set(key, used, SPAN_SECONDS)
    if used > chosen.most_calls:
        detail = f"10 分钟内最多调用 {chosen.most_calls} 次。请稍后再试。"
        raise Problem("too_many", detail, headers=(("Retry-After", str(SPAN_SECONDS)),))


def _call(chosen: Operation, request: HttpRequest, arguments: dict, token: AccessToken, now: Any) -> Call:
    body = (
        _body(chosen, request) if chosen.content else b""
    )  # first: what is no JSON is never parsed as a form
    try:
        refuse_unholdable(request, {**arguments, **request.headers})
    except BadRequest as error:
        raise Problem("unreadable", "请求里有空字符（NUL）。") from error
    query = {name: values[0] if len(values) == 1 else values for name, values in request.GET.lists()}
    return Call(
        actor=actor_of(token.client),
        client=token.client,
        query=_shaped(chosen.query, query),
        content=_shaped(chosen.content, body) if chosen.content else None,
        body=body,
        headers=request.headers,
        arguments=arguments,
        now=now,
    )


def _body(chosen: Operation, request: HttpRequest) -> bytes:
    if request.content_type != "application/json":
        raise Problem("content_type")
    body = request.read(chosen.most_bytes + 1)
    if len(body) > chosen.most_bytes:
        raise Problem("too_large", f"请求内容最多 {chosen.most_bytes // 1024} KB。请分成几次。")
    return body


def _shaped(shape: type[BaseModel] | None, given: dict | bytes) -> Any:
    if shape is None:
        if given:
            raise Problem("invalid", "这个地址不带查询参数。")
        return None
    try:
        return shape.model_validate_json(given) if isinstance(given, bytes) else shape.model_validate(given)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)[:20]
        where = tuple({"field": ".".join(map(str, e["loc"])), "reason": e["type"]} for e in found)
        raise Problem("invalid", "请按接口说明核对 errors 里列出的各项。", errors=where) from error


def _run(chosen: Operation, call: Call) -> tuple[HttpResponse, int]:
    try:
        if chosen.method == "GET" or not chosen.repeatable:
            with reading_only(connection):
                made = chosen.run(call)
            rows = len(getattr(made, "items", ()))
            return _response(made.model_dump_json(), chosen.status), rows
        with transaction.atomic():
            return _once(chosen, call), 0
    except Refused as refusal:
        code = "idempotency_conflict" if refusal.field == KEY_FIELD else "refused"
        raise Problem(code, refusal.sentence) from refusal
    except Forbidden as error:
        raise Problem("forbidden") from error
    except Http404 as error:
        raise Problem("not_found") from error


def _once(chosen: Operation, call: Call) -> HttpResponse:
    """Run a call that changes something; the same key with the same content gets the kept answer."""
    key = call.headers.get(KEY_FIELD, "").strip()
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii():
        raise Problem("idempotency_key_missing", f"请在 {KEY_FIELD} 头里给 1 到 {LONGEST_KEY} 个字符的键。")
    heads = [call.headers.get(each.name, "") for each in chosen.headers]
    digest = hashlib.sha256("\n".join([chosen.name, *heads, ""]).encode() + call.body).hexdigest()
    kept = operations.kept_answer(client=call.client, key=key, digest=digest)
    if kept is not None:
        response = _response(kept.content, kept.status)
        response["Idempotency-Replayed"] = "true"
        return response
    text = chosen.run(call).model_dump_json()
    operations.keep_answer(
        client=call.client, key=key, digest=digest, status=chosen.status, content=text, now=call.now
    )
    return _response(text, chosen.status)


def _response(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="application/json")
