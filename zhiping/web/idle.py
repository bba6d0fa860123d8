"""A sign-in ends when nobody has used it for a while: the screen of a desk is left alone more often than it is closed.

By the machine's time, like every lease: the demo's clock must not end anybody's work.
"""

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import machine_seconds

SEEN_KEY = "seen_at"
STEP = 60  # seconds between two notes: a page a second does not become a write a second


def minutes_for(actor: Actor) -> int:
    """How long a sign-in in this role may rest."""
    is_applicant = actor.role is Role.APPLICANT
    return settings.APPLICANT_IDLE_MINUTES if is_applicant else settings.STAFF_IDLE_MINUTES


def has_rested(session: SessionBase, actor: Actor) -> bool:
    """Whether this sign-in rested too long; if not, it is noted as used now."""
    moment = machine_seconds()
    seen = session.get(SEEN_KEY)
    if seen is not None and moment - seen > minutes_for(actor) * 60:
        return True
    if seen is None or moment - seen > STEP:
        session[SEEN_KEY] = moment
    return False
