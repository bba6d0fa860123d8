"""What a person sees of the payment platform: the page to pay on, and the tables of the page to look into it."""

from html import escape
from typing import Any

from sandbox.pages import table, whole

STATES = {"open": "待支付", "paid": "已支付", "closed": "已关闭"}
NEWEST = slice(None, -51, -1)


def yuan(fen: int) -> str:
    return f"{fen / 100:.2f} 元"


def pay_page(order: dict[str, Any], *, is_over: bool) -> str:
    """The bill and, while it can be paid, one button."""
    told = [escape(str(order[name])) for name in ("collector_name", "subject", "payer")]
    lines = table(("收款单位", "事项", "付款人", "金额"), [[*told, yuan(order["amount"])]])
    act = (
        f'<form method="post" action="{escape(order["pay_url"])}">'
        f"<button>确认支付 {yuan(order['amount'])}</button></form>"
    )
    if order["state"] == "paid":
        receipt = f"已支付，交易号 {escape(order['transaction'])}，时间 {escape(order['paid_at'])}。"
        act = f'<p class="banner">{receipt}可以关掉本页，回到申报平台。</p>'
    elif is_over:
        act = '<p class="banner broken">订单已关闭或已过期，不能再支付。</p>'
    return whole("缴费", f"<h1>缴费</h1><p>演示用的支付页，不会真的扣钱。</p>{lines}{act}")


def orders_table(orders: list[dict[str, Any]]) -> str:
    rows = [
        (
            f'<a href="{escape(each["pay_url"])}">{escape(each["order"])}</a>',
            escape(each["subject"]),
            yuan(each["amount"]),
            STATES[each["state"]],
            escape(each["expires_at"]),
        )
        for each in orders[NEWEST]
    ]
    return "<h2>订单</h2>" + table(("订单号", "事项", "金额", "状态", "有效期到"), rows)


def payments_table(payments: list[dict[str, Any]], base: str, references: dict[str, str]) -> str:
    """With three buttons to vex the platform: tell again, tell with a false signature, take the money twice."""
    rows = [
        (
            escape(each["transaction"]),
            escape(each["order"]),
            yuan(each["amount"]),
            escape(each["paid_at"]),
            _button(f"{base}/again/{each['transaction']}", "forged", "0", "再通知一次")
            + _button(f"{base}/again/{each['transaction']}", "forged", "1", "发一个伪造的通知")
            + _button(f"{base}/pay/{references[each['order']]}", "again", "1", "同一订单再付一次"),
        )
        for each in payments[NEWEST]
    ]
    return "<h2>支付</h2>" + table(("交易号", "订单号", "金额", "时间", "试一试"), rows)


def refunds_table(refunds: list[dict[str, Any]]) -> str:
    rows = [
        (escape(each["refund"]), escape(each["order"]), yuan(each["amount"]), escape(each["refunded_at"]))
        for each in refunds[NEWEST]
    ]
    return "<h2>退款</h2>" + table(("退款号", "订单号", "金额", "时间"), rows)


def _button(address: str, name: str, value: str, label: str) -> str:
    return (
        f'<form method="post" action="{escape(address)}">'
        f'<button class="plain" name="{name}" value="{value}">{label}</button></form>'
    )
