"""Reading messages, what was sent out, and how a person wants to be reached."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.messaging.access import can_keep_deliveries
from zhiping.messaging.echo import Template, echoes
from zhiping.messaging.models import Contact, Echo, Message, Unwanted
from zhiping.messaging.states import Channel, Outcome


def visible_to(actor: Actor) -> QuerySet[Message]:
    """A person's own messages, newest first."""
    if actor.person_id is None:
        return Message.objects.none()
    return Message.objects.filter(person_id=actor.person_id).order_by("-created_at", "-pk")


def unread_count(actor: Actor) -> int:
    return visible_to(actor).filter(read_at=None).count()


def echoes_visible_to(actor: Actor) -> QuerySet[Echo]:
    """The administrator's log of what was sent, newest first."""
    found = Echo.objects.order_by("-made_at", "-pk")
    return found if can_keep_deliveries(actor) else found.none()


def due_echoes(now: datetime) -> QuerySet[Echo]:
    """What waits and may go out."""
    return Echo.objects.filter(outcome=Outcome.WAITING, due_at__lte=now).order_by("due_at", "pk")


def contact_of(person: Person) -> Contact:
    """What the person has shown to be theirs; an unsaved empty row if nothing."""
    return Contact.objects.filter(person=person).first() or Contact(person=person)


def is_phone_verified(person: Person, contact: Contact) -> bool:
    """Whether a code was read from the number the person has now."""
    return bool(person.phone_index) and contact.phone_verified_index == person.phone_index


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the page of choices."""

    template: Template
    is_wanted: bool

    @property
    def field(self) -> str:
        return f"{self.template.key}-{self.template.channel}"


def choices_of(person: Person) -> list[Choice]:
    """Every echo with what the person chose; mandatory ones are always wanted."""
    refused = set(Unwanted.objects.filter(person=person).values_list("key", "channel"))
    return [
        Choice(each, each.mandatory or (each.key, each.channel) not in refused)
        for each in echoes().templates.values()
    ]


def address_for(echo: Echo, template: Template) -> str:
    """Where the echo goes; empty if the person has shown no such address.

    What a notice demands goes to the phone number that was registered, read from or not.
    """
    if echo.address or echo.person is None:
        return echo.address
    contact = contact_of(echo.person)
    if echo.channel == Channel.EMAIL:
        return contact.email if contact.email_verified_at else ""
    if template.mandatory or is_phone_verified(echo.person, contact):
        return echo.person.phone
    return ""


def is_unwanted(echo: Echo, template: Template) -> bool:
    """Whether the person has switched this echo off."""
    if template.mandatory or echo.person_id is None:
        return False
    return Unwanted.objects.filter(person_id=echo.person_id, key=echo.key, channel=echo.channel).exists()
