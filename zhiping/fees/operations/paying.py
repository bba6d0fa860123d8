"""Money that came in. Told once, twice, late, out of order, by notice, by query or by file: booked once."""

from datetime import datetime

from django.db import transaction

from zhiping.fees import messages, transitions
from zhiping.fees.amount import yuan
from zhiping.fees.models import Bill, Notice, Payment
from zhiping.fees.operations.billing import context_of
from zhiping.fees.operations.refunding import request_surplus_refund
from zhiping.fees.states import BillState, Source, Verdict
from zhiping.gateways.payment import CURRENCY, PaymentTold
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import SYSTEM
from zhiping.kernel.clock import BEIJING
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell

TRY_AGAIN = frozenset({Verdict.MISMATCH, Verdict.UNKNOWN})


@transaction.atomic
def take_notice(*, told: PaymentTold, body: str, now: datetime) -> str:
    """Keep a rightly signed notice and do what it says, once; gives the verdict.

    A wrong amount, currency or collector books nothing, whoever signed it; the same event may then come again, right.
    """
    before = Notice.objects.filter(event=told.event).first()
    if before is not None and before.verdict not in TRY_AGAIN:
        return Verdict.REPEATED
    bill = bill_of_order(told.order)
    verdict = Verdict.UNKNOWN
    if bill is not None:
        is_right = (told.fen, told.currency, told.collector) == (
            bill.fen,
            CURRENCY,
            collector_of(bill.office_id),
        )
        verdict = Verdict.MISMATCH
        if is_right:
            verdict = book_payment(
                bill=bill,
                transaction_number=told.transaction,
                fen=told.fen,
                paid_at=told.paid_at,
                source=Source.NOTICE,
                now=now,
            )
    notice = Notice(event=told.event, body=body, received_at=now, verdict=verdict, bill=bill)
    if before is None:
        Notice.objects.bulk_create(
            [notice], ignore_conflicts=True
        )  # its twin may have come at the same moment
    else:
        Notice.objects.filter(pk=before.pk).update(body=body, received_at=now, verdict=verdict, bill=bill)
    return verdict


@transaction.atomic
def book_payment(
    *, bill: Bill, transaction_number: str, fen: int, paid_at: datetime, source: str, now: datetime
) -> str:
    """Write one payment into the ledger; gives the verdict.

    The bill's row is locked. The first payment made in time counts and pays the bill, also one that we hear of after
    the bill lapsed. A second one, or one made too late, is kept beside it and a refund is asked for.
    """
    bill = Bill.objects.select_for_update().get(pk=bill.pk)
    if Payment.objects.filter(transaction=transaction_number).exists():
        return Verdict.REPEATED
    counts = bill.state in (BillState.OPEN, BillState.LAPSED) and paid_at < bill.due_at
    payment = Payment.objects.create(
        bill=bill,
        transaction=transaction_number,
        fen=fen,
        paid_at=paid_at,
        booked_at=now,
        source=source,
        counts=counts,
    )
    context = context_of(bill) | {"moment": f"{paid_at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"}
    if not counts:
        tell(person=bill.payer_id, kind=messages.SURPLUS, context=context | {"amount": yuan(fen)}, now=now)
        request_surplus_refund(payment=payment, now=now)
        return Verdict.SURPLUS
    Bill.objects.filter(pk=bill.pk).update(paid_at=paid_at)
    tell(person=bill.payer_id, kind=messages.PAID, context=context, now=now, once=f"paid-{bill.pk}")
    enqueue("fees.print_invoice", key=f"invoice-{bill.pk}", bill_id=bill.pk)
    details = {"transaction": transaction_number, "fen": fen, "source": source}
    move(bill, transitions.PAY, actor=SYSTEM, now=now, details=details)  # last: it holds the log's one lock
    return Verdict.BOOKED


def bill_of_order(order: str) -> Bill | None:
    """The bill of an order number, also of one that was replaced by a later attempt."""
    number, _, attempt = order.rpartition("-")
    return Bill.objects.filter(number=number).first() if attempt.isdigit() else None


def collector_of(office_id: int) -> str:
    """The office's name at the payment platform."""
    return f"zp-{office_id}"
