"""Background entry points: what waits in the outbox goes out. Failures are seen by the administrator alone."""

import json
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.mail import Letter, is_connected, send_letter
from zhiping.gateways.sms import Rejected, Text, sms_gateway
from zhiping.jobs.queue import enqueue, periodic, task
from zhiping.kernel import clock
from zhiping.messaging.echo import echoes
from zhiping.messaging.models import Echo
from zhiping.messaging.operations import (
    claim_echo,
    give_up_unsendable,
    note_failure,
    note_rejected,
    note_sent,
)
from zhiping.messaging.queries import due_echoes
from zhiping.messaging.states import Channel

A_TICK = 100


@periodic("messaging.send_due")
def send_due(now: datetime) -> None:
    """Queue what is due; the hour in the key brings back what a fault of ours dropped."""
    there = connected()
    if missing := [channel for channel in Channel if channel not in there]:
        give_up_unsendable(channels=missing, now=now)
    for echo in due_echoes(now).filter(channel__in=there)[:A_TICK]:
        key = f"echo-{echo.pk}-{echo.round}-{echo.attempts}-{now:%Y%m%d%H}"
        enqueue("messaging.send", key=key, echo_id=echo.pk)


def connected() -> list[str]:
    """Channels with a system behind them; what is for the others waits."""
    found = {Channel.SMS: bool(settings.SMS_URL), Channel.EMAIL: is_connected()}
    return [channel for channel, is_there in found.items() if is_there]


@task("messaging.send")
def send(echo_id: int) -> None:
    """Claim, hand over, note what came of it. The number of the sending makes repeating it harmless."""
    echo = claim_echo(echo_id=echo_id, now=clock.now())
    if echo is None:
        return
    try:
        receipt = _by_sms(echo) if echo.channel == Channel.SMS else _by_mail(echo)
    except Rejected as error:
        note_rejected(echo=echo, why=str(error), now=clock.now())
    except (Unreachable, Wrong) as error:
        note_failure(echo=echo, why=str(error), now=clock.now())
    else:
        note_sent(echo=echo, receipt=receipt, now=clock.now())


def _by_sms(echo: Echo) -> str:
    gateway, template = sms_gateway(), echoes().any(echo.key, echo.channel)
    if gateway is None or template is None:
        raise Unreachable("no SMS gateway or no such template any more")
    text = Text(
        number=echo.number,
        phone=echo.address,
        sign=echoes().sign,
        template=template.number,
        words=template.text,
        gaps=json.loads(echo.gaps),
        report_url=f"{settings.PUBLIC_URL}{reverse('callbacks:sms')}",
    )
    return gateway.send(text)


def _by_mail(echo: Echo) -> str:
    text = f"{echo.text}\n\n{echoes().sign}\n本邮件由系统发出，请勿直接回复。"
    return send_letter(Letter(number=echo.number, to=echo.address, subject=echo.subject, text=text))
