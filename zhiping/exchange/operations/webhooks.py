"""Endpoints, events and what became of each delivery."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F

from zhiping.auditlog.recording import record
from zhiping.exchange import transitions
from zhiping.exchange.access import can_keep_clients
from zhiping.exchange.backoff import wait_after
from zhiping.exchange.models import Client, Delivery, Endpoint, Event
from zhiping.exchange.states import ClientState, EndpointState, EventKind, Scope
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move


@transaction.atomic
def add_endpoint(*, client: Client, url: str, actor: Actor, now: datetime) -> tuple[Endpoint, str]:
    """Enter where a client listens; gives the endpoint and the signing secret, shown once. A job asks it to prove itself."""
    if not can_keep_clients(actor, client):
        raise Forbidden("endpoint.add")
    if client.state != ClientState.ACTIVE or Scope.RESULTS_READ not in client.scopes:
        raise Refused("只有可用的、有“取评审结果”权限的系统可以接收事件。请先登记权限。", field="url")
    address = _checked(url.strip())
    if Endpoint.objects.filter(client=client, url=address).exclude(state=EndpointState.OFF).exists():
        raise Refused("这个接收地址已经登记过。要换签名密钥，请先停用再登记。", field="url")
    secret = secrets.token_urlsafe(32)
    endpoint = Endpoint.objects.create(client=client, url=address, secret=secret, added_at=now)
    record("endpoint.add", actor=actor, now=now, subject=endpoint, note=address)
    _post(EventKind.PROBE, f"endpoint-{endpoint.pk}", {"challenge": secrets.token_hex(16)}, [endpoint], now)
    return endpoint, secret


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in {"https", "http"} or parts.username or parts.fragment:
        raise Refused("接收地址应是完整的网址，例如 https://example.gov.cn/hooks/zhiping。", field="url")
    if parts.scheme != "https" and not settings.DEMO:
        raise Refused("接收地址必须以 https:// 开头，内容才不会在路上被人看到。", field="url")
    return url


@transaction.atomic
def prove_endpoint(*, endpoint: Endpoint, now: datetime) -> None:
    """It answered the probe rightly: from now on it hears of events."""
    move(endpoint, transitions.VERIFY, actor=SYSTEM, now=now)


@transaction.atomic
def switch_off_endpoint(
    *, endpoint: Endpoint, reason: str, version: int, actor: Actor, now: datetime
) -> None:
    """Nothing more is sent there; what was not delivered stays on the list."""
    if not reason.strip():
        raise Refused("请写明停用的原因。", field="reason")
    move(endpoint, transitions.SWITCH_OFF, actor=actor, now=now, version=version, note=reason)


@transaction.atomic
def announce(
    *, kind: EventKind, subject: str, content: Mapping[str, Any], endpoints: Iterable[Endpoint], now: datetime
) -> None:
    """Tell endpoints of something that happened to a subject; the same again tells nobody twice."""
    _post(kind, subject, content, endpoints, now)


def _post(
    kind: EventKind, subject: str, content: Mapping[str, Any], endpoints: Iterable[Endpoint], now: datetime
) -> None:
    event, _ = Event.objects.get_or_create(
        kind=kind,
        subject=subject,
        defaults={"number": f"evt_{secrets.token_hex(12)}", "content": dict(content), "happened_at": now},
    )
    for endpoint in endpoints:
        delivery, is_new = Delivery.objects.get_or_create(event=event, endpoint=endpoint)
        if is_new:
            enqueue("exchange.deliver", key=f"webhook-{delivery.pk}-0-0", delivery_id=delivery.pk)


@transaction.atomic
def note_attempt(*, delivery: Delivery, error: str, now: datetime) -> None:
    """After an attempt: delivered, or queued again after a pause, or given up until a person replays it."""
    rows = Delivery.objects.filter(pk=delivery.pk, delivered_at=None)
    rows.update(attempts=F("attempts") + 1, error=error[:200], delivered_at=None if error else now)
    delivery.refresh_from_db()
    if not error:
        return
    pause = wait_after(delivery.attempts)
    if pause is None:
        Delivery.objects.filter(pk=delivery.pk).update(given_up_at=now)
        return
    again = f"webhook-{delivery.pk}-{delivery.replays}-{delivery.attempts}"
    enqueue("exchange.deliver", key=again, delay=pause, delivery_id=delivery.pk)


@transaction.atomic
def replay_delivery(*, delivery: Delivery, actor: Actor, now: datetime) -> None:
    """Send an event again under its old number, delivered before or not: the receiver lost it, or was repaired."""
    if not can_keep_clients(actor, delivery):
        raise Forbidden("delivery.replay")
    if delivery.endpoint.state == EndpointState.OFF:
        raise Refused("这个接收地址已停用，不能重放。请先登记新的接收地址。")
    rows = Delivery.objects.filter(pk=delivery.pk)
    rows.update(replays=F("replays") + 1, attempts=0, delivered_at=None, given_up_at=None, error="")
    delivery.refresh_from_db()
    record("delivery.replay", actor=actor, now=now, subject=delivery, note=delivery.event.number)
    enqueue("exchange.deliver", key=f"webhook-{delivery.pk}-{delivery.replays}-0", delivery_id=delivery.pk)
