"""Arrows of leads."""

from zhiping.leads import access
from zhiping.leads.states import LeadState
from zhiping.lifecycle.moving import Transition

CLEAR = Transition(
    "lead.clear", "排除线索", frozenset({LeadState.OPEN}), LeadState.CLEARED, access.can_decide
)
CONFIRM = Transition(
    "lead.confirm", "认定线索属实", frozenset({LeadState.OPEN}), LeadState.CONFIRMED, access.can_decide
)
