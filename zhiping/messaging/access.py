"""Who may look after what is sent, and who may say where a person is reached."""

from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role


def can_keep_deliveries(actor: Actor) -> bool:
    """The administrator sees that something was sent and whether it arrived, never to which whole number."""
    return actor.has_role(Role.SYSTEM_ADMIN)


def can_change_contact(actor: Actor, person: Person) -> bool:
    """People decide for themselves, whatever role they act in."""
    return actor.is_signed_in and actor.person_id == person.pk
