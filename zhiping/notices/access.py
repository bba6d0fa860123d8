"""Who may post, take down, object, decide."""

from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role
from zhiping.notices.models import Objection, Publicity
from zhiping.organisations.models import Organisation

POSTING_ROLES = EMPLOYER_ROLES | {Role.COMMITTEE_OFFICE}


def can_open_publicity(actor: Actor, organisation: Organisation) -> bool:
    """Staff of the publicising body itself."""
    return actor.role in POSTING_ROLES and actor.organisation_id == organisation.pk


def can_handle_publicity(actor: Actor, publicity: Publicity) -> bool:
    """Staff of the publicising body, and the system when its time is over."""
    if actor.role is Role.SYSTEM:
        return True
    return actor.role in POSTING_ROLES and actor.organisation_id == publicity.organisation_id


def can_handle_objection(actor: Actor, objection: Objection) -> bool:
    """Staff of the publicising body, except who is objected to."""
    is_own = objection.entry is not None and objection.entry.person_id == actor.person_id
    return (
        actor.role in POSTING_ROLES
        and actor.organisation_id == objection.publicity.organisation_id
        and not is_own
    )


def can_see_objector(actor: Actor, objection: Objection) -> bool:
    """Only supervision sees who objected online; what a body wrote down itself it knows already."""
    if actor.role is Role.SUPERVISOR:
        return True
    return objection.recorded_by_id is not None and objection.recorded_by_id == actor.person_id
