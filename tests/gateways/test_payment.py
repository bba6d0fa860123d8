"""Contract of the payment protocol: our client against the stand-in, whole and in each way broken (R-322, R-377)."""

from datetime import datetime, timedelta
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.core.cache import cache

from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.payment import HttpPaymentGateway, OrderAsked, account_lines, payment_gateway
from zhiping.kernel.clock import BEIJING

KEY = "shared-payment-key-for-tests"


@pytest.fixture
def stand_in(sandbox):
    cache.clear()
    yield sandbox.stand_ins["payment"]
    cache.clear()


@pytest.fixture
def gateway(sandbox, stand_in):
    return HttpPaymentGateway(f"{sandbox.base}/payment", KEY, seconds=1)


def asked(order: str = "F1-1", fen: int = 26000, **changed) -> OrderAsked:
    values = {
        "order": order,
        "fen": fen,
        "collector": "zp-7",
        "collector_name": "示例评委会办公室",
        "subject": "工艺美术师评审",
        "payer": "申报人甲",
        "expires_at": datetime.now(BEIJING) + timedelta(days=1),
        "notify_url": "http://127.0.0.1:1/callbacks/payment/",
    }
    return OrderAsked(**{**values, **changed})


def pay(told, **form: str) -> None:
    urlopen(told.pay_url, urlencode({"pay": "1", **form}).encode()).read()


def test_an_order_is_placed_once_and_told_again(gateway):
    first, again = gateway.place(asked()), gateway.place(asked())

    assert first == again
    assert (first.state, first.fen) == ("open", 26000)


def test_another_amount_for_the_same_order_is_refused(gateway):
    gateway.place(asked())

    with pytest.raises(Wrong):
        gateway.place(asked(fen=100))


def test_an_order_nobody_placed_is_none(gateway):
    assert gateway.ask("F9-1") is None
    assert gateway.close("F9-1") is None


def test_a_paid_order_tells_when_and_by_which_transaction(gateway):
    told = gateway.place(asked())
    pay(told)

    found = gateway.ask("F1-1")

    assert (found.state, found.transaction[0]) == ("paid", "T")
    assert abs(found.paid_at - datetime.now(BEIJING)) < timedelta(seconds=20)


def test_a_closed_order_cannot_be_paid_and_a_paid_one_not_closed(gateway):
    first, second = gateway.place(asked("F1-1")), gateway.place(asked("F2-1"))
    pay(second)

    assert gateway.close("F1-1").state == "closed"
    assert gateway.close("F2-1").state == "paid"
    with pytest.raises(HTTPError, match="409"):
        pay(first)


def test_an_expired_order_cannot_be_paid(gateway):
    told = gateway.place(asked(expires_at=datetime.now(BEIJING) - timedelta(seconds=1)))

    with pytest.raises(HTTPError, match="409"):
        pay(told)


def test_a_refund_is_paid_back_once_for_its_number_and_never_more_than_was_paid(gateway, stand_in):
    pay(gateway.place(asked()))
    transaction = gateway.ask("F1-1").transaction
    values = {"order": "F1-1", "transaction": transaction, "reason": "重复缴费"}

    first = gateway.refund(refund="R1", fen=26000, **values)
    again = gateway.refund(refund="R1", fen=26000, **values)

    assert first == again
    assert len(stand_in.around.shelf.all("refund")) == 1
    with pytest.raises(Wrong):
        gateway.refund(refund="R2", fen=1, **values)


def test_the_daily_file_sums_up_payments_and_refunds_of_one_collector(gateway):
    pay(gateway.place(asked("F1-1")))
    pay(gateway.place(asked("F2-1", fen=100, collector="zp-8")))
    transaction = gateway.ask("F1-1").transaction
    gateway.refund(refund="R1", order="F1-1", transaction=transaction, fen=26000, reason="退")

    lines = account_lines(gateway.daily_file("zp-7", datetime.now(BEIJING).date()))

    assert [(line.kind, line.order, line.fen) for line in lines] == [
        ("paid", "F1-1", 26000),
        ("refunded", "F1-1", -26000),
    ]


CALLS = {
    "place": lambda gateway: gateway.place(asked()),
    "ask": lambda gateway: gateway.ask("F0-1"),
    "close": lambda gateway: gateway.close("F0-1"),
    "file": lambda gateway: account_lines(gateway.daily_file("zp-7", datetime.now(BEIJING).date())),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", ["down", "slow", "half"])
def test_no_answer_in_time_is_unreachable_whatever_was_asked(gateway, stand_in, fault, call):
    gateway.place(asked("F0-1"))
    stand_in.switch.turn(fault, seconds=2)

    with pytest.raises(Unreachable):
        CALLS[call](gateway)


@pytest.mark.parametrize("fault", ["down", "slow", "half"])
def test_asked_again_after_a_fault_the_platform_has_done_it_once(gateway, stand_in, fault):
    """Whatever happened to the first answer, the same order again gives the one order."""
    stand_in.switch.turn(fault, times=1, seconds=1.2)
    with pytest.raises(Unreachable):
        gateway.place(asked())

    assert gateway.place(asked()).state == "open"
    assert len(stand_in.around.shelf.all("order")) == 1


def test_a_wrong_amount_is_not_believed_even_when_rightly_signed(gateway, stand_in):
    stand_in.switch.turn("wrong")

    with pytest.raises(Wrong):
        gateway.place(asked())


@pytest.mark.parametrize("fault", ["duplicated", "reordered"])
def test_doubled_and_shuffled_answers_change_nothing(gateway, stand_in, fault):
    stand_in.switch.turn(fault)

    assert gateway.place(asked()).state == "open"
    assert gateway.ask("F1-1").state == "open"


def test_an_answer_that_the_platform_did_not_sign_is_not_believed(sandbox, stand_in):
    stranger = HttpPaymentGateway(f"{sandbox.base}/payment", "another key", seconds=1)

    with pytest.raises(Wrong):
        stranger.place(asked())
    assert stand_in.around.shelf.all("order") == []


@pytest.mark.parametrize(
    "file",
    [
        "",
        "kind,transaction,order,amount,at\n",
        "kind,transaction,order,amount,at\npaid,T1,F1-1,100,2026-03-02T09:00:00+08:00\n",
        "kind,transaction,order,amount,at\npaid,T1,F1-1,100,2026-03-02T09:00:00+08:00\ntotal,1,,99,\n",
        "kind,transaction,order,amount,at\npaid,T1,F1-1,100,2026-03-02T09:00:00+08:00\ntotal,2,,100,\n",
        "kind,transaction,order,amount,at\npaid,T1,F1-1,much,2026-03-02T09:00:00+08:00\ntotal,1,,100,\n",
        "kind,transaction,order,amount,at\npaid,T1,F1-1,100,2026-03-02T09:00:00\ntotal,1,,100,\n",
        "other,columns\ntotal,0,,0,\n",
    ],
)
def test_half_a_file_or_one_that_disagrees_with_itself_is_not_believed(file):
    with pytest.raises(Wrong):
        account_lines(file)


def test_without_an_address_there_is_no_gateway(settings):
    settings.PAYMENT_URL = ""

    assert payment_gateway() is None


def test_the_page_shows_orders_and_lets_them_be_vexed(sandbox, gateway):
    pay(gateway.place(asked()))

    page = urlopen(f"{sandbox.base}/payment/").read().decode()

    assert "F1-1" in page
    assert "发一个伪造的通知" in page
    assert "260.00 元" in page
