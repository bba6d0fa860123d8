"""Sending events, with pauses after failures; forgetting what has run out."""

import json
from datetime import datetime, timedelta

from zhiping.exchange.models import AccessToken, Delivery, KeptAnswer
from zhiping.exchange.operations import note_attempt, prove_endpoint
from zhiping.exchange.signature import signature_of
from zhiping.exchange.states import ClientState, EndpointState, EventKind
from zhiping.gateways.http import Unreachable, Wrong, call
from zhiping.jobs.queue import periodic, task
from zhiping.kernel import clock

SECONDS = 10.0
ANSWERS_KEPT = timedelta(days=30)


@task("exchange.deliver")
def deliver(delivery_id: int) -> None:
    """Send one event once; what comes of it is noted, and the next attempt queued if it failed."""
    rows = Delivery.objects.select_related("event", "endpoint__client")
    delivery = rows.get(pk=delivery_id)
    endpoint, event = delivery.endpoint, delivery.event
    is_live = endpoint.state != EndpointState.OFF and endpoint.client.state == ClientState.ACTIVE
    if delivery.delivered_at is not None or not is_live:
        return
    now = clock.now()
    try:
        said = _send(delivery, now)
        if event.kind == EventKind.PROBE:
            _compare(said, event.content["challenge"])
    except Unreachable:
        note_attempt(delivery=delivery, error="没有应答，或没有答完。", now=now)
        return
    except Wrong as failure:
        note_attempt(delivery=delivery, error=str(failure), now=now)
        return
    note_attempt(delivery=delivery, error="", now=now)
    if event.kind == EventKind.PROBE and endpoint.state == EndpointState.WAITING:
        prove_endpoint(endpoint=endpoint, now=now)


def _send(delivery: Delivery, now: datetime) -> bytes:
    event, endpoint = delivery.event, delivery.endpoint
    told = {
        "id": event.number,
        "type": event.kind,
        "happened_at": event.happened_at.isoformat(),
        "data": event.content,
    }
    body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    moment = int(now.timestamp())
    head = {
        "Content-Type": "application/json",
        "Webhook-Id": event.number,
        "Webhook-Timestamp": str(moment),
        "Webhook-Signature": signature_of(endpoint.secret, event.number, moment, body),
    }
    answer = call("POST", endpoint.url, body=body, headers=head, seconds=SECONDS)
    if not 200 <= answer.status < 300:
        raise Wrong(f"对方答复的状态码是 {answer.status}，应为 2xx。")
    return answer.body


def _compare(said: bytes, challenge: str) -> None:
    try:
        told = json.loads(said)
    except ValueError as error:
        raise Wrong("验证的答复不是 JSON。") from error
    if not isinstance(told, dict) or told.get("challenge") != challenge:
        raise Wrong("验证的答复里没有 challenge 原文。")


@periodic("exchange.forget")
def forget(now: datetime) -> None:
    """Tokens that have run out and answers older than a month."""
    AccessToken.objects.filter(expires_at__lte=now).delete()
    KeptAnswer.objects.filter(made_at__lt=now - ANSWERS_KEPT).delete()
