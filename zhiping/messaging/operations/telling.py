"""Telling people: the message inside the platform and, from it, the echoes that echoes.yaml asks for."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.messaging.echo import Template, echoes
from zhiping.messaging.kind import Kind
from zhiping.messaging.models import Echo, Message
from zhiping.messaging.states import Channel


def tell(
    *, person: Person | int, kind: Kind, context: dict[str, Any], now: datetime, once: str | None = None
) -> None:
    """Leave one message for one person, in the caller's transaction; with `once` already told, do nothing."""
    tell_each(people=[person], kind=kind, context=context, now=now, once=once)


def tell_each(
    *,
    people: Iterable[Person | int],
    kind: Kind,
    context: dict[str, Any],
    now: datetime,
    once: str | None = None,
) -> None:
    """Leave the same message for several people with one statement (the staff of a desk), and its echoes."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a message is written in the transaction of what it tells of; open one first")
    texts = kind.filled(context)
    keys = {person.pk if isinstance(person, Person) else person for person in people}
    rows = [Message(person_id=key, key=kind.key, once=once, created_at=now, **texts) for key in sorted(keys)]
    Message.objects.bulk_create(rows, ignore_conflicts=once is not None)
    templates = echoes().of_kind(kind.key)
    if templates:
        if once is not None:  # which of them were new is not told: an echo that is there stays as it is
            rows = list(Message.objects.filter(person_id__in=keys, once=once, key=kind.key))
        link = f"{settings.PUBLIC_URL}{texts['link']}"
        _echo(rows, templates, {**context, "link": link}, now)


def _echo(rows: list[Message], templates: list[Template], context: dict[str, Any], now: datetime) -> None:
    """The outbox rows; whether the person wants them and can be reached is asked when they are sent."""
    found = [
        Echo(
            message_id=row.pk,
            person_id=row.person_id,
            channel=each.channel,
            key=each.key,
            template=each.number,
            subject=each.subject,
            text=each.filled(context),
            gaps=json.dumps({gap: str(context[gap]) for gap in sorted(each.gaps)}, ensure_ascii=False),
            made_at=now,
            due_at=now,
        )
        for row in rows
        for each in templates
    ]
    Echo.objects.bulk_create(found, ignore_conflicts=True)


def post_letter(*, address: str, key: str, context: dict[str, Any], now: datetime) -> Echo:
    """A direct e-mail to an address, in the caller's transaction (answers of the help centre)."""
    template = echoes().direct[key, Channel.EMAIL]
    return Echo.objects.create(
        channel=Channel.EMAIL,
        key=key,
        subject=template.subject.format_map(context),
        text=template.filled(context),
        address=address,
        made_at=now,
        due_at=now,
    )


def mark_read(*, messages: Iterable[Message], actor: Actor, now: datetime) -> int:
    """Note that the person has opened these messages; other people's messages are left alone."""
    keys = [message.pk for message in messages]
    unread = Message.objects.filter(pk__in=keys, person_id=actor.person_id, read_at=None)
    return unread.update(read_at=now)
