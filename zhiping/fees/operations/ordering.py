"""Talking to the payment platform about orders: called by jobs alone, never inside a transaction or a page."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from zhiping.fees import queries
from zhiping.fees.models import Bill, Refund
from zhiping.fees.operations.billing import extend_bill, lapse_bill
from zhiping.fees.operations.paying import book_payment, collector_of
from zhiping.fees.operations.refunding import finish_refund
from zhiping.fees.states import BillState, RefundState, Source
from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.payment import OrderAsked, OrderTold, PaymentGateway

CALLBACK = "/callbacks/payment/"
DOWN = "缴费平台没有应答，系统会自动再试。"
ODD = "缴费平台的应答不可信，没有采用，系统会自动再试。"


def place_order(*, bill: Bill, gateway: PaymentGateway, now: datetime) -> bool:
    """Have the platform take the order of an open bill; whoever could not pay before gets a whole day from now on."""
    if bill.state != BillState.OPEN or bill.placed_at is not None:
        return True
    if bill.due_at < now + queries.WARNING:
        extend_bill(bill=bill, due_at=now + queries.WARNING, now=now)
    asked = OrderAsked(
        order=bill.order,
        fen=bill.fen,
        collector=collector_of(bill.office_id),
        collector_name=bill.office.name,
        subject=bill.heading,
        payer=bill.payer.name,
        expires_at=bill.due_at,
        notify_url=f"{settings.PUBLIC_URL}{CALLBACK}",
    )
    told = _heard(bill, lambda: gateway.place(asked))
    if told is None:
        return False
    fresh = Bill.objects.filter(pk=bill.pk, attempt=bill.attempt, placed_at=None)
    fresh.update(placed_at=now, pay_url=told.pay_url[:300], trouble="")
    _book(bill, told, now)
    return True


def ask_order(*, bill: Bill, gateway: PaymentGateway, now: datetime) -> bool:
    """Ask what became of the order, because no notice came."""
    return _follow(bill, lambda: gateway.ask(bill.order), now)


def close_order(*, bill: Bill, gateway: PaymentGateway, now: datetime) -> bool:
    """Let nobody pay any more, and hear whether somebody had.

    A bill whose time is over lapses only after this answer: a payment of the last second is booked first. An order
    that the platform never took costs the payer nothing: a new one is placed with a whole day to pay.
    """
    if not _follow(bill, lambda: gateway.close(bill.order), now):
        return False
    bill.refresh_from_db()
    is_over = bill.state == BillState.OPEN and bill.placed_at is not None and bill.due_at <= now
    if is_over and bill.warned_at is not None:
        lapse_bill(bill=bill, now=now)
    return True


def pay_back(*, refund: Refund, gateway: PaymentGateway, now: datetime) -> bool:
    """Have an approved refund paid back; the platform does it once for its number, however often it is asked."""
    if refund.state != RefundState.APPROVED:
        return True
    payment, bill = refund.payment, refund.payment.bill
    try:
        refunded_at = gateway.refund(
            refund=refund.number,
            order=bill.order,
            transaction=payment.transaction,
            fen=refund.fen,
            reason=refund.reason[:100],
        )
    except (Unreachable, Wrong) as error:
        trouble = DOWN if isinstance(error, Unreachable) else ODD
        Refund.objects.filter(pk=refund.pk).update(trouble=trouble)
        return False
    finish_refund(refund=refund, refunded_at=refunded_at, now=now)
    return True


def _follow(bill: Bill, call, now: datetime) -> bool:
    """Make the call and draw its consequences; whether an answer came that can be believed."""
    told = _heard(bill, call, missing=True)
    if told is None:
        return False
    if told is _NOBODY:
        # The platform knows no such order: it is placed anew, with time to pay.
        Bill.objects.filter(pk=bill.pk).update(placed_at=None, pay_url="", trouble="")
        return True
    Bill.objects.filter(pk=bill.pk).update(asked_at=now, trouble="")
    _book(bill, told, now)
    return True


_NOBODY = object()


def _heard(bill: Bill, call, *, missing: bool = False):
    """The answer; None if none came that can be believed, which is written on the bill for whoever looks."""
    try:
        told = call()
    except (Unreachable, Wrong) as error:
        Bill.objects.filter(pk=bill.pk).update(trouble=DOWN if isinstance(error, Unreachable) else ODD)
        return None
    if told is None:
        return _NOBODY if missing else None
    if told.fen != bill.fen:
        Bill.objects.filter(pk=bill.pk).update(trouble=ODD)
        return None
    return told


def _book(bill: Bill, told: OrderTold, now: datetime) -> None:
    if told.state != "paid" or told.paid_at is None:
        return
    with transaction.atomic():
        book_payment(
            bill=bill,
            transaction_number=told.transaction,
            fen=told.fen,
            paid_at=told.paid_at,
            source=Source.QUERY,
            now=now,
        )
