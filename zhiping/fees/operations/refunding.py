"""Giving money back: one person asks, another approves, a job does it (two persons: checklist 25)."""

from datetime import datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.fees import access, messages, transitions
from zhiping.fees.amount import yuan
from zhiping.fees.models import Invoice, Payment, Refund
from zhiping.fees.operations.billing import context_of
from zhiping.fees.states import LIVE_REFUNDS
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import Transition, move
from zhiping.messaging.operations import tell, tell_each
from zhiping.organisations.queries import staff_of

SURPLUS_REASON = "重复缴费，或在缴费期限以后、减免以后缴费"


@transaction.atomic
def request_refund(*, payment: Payment, reason: str, actor: Actor, now: datetime) -> Refund:
    """Ask for a whole payment to be given back; another person of the office has to approve it."""
    if not access.can_handle_bill(actor, payment.bill):
        raise Forbidden("refund.request")
    if not reason.strip():
        raise Refused("请写明退款的原因。", field="reason")
    return _request(payment, reason.strip(), actor, now)


@transaction.atomic
def request_surplus_refund(*, payment: Payment, now: datetime, reason: str = SURPLUS_REASON) -> Refund:
    """The platform itself asks for what was paid twice or too late; one person still has to approve."""
    return _request(payment, reason, SYSTEM, now)


@transaction.atomic
def approve_refund(*, refund: Refund, opinion: str, version: int, actor: Actor, now: datetime) -> None:
    """A second person says yes; a job gives the money back, once for its number."""
    _decide(refund, transitions.APPROVE_REFUND, opinion=opinion, version=version, actor=actor, now=now)
    enqueue("fees.pay_back", key=f"pay-back-{refund.pk}", refund_id=refund.pk)


@transaction.atomic
def refuse_refund(*, refund: Refund, opinion: str, version: int, actor: Actor, now: datetime) -> None:
    """A second person says no, with a reason."""
    if not opinion.strip():
        raise Refused("请写明不予退款的原因。", field="opinion")
    _decide(refund, transitions.REFUSE_REFUND, opinion=opinion, version=version, actor=actor, now=now)


@transaction.atomic
def finish_refund(*, refund: Refund, refunded_at: datetime, now: datetime) -> None:
    """The payment platform has given the money back: note when, void the invoice, tell the payer."""
    payment, bill = refund.payment, refund.payment.bill
    move(refund, transitions.FINISH_REFUND, actor=SYSTEM, now=now, details={"fen": refund.fen})
    Refund.objects.filter(pk=refund.pk).update(refunded_at=refunded_at, trouble="")
    if payment.counts:
        Invoice.objects.filter(bill=bill, voided_at=None).update(voided_at=now)
    context = context_of(bill) | {"amount": yuan(refund.fen)}
    tell(person=bill.payer_id, kind=messages.REFUNDED, context=context, now=now)


def _request(payment: Payment, reason: str, actor: Actor, now: datetime) -> Refund:
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if payment.refunds.filter(state__in=sorted(LIVE_REFUNDS)).exists():
        raise Refused("这笔缴费已经申请过退款，不能再申请。请到“退款”里查看。")
    refund = Refund.objects.create(
        payment=payment, fen=payment.fen, reason=reason, requested_by_id=actor.person_id, requested_at=now
    )
    record(
        "refund.request",
        actor=actor,
        now=now,
        subject=refund,
        to_state=refund.state,
        note=reason,
        details={"fen": refund.fen, "transaction": payment.transaction},
    )
    bill = payment.bill
    people = [key for key in staff_of(bill.office_id) if key not in (actor.person_id, bill.payer_id)]
    context = context_of(bill) | {"amount": yuan(refund.fen), "reason": reason}
    tell_each(people=people, kind=messages.REFUND_WAITS, context=context, now=now)
    return refund


def _decide(
    refund: Refund, arrow: Transition, *, opinion: str, version: int, actor: Actor, now: datetime
) -> None:
    if actor.person_id is not None and actor.person_id == refund.requested_by_id:
        raise Refused("退款要由申请人以外的另一个人审批。")
    move(refund, arrow, actor=actor, now=now, version=version, note=opinion.strip())
    Refund.objects.filter(pk=refund.pk).update(
        decided_by_id=actor.person_id, decided_at=now, opinion=opinion.strip()
    )
