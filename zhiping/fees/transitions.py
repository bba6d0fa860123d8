"""Arrows of bills and refunds."""

from zhiping.fees import access
from zhiping.fees.states import BillState, RefundState
from zhiping.lifecycle.moving import Transition

PAY = Transition(
    "bill.pay",
    "记为已缴费",
    frozenset({BillState.OPEN, BillState.LAPSED}),  # paid in time, heard of late: the moment of paying counts
    BillState.PAID,
    access.is_system,
)
WAIVE = Transition(
    "bill.waive", "减免", frozenset({BillState.OPEN}), BillState.WAIVED, access.can_handle_bill
)
LAPSE = Transition(
    "bill.lapse", "记为逾期未缴费", frozenset({BillState.OPEN}), BillState.LAPSED, access.is_system
)
CANCEL = Transition("bill.cancel", "取消", frozenset({BillState.OPEN}), BillState.CANCELLED, access.is_system)
BILL = (PAY, WAIVE, LAPSE, CANCEL)

APPROVE_REFUND = Transition(
    "refund.approve",
    "批准退款",
    frozenset({RefundState.REQUESTED}),
    RefundState.APPROVED,
    access.can_decide_refund,
)
REFUSE_REFUND = Transition(
    "refund.refuse",
    "不予退款",
    frozenset({RefundState.REQUESTED}),
    RefundState.REFUSED,
    access.can_decide_refund,
)
FINISH_REFUND = Transition(
    "refund.finish", "记为已退款", frozenset({RefundState.APPROVED}), RefundState.DONE, access.is_system
)
REFUND = (APPROVE_REFUND, REFUSE_REFUND, FINISH_REFUND)
