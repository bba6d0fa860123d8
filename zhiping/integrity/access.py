"""Who may propose, confirm, lift and appeal. Nobody acts on a record about themselves."""

from zhiping.integrity.models import Appeal, IntegrityRecord
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role

RECORDING_ROLES = (Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR)
READING_ROLES = (*RECORDING_ROLES, Role.COMMITTEE_OFFICE, Role.SUPERVISOR)


def can_propose(actor: Actor, record: IntegrityRecord) -> bool:
    """The HR authorities record findings (R-342)."""
    return actor.has_role(*RECORDING_ROLES) and not _is_about(actor, record)


def can_decide(actor: Actor, record: IntegrityRecord) -> bool:
    """Somebody else of the body that proposed it."""
    return (
        actor.has_role(*RECORDING_ROLES)
        and actor.organisation_id == record.recorded_for_id
        and actor.person_id != record.recorded_by_id
        and not _is_about(actor, record)
    )


def can_appeal(actor: Actor, record: IntegrityRecord) -> bool:
    """The person it names; the staff of the body it names."""
    if record.person_id is not None:
        return actor.has_role(Role.APPLICANT) and actor.person_id == record.person_id
    return actor.has_role(*EMPLOYER_ROLES) and actor.organisation_id == record.organisation_id


def can_decide_appeal(actor: Actor, appeal: Appeal) -> bool:
    """A third person of the body that made the record."""
    return can_lift(actor, appeal.record)


def can_lift(actor: Actor, record: IntegrityRecord) -> bool:
    """A third person of the same body: neither who proposed nor who confirmed the record."""
    return (
        actor.has_role(*RECORDING_ROLES)
        and actor.organisation_id == record.recorded_for_id
        and actor.person_id not in (record.recorded_by_id, record.decided_by_id)
        and not _is_about(actor, record)
    )


def _is_about(actor: Actor, record: IntegrityRecord) -> bool:
    return record.person_id is not None and record.person_id == actor.person_id
