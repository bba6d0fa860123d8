"""Money that came in: repeated, late, reordered, forged, wrong (R-322, R-324, R-373, R-377, R-398, goal I7)."""

import random
from datetime import timedelta

import pytest

from tests.factories.fees import make_bill, notice_of, payment_told
from tests.factories.people import staff_actor
from zhiping.auditlog.queries import history_of
from zhiping.fees.models import Bill, Notice, Payment, Refund
from zhiping.fees.operations import book_payment, lapse_bill, take_notice, waive_bill, warn_bill
from zhiping.fees.states import BillState, RefundState, Source, Verdict
from zhiping.gateways.http import Wrong
from zhiping.gateways.payment import notice_told
from zhiping.jobs.models import Job
from zhiping.kernel.actor import Role
from zhiping.messaging.models import Message

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def book(bill, told, now):
    return take_notice(told=told, body="{}", now=now)


def state_of(bill) -> str:
    return Bill.objects.get(pk=bill.pk).state


def test_a_notice_pays_the_bill_once_however_often_it_comes(now):
    """R-322, R-377: repeated three times → one payment, one message, one invoice."""
    bill = make_bill(now)
    told = payment_told(bill, now)

    verdicts = [book(bill, told, now + SECOND * at) for at in range(3)]

    assert verdicts == [Verdict.BOOKED, Verdict.REPEATED, Verdict.REPEATED]
    assert (state_of(bill), Payment.objects.count(), Notice.objects.count()) == (BillState.PAID, 1, 1)
    assert Message.objects.filter(key="fee.paid").count() == 1
    assert Job.objects.filter(kind="fees.print_invoice").count() == 1
    assert [entry.verb for entry in history_of(bill)] == ["bill.issue", "bill.pay"]


@pytest.mark.parametrize(
    "changed", [{"fen": 17900}, {"fen": 26001}, {"currency": "USD"}, {"collector": "zp-999999"}]
)
def test_a_wrong_amount_or_collector_books_nothing_and_the_right_notice_still_does(now, changed):
    """R-322: callback with 179 → rejected."""
    bill = make_bill(now)

    assert book(bill, payment_told(bill, now, **changed), now) == Verdict.MISMATCH
    assert (state_of(bill), Payment.objects.count()) == (BillState.OPEN, 0)

    assert book(bill, payment_told(bill, now), now) == Verdict.BOOKED
    assert state_of(bill) == BillState.PAID


@pytest.mark.parametrize("order", ["F999-1", "x", "", "-", "F1-x"])
def test_a_notice_about_no_bill_is_kept_and_books_nothing(now, order):
    bill = make_bill(now)

    assert book(bill, payment_told(bill, now, order=order), now) == Verdict.UNKNOWN
    assert Notice.objects.get().bill is None


def test_the_moment_of_paying_counts_not_that_of_hearing(now):
    """R-324: paid at 23:59:59, told a day later, after the bill lapsed: paid."""
    bill = make_bill(now)
    warn_bill(bill=bill, now=bill.due_at - timedelta(days=1))
    lapse_bill(bill=bill, now=bill.due_at)

    verdict = book(bill, payment_told(bill, bill.due_at - SECOND), bill.due_at + timedelta(days=1))

    assert (verdict, state_of(bill)) == (Verdict.BOOKED, BillState.PAID)
    assert Refund.objects.count() == 0


def test_a_payment_at_the_first_late_moment_counts_for_nothing_and_is_to_be_given_back(now):
    bill = make_bill(now)
    warn_bill(bill=bill, now=bill.due_at - timedelta(days=1))
    lapse_bill(bill=bill, now=bill.due_at)

    verdict = book(bill, payment_told(bill, bill.due_at), bill.due_at + SECOND)

    assert (verdict, state_of(bill)) == (Verdict.SURPLUS, BillState.LAPSED)
    assert (Refund.objects.get().state, Refund.objects.get().requested_by) == (RefundState.REQUESTED, None)
    assert Message.objects.filter(key="fee.surplus", person=bill.payer).count() == 1


def test_who_pays_twice_gets_the_second_payment_back(now):
    bill = make_bill(now)
    book(bill, payment_told(bill, now), now)

    verdict = book(bill, payment_told(bill, now + SECOND, transaction="T-again"), now + SECOND)

    assert verdict == Verdict.SURPLUS
    assert list(Payment.objects.order_by("pk").values_list("counts", flat=True)) == [True, False]
    assert Refund.objects.get().payment.transaction == "T-again"


def test_who_pays_what_was_waived_gets_it_back(now):
    bill = make_bill(now)
    waive_bill(
        bill=bill, reason="减免", version=1, actor=staff_actor(bill.office, Role.COMMITTEE_OFFICE), now=now
    )

    assert book(bill, payment_told(bill, now), now) == Verdict.SURPLUS
    assert state_of(bill) == BillState.WAIVED


def test_query_and_notice_of_one_transaction_book_once(now):
    bill = make_bill(now)
    told = payment_told(bill, now)
    book_payment(
        bill=bill,
        transaction_number=told.transaction,
        fen=told.fen,
        paid_at=now,
        source=Source.QUERY,
        now=now,
    )

    assert book(bill, told, now) == Verdict.REPEATED
    assert Payment.objects.get().source == Source.QUERY


def test_a_notice_travels_signed_and_fresh(now):
    bill = make_bill(now)
    headers, body = notice_of(payment_told(bill, now), at=now)
    lower = {name.lower(): value for name, value in headers.items()}

    assert notice_told(lower, body, now=now + timedelta(minutes=4)).fen == 26000


def forgeries(bill, now):
    """Everything a stranger can do with what they saw."""
    told = payment_told(bill, now)
    headers, body = notice_of(told, at=now)
    lower = {name.lower(): value for name, value in headers.items()}
    yield "another key", {**{k.lower(): v for k, v in notice_of(told, at=now, key="x")[0].items()}}, body, now
    yield "another body", lower, body.replace(b"26000", b"00001"), now
    yield "half a body", lower, body[: len(body) // 2], now
    yield "no signature", {k: v for k, v in lower.items() if k != "x-signature"}, body, now
    yield "another nonce", {**lower, "x-nonce": "E-other"}, body, now
    yield "a later timestamp", {**lower, "x-timestamp": str(int(now.timestamp()) + 9)}, body, now
    yield "no timestamp", {**lower, "x-timestamp": "soon"}, body, now
    yield "played back an hour later", lower, body, now + timedelta(hours=1)
    yield "strange signature", {**lower, "x-signature": "签名"}, body, now
    yield "nothing", {}, b"", now


def test_no_forged_notice_is_believed(now):
    bill = make_bill(now)
    tried = []

    for name, headers, body, at in forgeries(bill, now):
        with pytest.raises(Wrong):
            notice_told(headers, body, now=at)
        tried.append(name)

    assert len(tried) == 10
    assert state_of(bill) == BillState.OPEN


@pytest.mark.parametrize("seed", range(10))
def test_random_sequences_never_double_or_lose_anything(now, seed):
    """Repeated, reordered, wrong, late and second payments of several bills in any order: the ledger ends the same."""
    dice = random.Random(seed)
    bills = [make_bill(now) for _ in range(3)]
    stream = []
    for bill in bills:
        right = payment_told(bill, now)
        stream += [right] * 3
        stream += [payment_told(bill, now, fen=bill.fen - 100)] * 2
        stream.append(payment_told(bill, bill.due_at, transaction=f"late-{bill.pk}"))
    dice.shuffle(stream)

    for told in stream:
        take_notice(told=told, body="{}", now=now)

    assert {state_of(bill) for bill in bills} == {BillState.PAID}
    assert Payment.objects.filter(counts=True).count() == 3
    assert set(Payment.objects.filter(counts=False).values_list("transaction", flat=True)) == {
        f"late-{bill.pk}" for bill in bills
    }
    assert Refund.objects.count() == 3
