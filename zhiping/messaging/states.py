"""Channels of echoes and what became of an echo."""

from django.db.models import TextChoices


class Channel(TextChoices):
    SMS = "sms", "短信"
    EMAIL = "email", "邮件"


class Outcome(TextChoices):
    """Not a lifecycle with acts of people: the queue and the gateway's reports write it, forward only."""

    WAITING = "waiting", "等待发送"
    SENT = "sent", "已交给网关"
    DELIVERED = "delivered", "已送达"
    UNDELIVERED = "undelivered", "没有送达"
    FAILED = "failed", "发送失败"
    UNWANTED = "unwanted", "本人不要"
    UNREACHABLE = "unreachable", "没有可用的号码"


OVER = frozenset({Outcome.DELIVERED, Outcome.UNDELIVERED, Outcome.FAILED})
TROUBLED = frozenset({Outcome.UNDELIVERED, Outcome.FAILED})
