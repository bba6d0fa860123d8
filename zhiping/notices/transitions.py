"""Arrows of publicities and objections."""

from zhiping.lifecycle.moving import Transition
from zhiping.notices import access
from zhiping.notices.states import ObjectionState, PublicityState

CLOSE_CLEAN = Transition(
    "publicity.close",
    "结束公示",
    frozenset({PublicityState.OPEN}),
    PublicityState.CLEAN,
    access.can_handle_publicity,
)
CLOSE_RESOLVED = Transition(
    "publicity.close_resolved",
    "结束公示",
    frozenset({PublicityState.OPEN, PublicityState.OBJECTED}),
    PublicityState.RESOLVED,
    access.can_handle_publicity,
)
HOLD = Transition(
    "publicity.hold",
    "转入异议核查",
    frozenset({PublicityState.OPEN}),
    PublicityState.OBJECTED,
    access.can_handle_publicity,
)
CANCEL = Transition(
    "publicity.cancel",
    "撤下公示",
    frozenset({PublicityState.OPEN}),
    PublicityState.CANCELLED,
    access.can_handle_publicity,
)

ACCEPT = Transition(
    "objection.accept",
    "开始核查",
    frozenset({ObjectionState.FILED}),
    ObjectionState.ACCEPTED,
    access.can_handle_objection,
)
UPHOLD = Transition(
    "objection.uphold",
    "认定属实",
    frozenset({ObjectionState.FILED, ObjectionState.ACCEPTED}),
    ObjectionState.UPHELD,
    access.can_handle_objection,
)
DISMISS = Transition(
    "objection.dismiss",
    "认定不成立",
    frozenset({ObjectionState.FILED, ObjectionState.ACCEPTED}),
    ObjectionState.DISMISSED,
    access.can_handle_objection,
)
