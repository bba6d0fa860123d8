"""Who may touch pack versions and the working calendar."""

from zhiping.kernel.actor import Actor, Role
from zhiping.policies.models import PackVersion


def can_draft_pack(actor: Actor) -> bool:
    """A committee office for its own plans, the system administrator for all."""
    return actor.has_role(Role.COMMITTEE_OFFICE, Role.SYSTEM_ADMIN)


def can_edit_pack(actor: Actor, version: PackVersion) -> bool:
    """The body that owns the version; a pack without owner came with the platform and is the administrator's.

    The system installs the packs of a release.
    """
    if actor.has_role(Role.SYSTEM_ADMIN, Role.SYSTEM):
        return True
    return actor.has_role(Role.COMMITTEE_OFFICE) and version.owner_id == actor.organisation_id


def can_approve_pack(actor: Actor, version: PackVersion) -> bool:
    """- whoever could edit it, but never the account that wrote and offered it
    - the system, for packs that come with a release
    """
    if actor.has_role(Role.SYSTEM):
        return True
    return can_edit_pack(actor, version) and actor.user_id != version.author_id


def can_supersede_pack(actor: Actor, version: PackVersion) -> bool:
    """Only as a consequence of publishing the next version."""
    return actor.has_role(Role.SYSTEM) or can_draft_pack(actor)


def can_keep_calendar(actor: Actor) -> bool:
    return actor.has_role(Role.SYSTEM_ADMIN)
