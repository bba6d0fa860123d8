"""What people are told about money (R-324, R-350, R-373). No account, no card, no ID number is ever in a message."""

from zhiping.messaging.kind import Kind

MY_BILL = "/applicant/fees/{bill}/"
OFFICE_REFUNDS = "/committee/fees/refunds/"
OFFICE_ACCOUNT = "/committee/fees/accounts/{key}/"

BILLED = Kind(
    "fee.billed",
    "请缴纳评审费 {amount} 元，最晚 {until}",
    "{heading}：资格审查已通过，应缴 {amount} 元（{lines}）。请在 {until} 前网上缴费；逾期未缴，视作自动放弃。",
    MY_BILL,
)
WARNED = Kind(
    "fee.warned",
    "评审费还没有缴，{until} 截止",
    "{heading}：应缴 {amount} 元，{until} 截止。到时仍未缴费，视作自动放弃，本次申报结束。",
    MY_BILL,
)
EXTENDED = Kind(
    "fee.extended",
    "缴费期限延长到 {until}",
    "{heading}：因缴费平台或提醒不及时，缴费期限顺延到 {until}。应缴 {amount} 元。",
    MY_BILL,
)
PAID = Kind(
    "fee.paid",
    "评审费 {amount} 元已缴",
    "{heading}：{moment} 缴费 {amount} 元，已入账。电子发票生成后可以在缴费页面下载打印。",
    MY_BILL,
)
WAIVED = Kind(
    "fee.waived",
    "评审费已减免",
    "{heading}：应缴的 {amount} 元已减免，不用缴费。原因：{reason}",
    MY_BILL,
)
LAPSED = Kind(
    "fee.lapsed",
    "逾期未缴费，视作自动放弃",
    "{heading}：到 {until} 没有缴费，按通知规定视作自动放弃，本次申报结束。",
    MY_BILL,
)
SURPLUS = Kind(
    "fee.surplus",
    "收到一笔多缴的费用，将退还",
    "{heading}：{moment} 又收到 {amount} 元（重复缴费或超过期限），不计入本次评审费，评委会办公室审批后原路退还。",
    MY_BILL,
)
REFUNDED = Kind(
    "fee.refunded",
    "已退还 {amount} 元",
    "{heading}：{amount} 元已按原路退还。到账时间以付款银行为准。",
    MY_BILL,
)
REFUND_WAITS = Kind(
    "refund.waits",
    "有一笔退款等您审批",
    "{heading}：{amount} 元，原因：{reason}。申请人本人不能审批。",
    OFFICE_REFUNDS,
)
ACCOUNT_DIFFERS = Kind(
    "account.differs",
    "{day} 对账有 {count} 处差异",
    "{day} 与缴费平台对账有 {count} 处差异，差额 {amount} 元，请核对处理。",
    OFFICE_ACCOUNT,
)
