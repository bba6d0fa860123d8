"""Clients, their tokens and kept answers; endpoints, events and deliveries."""

from django.db import models
from django.db.models import Q

from zhiping.exchange.states import ClientState, EndpointState, EventKind
from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation
from zhiping.privacy.fields import EncryptedTextField


class Client(Stateful):
    """A system of one body. Its secret was shown once; only the digest is kept."""

    state = models.CharField(
        max_length=40, choices=ClientState.choices, default=ClientState.ACTIVE, db_index=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="api_clients", verbose_name="单位"
    )
    name = models.CharField(max_length=60, verbose_name="系统名称")
    identifier = models.CharField(max_length=40, unique=True, verbose_name="客户端编号")
    secret_digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list, verbose_name="权限")
    registered_at = models.DateTimeField(verbose_name="登记时间")
    registered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-registered_at", "-pk"]

    def __str__(self) -> str:
        return self.identifier


class AccessToken(models.Model):
    """A short-lived right to call, kept as a digest."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.client_id} {self.expires_at:%Y-%m-%d %H:%M}"


class KeptAnswer(models.Model):
    """What a call with an idempotency key was answered; the same call again gets the same."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)  # of operation and content
    status = models.PositiveSmallIntegerField()
    content = models.TextField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.key}"


class Endpoint(Stateful):
    """Where a client hears of events; nothing but the probe is sent before it has proved that it listens."""

    state = models.CharField(max_length=40, choices=EndpointState.choices, default=EndpointState.WAITING)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="endpoints")
    url = models.CharField(max_length=300, verbose_name="接收地址")
    secret = EncryptedTextField()  # needed again to sign: encrypted, not digested
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "url"], condition=~Q(state=EndpointState.OFF), name="one_live_endpoint"
            )
        ]

    def __str__(self) -> str:
        return self.url


class Event(models.Model):
    """Something that happened once. `content` names no person."""

    number = models.CharField(max_length=40, unique=True, verbose_name="事件编号")
    kind = models.CharField(max_length=40, choices=EventKind.choices, verbose_name="事件")
    subject = models.CharField(max_length=80)
    content = models.JSONField()
    happened_at = models.DateTimeField(verbose_name="发生时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="event_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Delivery(models.Model):
    """One event on its way to one endpoint."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name="已试次数")
    replays = models.PositiveSmallIntegerField(default=0, verbose_name="重放次数")
    delivered_at = models.DateTimeField(null=True, verbose_name="送达时间")
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, verbose_name="最近一次的错误")

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["event", "endpoint"], name="one_delivery")]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.endpoint_id}"
