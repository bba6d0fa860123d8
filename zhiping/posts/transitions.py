"""Arrows of ledgers, changes, competitions, reservations, forms and statements."""

from zhiping.lifecycle.moving import Transition
from zhiping.posts import access
from zhiping.posts.states import (
    ChangeState,
    CompetitionState,
    FormState,
    LedgerState,
    ReservationState,
    StatementState,
)

BRING_IN_FORCE = Transition(
    "post_ledger.bring_in_force",
    "首次核准岗位台账",
    frozenset({LedgerState.NEW}),
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

CONCLUDE = Transition(
    "post_competition.conclude",
    "确定竞聘结果",
    frozenset({CompetitionState.OPEN}),
    CompetitionState.CONCLUDED,
    access.can_keep_competition,
)
VOID = Transition(
    "post_competition.void",
    "作废",
    frozenset({CompetitionState.OPEN, CompetitionState.CONCLUDED}),
    CompetitionState.VOID,
    access.can_keep_competition,
)
COMPETITION = (CONCLUDE, VOID)

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

SIGN_POOLED_FORM = Transition(
    "post_form.sign_pooled",
    "签署统筹意见",
    frozenset({FormState.SUBMITTED}),
    FormState.POOL_SIGNED,
    access.can_sign_pooled_form,
)
SEAL_FORM = Transition(
    "post_form.seal",
    "签章",
    frozenset({FormState.SUBMITTED, FormState.POOL_SIGNED}),
    FormState.SEALED,
    access.can_seal_form,
)
RETURN_FORM = Transition(
    "post_form.return",
    "退回",
    frozenset({FormState.SUBMITTED, FormState.POOL_SIGNED}),
    FormState.RETURNED,
    access.can_seal_form,
)
REPLACE_FORM = Transition(
    "post_form.replace",
    "由新表代替",
    frozenset({FormState.SEALED}),
    FormState.REPLACED,
    access.can_seal_form,
)
FORM = (SIGN_POOLED_FORM, SEAL_FORM, RETURN_FORM)

REVOKE_STATEMENT = Transition(
    "post_statement.revoke",
    "收回",
    frozenset({StatementState.ISSUED}),
    StatementState.REVOKED,
    access.can_revoke_statement,
)
