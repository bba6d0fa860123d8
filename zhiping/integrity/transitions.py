"""Arrows of records and appeals."""

from zhiping.integrity import access
from zhiping.integrity.states import AppealState, RecordState
from zhiping.lifecycle.moving import Transition

CONFIRM = Transition(
    "integrity.confirm",
    "认定",
    frozenset({RecordState.PROPOSED}),
    RecordState.IN_FORCE,
    access.can_decide,
)
DISCARD = Transition(
    "integrity.discard",
    "不予认定",
    frozenset({RecordState.PROPOSED}),
    RecordState.DISCARDED,
    access.can_decide,
)
LIFT = Transition(
    "integrity.lift",
    "撤销认定",
    frozenset({RecordState.IN_FORCE}),
    RecordState.LIFTED,
    access.can_lift,
)
UPHOLD = Transition(
    "integrity_appeal.uphold",
    "认定申诉成立",
    frozenset({AppealState.FILED}),
    AppealState.UPHELD,
    access.can_decide_appeal,
)
DISMISS = Transition(
    "integrity_appeal.dismiss",
    "认定申诉不成立",
    frozenset({AppealState.FILED}),
    AppealState.DISMISSED,
    access.can_decide_appeal,
)
