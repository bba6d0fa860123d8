"""Who may do what with a plan."""

from zhiping.kernel.actor import Actor, Role
from zhiping.plans.models import Plan


def can_keep_plan(actor: Actor, plan: Plan) -> bool:
    """The committee office whose plan it is."""
    return actor.has_role(Role.COMMITTEE_OFFICE) and actor.organisation_id == plan.office_id


def can_publish_plan(actor: Actor, plan: Plan) -> bool:
    """The same office, but another account than the one that proposed it."""
    return can_keep_plan(actor, plan) and actor.user_id != plan.proposed_by_id


def can_follow(actor: Actor, plan: Plan) -> bool:
    """Nobody: time does it, or what the committee did (first session, publicity of results, the document)."""
    return actor.has_role(Role.SYSTEM)


def can_archive_plan(actor: Actor, plan: Plan) -> bool:
    """The office; time does it when the last paper has gone back."""
    return actor.has_role(Role.SYSTEM) or can_keep_plan(actor, plan)


def can_install_plan(actor: Actor) -> bool:
    """Loading plans of the past from notices."""
    return actor.has_role(Role.SYSTEM, Role.SYSTEM_ADMIN)
