"""Who may put a file on the register."""

from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role


def can_store(actor: Actor, owner: Person) -> bool:
    """People store their own files; the system stores what it makes for them."""
    return actor.role is Role.SYSTEM or (actor.is_signed_in and actor.person_id == owner.pk)
