"""Business actions on fees, by topic. What calls the payment platform stands in `ordering` and is called by jobs alone."""

from zhiping.fees.operations.accounting import reconcile_day, resolve_difference
from zhiping.fees.operations.billing import (
    cancel_bill,
    extend_bill,
    issue_bill,
    lapse_bill,
    set_amount,
    set_days_to_pay,
    waive_bill,
    warn_bill,
)
from zhiping.fees.operations.invoicing import keep_invoice
from zhiping.fees.operations.paying import book_payment, take_notice
from zhiping.fees.operations.refunding import (
    approve_refund,
    finish_refund,
    refuse_refund,
    request_refund,
    request_surplus_refund,
)

__all__ = [
    "approve_refund",
    "book_payment",
    "cancel_bill",
    "extend_bill",
    "finish_refund",
    "issue_bill",
    "keep_invoice",
    "lapse_bill",
    "reconcile_day",
    "refuse_refund",
    "request_refund",
    "request_surplus_refund",
    "resolve_difference",
    "set_amount",
    "set_days_to_pay",
    "take_notice",
    "waive_bill",
    "warn_bill",
]
