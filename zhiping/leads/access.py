"""Who looks into a lead: bodies that have the case, never its person, never the employer."""

from zhiping.kernel.actor import AUDITING_ROLES, Actor, Role
from zhiping.leads.models import Lead

READING_ROLES = AUDITING_ROLES | {Role.COMMITTEE_OFFICE, Role.SUPERVISOR}


def can_decide(actor: Actor, lead: Lead) -> bool:
    """A body on the case's way; nobody whom the lead is about (one query)."""
    if actor.role not in AUDITING_ROLES | {Role.COMMITTEE_OFFICE}:
        return False
    if actor.person_id in {lead.application.person_id, lead.other.person_id if lead.other else None}:
        return False
    return lead.application.steps.filter(organisation_id=actor.organisation_id).exists()
