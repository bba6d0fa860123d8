"""Arrows of ledgers, changes and reservations."""

from zhiping.lifecycle.moving import Transition
from zhiping.posts import access
from zhiping.posts.states import (
    ChangeState,
    LedgerState,
    ReservationState,
)

AMEND_LEDGER = Transition(
    "post_ledger.amend",
    "更新岗位台账",
    frozenset({LedgerState.NEW, LedgerState.IN_FORCE}),
    LedgerState.IN_FORCE,
    access.can_approve_ledger,
)

SIGN_POOLED = Transition(
    "post_change.sign_pooled",
    "签署使用统筹岗位",
    frozenset({ChangeState.PROPOSED}),
    ChangeState.POOL_SIGNED,
    access.can_sign_pooled_change,
)
APPROVE_CHANGE = Transition(
    "post_change.approve",
    "核准",
    frozenset({ChangeState.PROPOSED, ChangeState.POOL_SIGNED}),
    ChangeState.APPROVED,
    access.can_approve_change,
)
RETURN_CHANGE = Transition(
    "post_change.return",
    "退回",
    frozenset({ChangeState.PROPOSED, ChangeState.POOL_SIGNED}),
    ChangeState.RETURNED,
    access.can_approve_change,
)
WITHDRAW_CHANGE = Transition(
    "post_change.withdraw",
    "撤回",
    frozenset({ChangeState.PROPOSED, ChangeState.POOL_SIGNED}),
    ChangeState.WITHDRAWN,
    access.can_withdraw_change,
)
CHANGE = (SIGN_POOLED, APPROVE_CHANGE, RETURN_CHANGE, WITHDRAW_CHANGE)

RELEASE = Transition(
    "post_seat.release",
    "释放空缺",
    frozenset({ReservationState.RESERVED}),
    ReservationState.RELEASED,
    access.is_system,
)
APPOINT = Transition(
    "post_seat.appoint",
    "聘任",
    frozenset({ReservationState.RESERVED}),
    ReservationState.FILLED,
    access.can_appoint,
)
