"""Telling people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.messaging.kind import Kind
from zhiping.messaging.models import Message


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
    """Leave the same message for several people with one statement (the staff of a desk)."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a message is written in the transaction of what it tells of; open one first")
    texts = kind.filled(context)
    keys = {person.pk if isinstance(person, Person) else person for person in people}
    rows = [Message(person_id=key, key=kind.key, once=once, created_at=now, **texts) for key in sorted(keys)]
    Message.objects.bulk_create(rows, ignore_conflicts=once is not None)


def mark_read(*, messages: Iterable[Message], actor: Actor, now: datetime) -> int:
    """Note that the person has opened these messages; other people's messages are left alone."""
    keys = [message.pk for message in messages]
    unread = Message.objects.filter(pk__in=keys, person_id=actor.person_id, read_at=None)
    return unread.update(read_at=now)
