"""Who may fill, submit and audit."""

from typing import Any

from zhiping.identity.models import Person
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role


def can_fill_archive(actor: Actor, person: Person | int) -> bool:
    """People fill their own archive, acting for themselves."""
    key = person.pk if isinstance(person, Person) else person
    return actor.role is Role.APPLICANT and actor.person_id is not None and actor.person_id == key


def can_submit(actor: Actor, version: Any) -> bool:
    """The owner submits and takes back."""
    return can_fill_archive(actor, version.person_id)


def can_extract(actor: Actor, version: Any) -> bool:
    """What a register keeps comes in by the platform alone (R-043)."""
    return actor.role is Role.SYSTEM


def can_audit(actor: Actor, version: Any) -> bool:
    """The employer's staff decide.

    - the body that was asked, no other;
    - never their own archive: natural persons are compared, not accounts (domain §15.8).
    """
    return (
        actor.role in EMPLOYER_ROLES
        and actor.organisation_id is not None
        and actor.organisation_id == version.employer_id
        and actor.person_id != version.person_id
    )
