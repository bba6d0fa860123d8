"""Orders, deadlines and refunds through the stand-in, whole and broken (R-322, R-324, R-377; issue 3, faults)."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from sandbox.clock import Clock
from tests.factories.fees import make_bill, pay_at_stand_in
from tests.factories.people import staff_actor
from zhiping.fees import tasks
from zhiping.fees.models import Bill, Payment, Refund
from zhiping.fees.operations import approve_refund, refuse_refund, request_refund, waive_bill
from zhiping.fees.operations.ordering import DOWN, ODD
from zhiping.fees.states import BillState, RefundState
from zhiping.jobs.models import Job
from zhiping.jobs.queue import run_due
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message

pytestmark = pytest.mark.django_db
FAULTS = ["down", "slow", "wrong", "half"]


class Day:
    """The moment on which both sides live; `to` moves it."""

    def __init__(self, monkeypatch, moment):
        self._patch = monkeypatch
        self.to(moment)

    def to(self, moment):
        self.moment = moment
        self._patch.setattr("zhiping.kernel.clock.now", lambda: moment)
        self._patch.setattr(Clock, "now", lambda _: moment.replace(microsecond=0))

    def later(self, **time):
        self.to(self.moment + timedelta(**time))


@pytest.fixture
def day(monkeypatch, now):
    return Day(monkeypatch, now)


@pytest.fixture
def platform(sandbox, settings, monkeypatch):
    """The stand-in, connected; a job waits half a second for it."""
    cache.clear()
    settings.PAYMENT_URL = f"{sandbox.base}/payment"
    settings.PUBLIC_URL = "http://127.0.0.1:1"
    monkeypatch.setattr("zhiping.gateways.payment.HttpPaymentGateway.__init__.__defaults__", (0.5,))
    yield sandbox.stand_ins["payment"]
    cache.clear()


def work(day) -> None:
    """What the worker does on one tick."""
    cache.clear()  # the breaker's half minute is over
    tasks.warn(day.moment)
    tasks.follow_orders(day.moment)
    while run_due():
        pass


def fresh(bill) -> Bill:
    return Bill.objects.select_related("office", "payer").get(pk=bill.pk)


def test_an_order_is_placed_by_the_worker_and_paid_by_the_person(platform, day, now):
    bill = make_bill(now)
    work(day)
    bill = fresh(bill)
    assert bill.pay_url.startswith(platform.base)

    pay_at_stand_in(bill)
    day.later(hours=1, minutes=1)
    work(day)  # no notice reaches us: an hour later the platform is asked

    assert fresh(bill).state == BillState.PAID


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_platform_delays_the_order_and_says_so(platform, day, now, fault):
    bill = make_bill(now)
    platform.switch.turn(fault, seconds=1)
    work(day)

    bill = fresh(bill)
    assert bill.placed_at is None
    assert bill.trouble == (ODD if fault == "wrong" else DOWN)
    assert not Job.objects.exclude(failed_at=None).exists()

    platform.switch.turn("none")
    day.later(minutes=1)
    work(day)
    assert (fresh(bill).trouble, bool(fresh(bill).pay_url)) == ("", True)


def test_paid_in_the_last_second_and_heard_of_later_is_paid(platform, day, now):
    """R-324: the last minute loses nothing: the order is closed and asked before anything lapses."""
    bill = make_bill(now)
    work(day)
    bill = fresh(bill)
    day.to(bill.due_at - timedelta(hours=30))
    work(day)
    day.to(bill.due_at - timedelta(seconds=1))
    pay_at_stand_in(bill)
    day.to(bill.due_at + timedelta(seconds=1))

    work(day)

    assert fresh(bill).state == BillState.PAID
    assert Payment.objects.get().paid_at == bill.due_at - timedelta(seconds=1)


def test_unpaid_at_the_end_is_given_up_after_a_warning(platform, day, now):
    bill = make_bill(now)
    work(day)
    bill = fresh(bill)
    day.to(bill.due_at - timedelta(hours=30))
    work(day)
    assert fresh(bill).warned_at is not None
    day.to(bill.due_at)
    work(day)

    assert fresh(bill).state == BillState.LAPSED
    assert Message.objects.filter(person=bill.payer, key="fee.lapsed").exists()
    with pytest.raises(OSError, match="409"):
        pay_at_stand_in(bill)


@pytest.mark.parametrize("fault", FAULTS)
def test_nobody_gives_up_while_the_platform_does_not_say_whether_they_paid(platform, day, now, fault):
    bill = make_bill(now)
    work(day)
    bill = fresh(bill)
    day.to(bill.due_at - timedelta(hours=30))
    work(day)
    pay_at_stand_in(bill)
    platform.switch.turn(fault, seconds=1)
    day.to(bill.due_at + timedelta(minutes=5))
    work(day)
    assert fresh(bill).state == BillState.OPEN

    platform.switch.turn("none")
    day.later(minutes=1)
    work(day)
    assert fresh(bill).state == BillState.PAID


def test_who_could_not_pay_because_the_platform_was_down_gets_a_day(platform, day, now):
    bill = make_bill(now)
    platform.switch.turn("down")
    day.to(bill.due_at - timedelta(hours=30))
    work(day)
    day.to(bill.due_at + timedelta(hours=1))
    work(day)
    assert fresh(bill).state == BillState.OPEN

    platform.switch.turn("none")
    day.later(minutes=1)
    work(day)

    bill = fresh(bill)
    assert (bill.state, bill.due_at) == (BillState.OPEN, day.moment + timedelta(days=1))
    pay_at_stand_in(bill)
    day.to(bill.due_at + timedelta(seconds=1))
    work(day)
    assert fresh(bill).state == BillState.PAID


def test_an_order_that_the_platform_forgot_is_placed_anew(platform, day, now):
    bill = make_bill(now)
    work(day)
    bill = fresh(bill)
    platform.around.shelf._rows.execute("DELETE FROM row")
    day.later(hours=2)
    work(day)
    day.later(minutes=1)
    work(day)

    assert fresh(bill).pay_url != bill.pay_url
    pay_at_stand_in(fresh(bill))


def test_a_waived_bill_can_no_longer_be_paid(platform, day, now):
    bill = make_bill(now)
    work(day)
    bill = fresh(bill)
    waive_bill(
        bill=bill,
        reason="减免",
        version=bill.version,
        actor=staff_actor(bill.office, Role.COMMITTEE_OFFICE),
        now=now,
    )
    work(day)

    with pytest.raises(OSError, match="409"):
        pay_at_stand_in(bill)


@pytest.fixture
def paid(platform, day, now):
    bill = make_bill(now)
    work(day)
    pay_at_stand_in(fresh(bill))
    day.later(hours=1, minutes=1)
    work(day)
    return fresh(bill)


def test_a_refund_needs_two_persons_and_pays_back_once(platform, day, paid):
    """Two persons (checklist 25): same person, no right, and the repeated click."""
    clerk, second = (staff_actor(paid.office, Role.COMMITTEE_OFFICE) for _ in range(2))
    refund = request_refund(payment=paid.payments.get(), reason="重复申报", actor=clerk, now=day.moment)
    with pytest.raises(Refused, match="另一个人"):
        approve_refund(refund=refund, opinion="同意", version=1, actor=clerk, now=day.moment)
    with pytest.raises(Refused, match="已经申请过"):
        request_refund(payment=paid.payments.get(), reason="再来", actor=second, now=day.moment)

    approve_refund(refund=refund, opinion="同意", version=1, actor=second, now=day.moment)
    work(day)
    work(day)

    refund.refresh_from_db()
    assert refund.state == RefundState.DONE
    assert [each["amount"] for each in platform.around.shelf.all("refund")] == [26000]
    assert Message.objects.filter(person=paid.payer, key="fee.refunded").count() == 1
    with pytest.raises(Refused):
        approve_refund(refund=refund, opinion="同意", version=1, actor=second, now=day.moment)


def test_the_payer_and_strangers_decide_no_refund(day, paid):
    clerk = staff_actor(paid.office, Role.COMMITTEE_OFFICE)
    refund = request_refund(payment=paid.payments.get(), reason="重复申报", actor=clerk, now=day.moment)
    own = staff_actor(paid.office, Role.COMMITTEE_OFFICE, person=paid.payer)

    with pytest.raises(Forbidden):
        approve_refund(refund=refund, opinion="同意", version=1, actor=own, now=day.moment)
    with pytest.raises(Forbidden):
        request_refund(payment=paid.payments.get(), reason="退给我", actor=own, now=day.moment)


def test_a_refused_refund_says_why(day, paid):
    clerk, second = (staff_actor(paid.office, Role.COMMITTEE_OFFICE) for _ in range(2))
    refund = request_refund(payment=paid.payments.get(), reason="重复申报", actor=clerk, now=day.moment)
    with pytest.raises(Refused, match="原因"):
        refuse_refund(refund=refund, opinion="", version=1, actor=second, now=day.moment)

    refuse_refund(refund=refund, opinion="评审已经开始", version=1, actor=second, now=day.moment)

    assert Refund.objects.get().state == RefundState.REFUSED


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refund_whose_answer_was_lost_is_not_paid_twice(platform, day, paid, fault):
    clerk, second = (staff_actor(paid.office, Role.COMMITTEE_OFFICE) for _ in range(2))
    refund = request_refund(payment=paid.payments.get(), reason="重复申报", actor=clerk, now=day.moment)
    approve_refund(refund=refund, opinion="同意", version=1, actor=second, now=day.moment)
    platform.switch.turn(fault, seconds=1)
    work(day)
    assert Refund.objects.get().state == RefundState.APPROVED

    platform.switch.turn("none")
    day.later(minutes=1)
    work(day)

    assert Refund.objects.get().state == RefundState.DONE
    assert len(platform.around.shelf.all("refund")) == 1
