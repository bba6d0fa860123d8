"""Who may open accounts and change what is kept about a person."""

from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role


def can_register(actor: Actor) -> bool:
    """Visitors, for themselves; somebody signed in has an account."""
    return actor.has_role(Role.ANONYMOUS)


def can_change_person(actor: Actor, person: Person) -> bool:
    """People change their own particulars, nobody else does."""
    return actor.is_signed_in and actor.person_id == person.pk


def can_administer_accounts(actor: Actor) -> bool:
    return actor.has_role(Role.SYSTEM_ADMIN)
