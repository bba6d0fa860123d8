"""Sending echoes: claimed by the queue, handed over once, reported by the gateway, sent again by the administrator."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.gateways.sms import Report
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.access import can_keep_deliveries
from zhiping.messaging.echo import Template, echoes
from zhiping.messaging.models import Echo
from zhiping.messaging.queries import address_for, is_unwanted
from zhiping.messaging.states import TROUBLED, Outcome

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
LEAST_TRIES = 6  # what the cap held back for days is not given up at its first failure


@transaction.atomic
def claim_echo(*, echo_id: int, now: datetime) -> Echo | None:
    """The echo if it is to go out now, counted against its day; None if it is over, unwanted or has to wait.

    1. lock the person, so that two workers keep one cap; 2. wanted and reachable; 3. quiet hours; 4. cap; 5. count.
    """
    owner = Echo.objects.values_list("person_id", flat=True).get(pk=echo_id)
    Person.objects.select_for_update().filter(pk=owner).first()
    echo = Echo.objects.select_for_update(of=("self",)).select_related("person").get(pk=echo_id)
    template = echoes().any(echo.key, echo.channel)
    if echo.outcome != Outcome.WAITING or echo.due_at > now:
        return None
    if template is not None and not _may_go(echo, template, now):
        return None
    echo.claimed_on = beijing_day(now)
    echo.attempts += 1
    echo.save(update_fields=["claimed_on", "attempts", "address"])
    return echo


def _may_go(echo: Echo, template: Template, now: datetime) -> bool:
    """Whether nothing holds the echo back; what does is written down."""
    if is_unwanted(echo, template):
        return _put_off(echo, outcome=Outcome.UNWANTED)
    echo.address = address_for(echo, template)
    if not echo.address:
        return _put_off(echo, outcome=Outcome.UNREACHABLE)
    if (echo.key, echo.channel) in echoes().direct:
        return True  # somebody sits before the page and waits for it
    limits, today = echoes().limits[echo.channel], beijing_day(now)
    if (due_at := limits.next_moment(now)) > now:
        return _put_off(echo, due_at=due_at)
    if template.mandatory or echo.claimed_on == today or echo.person_id is None:
        return True  # a second attempt of the same day is counted already
    sent = Echo.objects.filter(person_id=echo.person_id, channel=echo.channel, claimed_on=today).count()
    return sent < limits.cap or _put_off(echo, due_at=limits.tomorrow(now))


def _put_off(echo: Echo, *, outcome: str = Outcome.WAITING, due_at: datetime | None = None) -> bool:
    echo.outcome, echo.due_at = outcome, due_at or echo.due_at
    echo.save(update_fields=["outcome", "due_at"])
    return False


def note_sent(*, echo: Echo, receipt: str, now: datetime) -> None:
    """The other side has it. A report that was faster stays."""
    waiting = Echo.objects.filter(pk=echo.pk, round=echo.round, outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.SENT, sent_at=now, receipt=receipt, error="")


def note_rejected(*, echo: Echo, why: str, now: datetime) -> None:
    """The other side will never deliver it: not tried again by itself."""
    waiting = Echo.objects.filter(pk=echo.pk, round=echo.round, outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.UNDELIVERED, reported_at=now, error=why[:200])


def note_failure(*, echo: Echo, why: str, now: datetime) -> None:
    """Nothing is known: try again with the same number, later and later; after `give_up_after` say that it failed."""
    waiting = Echo.objects.filter(pk=echo.pk, round=echo.round, outcome=Outcome.WAITING)
    if now - echo.made_at >= echoes().give_up_after and echo.attempts >= LEAST_TRIES:
        waiting.update(outcome=Outcome.FAILED, error=why[:200])
        return
    pause = min(FIRST_PAUSE * 2 ** min(echo.attempts, 10), LONGEST_PAUSE)
    waiting.update(due_at=now + pause, error=why[:200])


def give_up_unsendable(*, channels: Sequence[str], now: datetime) -> None:
    """What waits for a channel without a system behind it is not kept for the day when one comes: it would be old news."""
    waiting = Echo.objects.filter(outcome=Outcome.WAITING, channel__in=channels)
    waiting.filter(made_at__lte=now - echoes().give_up_after).update(
        outcome=Outcome.FAILED, error="no system is connected for this channel"
    )


@transaction.atomic
def take_report(*, report: Report, now: datetime) -> bool:
    """What the gateway says of a sending; repeated or late reports change nothing. False if the number is unknown."""
    uid, _, number = report.number.partition("-")
    if len(uid) != 32 or not number.isdecimal() or len(number) > 4:
        return False
    found = Echo.objects.select_for_update().filter(uid=uid).first() if _is_hex(uid) else None
    if found is None:
        return False
    if found.round == int(number) and found.outcome in {Outcome.WAITING, Outcome.SENT}:
        found.outcome = Outcome.DELIVERED if report.is_delivered else Outcome.UNDELIVERED
        found.sent_at, found.receipt = found.sent_at or now, report.receipt[:80]
        found.reported_at = now
        found.save(update_fields=["outcome", "sent_at", "receipt", "reported_at"])
    return True


def _is_hex(text: str) -> bool:
    return set(text) <= set("0123456789abcdef")


@transaction.atomic
def send_again(*, echo: Echo, seen_round: int, actor: Actor, now: datetime) -> None:
    """The administrator has what did not arrive sent once more, as a new round; a second click changes nothing."""
    if not can_keep_deliveries(actor):
        raise Forbidden("echo.send_again")
    fresh = Echo.objects.select_for_update().get(pk=echo.pk)
    if fresh.round != seen_round:
        return
    if fresh.outcome not in TROUBLED:
        raise Refused(f"这一条现在是“{fresh.get_outcome_display()}”，只有没有送达或发送失败的才能重发。")
    fresh.round, fresh.attempts, fresh.outcome = fresh.round + 1, 0, Outcome.WAITING
    fresh.made_at, fresh.due_at, fresh.claimed_on, fresh.sent_at, fresh.receipt = now, now, None, None, ""
    fresh.reported_at, fresh.error = None, ""
    if fresh.message_id is not None:
        fresh.address = ""  # the person may have given another since
    fresh.save()
    record("echo.send_again", actor=actor, now=now, subject=fresh)
