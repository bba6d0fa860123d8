"""Who registers systems of other bodies, and who proves that an endpoint listens."""

from typing import Any

from zhiping.kernel.actor import Actor, Role


def can_keep_clients(actor: Actor, thing: Any = None) -> bool:
    """The platform's administrator (R-031: access is allocated, never taken)."""
    return actor.has_role(Role.SYSTEM_ADMIN)


def can_verify_endpoint(actor: Actor, endpoint: Any) -> bool:
    """Only the job that asked the endpoint and heard the right answer."""
    return actor.has_role(Role.SYSTEM)
