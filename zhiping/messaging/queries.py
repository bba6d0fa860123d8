"""Reading messages."""

from django.db.models import QuerySet

from zhiping.kernel.actor import Actor
from zhiping.messaging.models import Message


def visible_to(actor: Actor) -> QuerySet[Message]:
    """A person's own messages, newest first."""
    if actor.person_id is None:
        return Message.objects.none()
    return Message.objects.filter(person_id=actor.person_id).order_by("-created_at", "-pk")


def unread_count(actor: Actor) -> int:
    return visible_to(actor).filter(read_at=None).count()
