"""States of bills and refunds; where a payment was heard of; how two accounts can differ."""

from django.db.models import TextChoices


class BillState(TextChoices):
    OPEN = "open", "待缴费"
    PAID = "paid", "已缴费"
    WAIVED = "waived", "已减免"
    LAPSED = "lapsed", "逾期未缴费"
    CANCELLED = "cancelled", "已取消"


SETTLED = frozenset({BillState.PAID, BillState.WAIVED})


class RefundState(TextChoices):
    REQUESTED = "requested", "待另一人审批"
    APPROVED = "approved", "已批准，正在退款"
    DONE = "done", "已退款"
    REFUSED = "refused", "不予退款"


LIVE_REFUNDS = frozenset({RefundState.REQUESTED, RefundState.APPROVED, RefundState.DONE})


class Source(TextChoices):
    """How we heard of a payment."""

    NOTICE = "notice", "支付通知"
    QUERY = "query", "主动查询"
    FILE = "file", "对账文件"


class Verdict(TextChoices):
    """What a rightly signed notice led to."""

    BOOKED = "booked", "已入账"
    REPEATED = "repeated", "重复通知，没有再入账"
    SURPLUS = "surplus", "已入账，多缴或迟缴，待退款"
    MISMATCH = "mismatch", "金额或收款单位对不上，没有入账"
    UNKNOWN = "unknown", "没有这张缴费单"


class DifferenceKind(TextChoices):
    MISSING_HERE = "missing_here", "平台收了，我们没有入账"
    MISSING_THERE = "missing_there", "我们入了账，平台没有"
    AMOUNT = "amount", "金额不一致"
    UNKNOWN_BILL = "unknown_bill", "对不上任何缴费单"
