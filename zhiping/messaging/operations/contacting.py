"""Where a person can be reached (shown by a code) and what they want to be told there."""

import hmac
import json
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import beijing_day, start_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.access import can_change_contact
from zhiping.messaging.address import checked_email
from zhiping.messaging.echo import echoes
from zhiping.messaging.models import Contact, Echo, Unwanted, VerificationCode
from zhiping.messaging.queries import choices_of
from zhiping.messaging.states import Channel
from zhiping.privacy.fields import blind_index

CODE_KEY = "contact.code"
LIFE, PAUSE = timedelta(minutes=10), timedelta(seconds=60)
A_DAY, TRIES = 5, 5


@transaction.atomic
def ask_code(*, person: Person, channel: str, email: str = "", actor: Actor, now: datetime) -> None:
    """Send a code to the registered phone or to the e-mail address given.

    1. access; 2. address; 3. not too often; 4. the code, of which only the digest stays; 5. the outbox row.
    """
    if not can_change_contact(actor, person):
        raise Forbidden("contact.verify")
    Person.objects.select_for_update().get(pk=person.pk)
    address = person.phone if channel == Channel.SMS else checked_email(email)
    if not address:
        raise Refused("还没有登记手机号，请先在“我的账号”里填写。")
    asked = VerificationCode.objects.filter(person=person, made_at__gte=start_of(beijing_day(now)))
    newest = asked.filter(channel=channel).order_by("-made_at", "-pk").first()
    if newest is not None and now - newest.made_at < PAUSE:
        raise Refused("验证码刚刚发出，请等 1 分钟再要新的。")
    if asked.count() >= A_DAY:
        raise Refused(f"今天已经发过 {A_DAY} 次验证码，请明天再试。")
    code = f"{secrets.randbelow(10**6):06d}"
    VerificationCode.objects.create(
        person=person,
        channel=channel,
        address=address,
        digest=blind_index(f"{person.pk}:{address}:{code}"),
        made_at=now,
        expires_at=now + LIFE,
    )
    _send_code(person, channel, address, code, now)


def _send_code(person: Person, channel: str, address: str, code: str, now: datetime) -> None:
    template = echoes().direct[CODE_KEY, channel]
    gaps = {"code": code, "minutes": str(LIFE.seconds // 60)}
    Echo.objects.create(
        person=person,
        channel=channel,
        key=CODE_KEY,
        template=template.number,
        subject=template.subject,
        text=template.filled(gaps),
        gaps=json.dumps(gaps),
        address=address,
        made_at=now,
        due_at=now,
    )


@transaction.atomic
def confirm_code(*, person: Person, channel: str, code: str, actor: Actor, now: datetime) -> bool:
    """The person typed a code. Right: the address is theirs. Wrong: False, and the try is counted (five end the code).

    False and not Refused, because a refusal would undo the counting.
    """
    if not can_change_contact(actor, person):
        raise Forbidden("contact.verify")
    rows = VerificationCode.objects.select_for_update().filter(person=person, channel=channel)
    asked = rows.filter(used_at=None, expires_at__gt=now, tries__lt=TRIES).order_by("-made_at", "-pk").first()
    if asked is None:
        return False
    asked.tries += 1
    typed = blind_index(f"{person.pk}:{asked.address}:{code.strip()}")
    is_right = hmac.compare_digest(typed, asked.digest)
    asked.used_at = now if is_right else None
    asked.save(update_fields=["tries", "used_at"])
    if is_right:
        _keep_address(person, channel, asked.address, now)
        record("contact.verify", actor=actor, now=now, subject=person, note=Channel(channel).label)
    return is_right


def _keep_address(person: Person, channel: str, address: str, now: datetime) -> None:
    contact, _ = Contact.objects.get_or_create(person=person)
    if channel == Channel.SMS:
        contact.phone_verified_index = blind_index(address)
    else:
        contact.email, contact.email_verified_at = address, now
    contact.save()


@transaction.atomic
def forget_email(*, person: Person, actor: Actor, now: datetime) -> None:
    """The person wants no e-mail any more; the address is deleted. Repeating it changes nothing."""
    if not can_change_contact(actor, person):
        raise Forbidden("contact.forget_email")
    kept = Contact.objects.filter(person=person, email_verified_at__isnull=False)
    if kept.update(email="", email_verified_at=None):
        record("contact.forget_email", actor=actor, now=now, subject=person)


@transaction.atomic
def choose_echoes(*, person: Person, wanted: Collection[str], actor: Actor, now: datetime) -> None:
    """Keep which echoes the person wants (`Choice.field`); what a notice demands cannot be refused."""
    if not can_change_contact(actor, person):
        raise Forbidden("contact.choose")
    choices = [each for each in choices_of(person) if not each.template.mandatory]
    refused = [each.template for each in choices if each.field not in wanted]
    if {each.field for each in choices if not each.is_wanted} == {f"{t.key}-{t.channel}" for t in refused}:
        return
    Unwanted.objects.filter(person=person).delete()
    Unwanted.objects.bulk_create(Unwanted(person=person, key=t.key, channel=t.channel) for t in refused)
    record("contact.choose", actor=actor, now=now, subject=person)
