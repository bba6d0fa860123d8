"""Who may offer courses, register hours and audit them."""

from typing import Any

from zhiping.identity.models import Person
from zhiping.kernel.actor import AUDITING_ROLES, EMPLOYER_ROLES, Actor, Role


def can_register_own(actor: Actor, person: Person | int | None) -> bool:
    """People register their own hours, acting for themselves."""
    key = person.pk if isinstance(person, Person) else person
    return actor.role is Role.APPLICANT and actor.person_id is not None and actor.person_id == key


def can_keep_own(actor: Actor, record: Any) -> bool:
    """The person takes back and mends what they registered themselves."""
    return can_register_own(actor, record.person_id)


def can_audit_for_employer(actor: Actor, record: Any) -> bool:
    """The body that employs the person; never one's own hours, compared by person."""
    return (
        actor.role in EMPLOYER_ROLES
        and actor.organisation_id is not None
        and actor.organisation_id == record.employer_id
        and actor.person_id != record.person_id
    )


def can_audit_for_authority(actor: Actor, record: Any) -> bool:
    """The authority that was asked; never one's own hours."""
    return (
        actor.role in AUDITING_ROLES
        and actor.organisation_id is not None
        and actor.organisation_id == record.authority_id
        and actor.person_id != record.person_id
    )


def can_revoke(actor: Actor, record: Any) -> bool:
    """The authority over the record takes hours out of the ledger again."""
    return can_audit_for_authority(actor, record)


def can_offer(actor: Actor, course: Any) -> bool:
    """A training body keeps its own courses."""
    return provides(actor, course.provider_id)


def can_decide_course(actor: Actor, course: Any) -> bool:
    """The authority that the course was filed with."""
    return (
        actor.role in AUDITING_ROLES
        and actor.organisation_id is not None
        and actor.organisation_id == course.authority_id
    )


def can_enter(actor: Actor, batch: Any) -> bool:
    """The body whose batch it is; the platform enters what it measured itself."""
    return actor.role is Role.SYSTEM or provides(actor, batch.provider_id)


def can_replace(actor: Actor, record: Any) -> bool:
    """Whoever registered it writes the next version; the platform does when a card has a newer one."""
    if actor.role is Role.SYSTEM:
        return True
    if record.batch_id is None:
        return can_keep_own(actor, record)
    return provides(actor, record.batch.provider_id)


def provides(actor: Actor, provider_id: int | None) -> bool:
    """Staff of the training body itself."""
    return (
        actor.role is Role.TRAINING_BODY
        and actor.organisation_id is not None
        and actor.organisation_id == provider_id
    )


def can_teach(actor: Actor, training_class: Any) -> bool:
    """The body whose course it is."""
    return provides(actor, training_class.course.provider_id)
