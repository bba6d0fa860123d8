"""What an office sets, asks for, and lets go."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.fees import access, messages, queries, transitions
from zhiping.fees.amount import Line, due_after, yuan
from zhiping.fees.models import Amount, Bill, BillLine, Schedule
from zhiping.fees.states import BillState
from zhiping.identity.models import Person
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.clock import BEIJING
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.kernel.queries import working_calendar
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell
from zhiping.organisations.models import Organisation

LEAST_DAYS, MOST_DAYS = 2, 60
MOST_FEN = 1_000_000


@transaction.atomic
def set_days_to_pay(*, scheme: str, office: Organisation, days: int, actor: Actor, now: datetime) -> Schedule:
    """Say how many working days people of this scheme have; bills already made keep their day."""
    _require(actor, office)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Refused(f"缴费时间请填 {LEAST_DAYS} 到 {MOST_DAYS} 个工作日。", field="days")
    schedule = _schedule(scheme, office)
    if schedule.days_to_pay != days:
        before, schedule.days_to_pay = schedule.days_to_pay, days
        schedule.save(update_fields=["days_to_pay"])
        details = {"scheme": scheme, "from": before, "to": days}
        record("fee.set_days", actor=actor, now=now, subject=schedule, details=details)
    return schedule


@transaction.atomic
def set_amount(
    *, scheme: str, office: Organisation, item: str, fen: int, basis: str, actor: Actor, now: datetime
) -> Amount:
    """Say how much a fee is whose document did not say it (R-321); bills already made stay as they are."""
    _require(actor, office)
    if not 0 < fen <= MOST_FEN:
        raise Refused("金额应大于 0 元，不超过 10000 元。", field="amount")
    if not basis.strip():
        raise Refused("请写明收费依据（文件名、文号）。", field="basis")
    schedule = _schedule(scheme, office)
    amount = Amount.objects.filter(schedule=schedule, item=item).first()
    before = amount.fen if amount else None
    amount = amount or Amount(schedule=schedule, item=item)
    amount.fen, amount.basis, amount.set_by_id, amount.set_at = fen, basis.strip(), actor.person_id, now
    amount.save()
    details = {"scheme": scheme, "item": item, "from": before, "to": fen, "basis": basis.strip()}
    record("fee.set_amount", actor=actor, now=now, subject=schedule, details=details)
    return amount


@transaction.atomic
def issue_bill(
    *,
    scheme: str,
    subject_id: int,
    heading: str,
    payer: Person,
    office: Organisation,
    lines: Sequence[Line],
    now: datetime,
) -> Bill:
    """Ask one person for the fees of one subject: the same again gives the same bill.

    1. the bill with its lines and its end; 2. the log; 3. the message; 4. the order, by a job.
    """
    existing = Bill.objects.filter(subject_id=subject_id).first()
    if existing is not None:
        return existing
    if not lines or any(line.fen is None for line in lines):
        raise Refused("收费金额还没有确定，请先在“收费标准”里填写金额。")
    days = queries.days_to_pay(scheme)
    bill = Bill.objects.create(
        number=f"F{now.astimezone(BEIJING):%Y%m%d}{subject_id:07d}",
        scheme=scheme,
        subject_id=subject_id,
        heading=heading[:200],
        payer=payer,
        office=office,
        fen=sum(line.fen or 0 for line in lines),
        issued_at=now,
        due_at=due_after(now, days, working_calendar()),
    )
    BillLine.objects.bulk_create(
        BillLine(bill=bill, position=at, item=each.item, name=each.name, fen=each.fen, basis=each.basis)
        for at, each in enumerate(lines, start=1)
    )
    details = {"fen": bill.fen, "items": [line.item for line in lines], "due_at": bill.due_at.isoformat()}
    record("bill.issue", actor=SYSTEM, now=now, subject=bill, to_state=bill.state, details=details)
    told = context_of(bill) | {"lines": "，".join(f"{each.name} {yuan(each.fen or 0)} 元" for each in lines)}
    tell(person=payer, kind=messages.BILLED, context=told, now=now)
    enqueue("fees.place_order", key=f"order-{bill.order}", bill_id=bill.pk)
    return bill


@transaction.atomic
def waive_bill(*, bill: Bill, reason: str, version: int, actor: Actor, now: datetime) -> None:
    """Let an open bill go, with a reason that the person reads and the log keeps; nobody can pay it any more."""
    if not reason.strip():
        raise Refused("请写明减免的原因和依据。", field="reason")
    Bill.objects.filter(pk=bill.pk).update(waived_by_id=actor.person_id, waiver_reason=reason.strip())
    move(bill, transitions.WAIVE, actor=actor, now=now, version=version, note=reason.strip())
    tell(
        person=bill.payer_id,
        kind=messages.WAIVED,
        context=context_of(bill) | {"reason": reason.strip()},
        now=now,
    )
    enqueue("fees.close_order", key=f"close-{bill.order}-waived", bill_id=bill.pk)


@transaction.atomic
def cancel_bill(*, bill: Bill, now: datetime) -> None:
    """What it was asked for has ended: nobody owes it any more, and nobody can pay it."""
    move(bill, transitions.CANCEL, actor=SYSTEM, now=now)
    enqueue("fees.close_order", key=f"close-{bill.order}-cancelled", bill_id=bill.pk)


@transaction.atomic
def warn_bill(*, bill: Bill, now: datetime) -> None:
    """Tell the payer that the end is near; whoever is told later than a day before gets a whole day."""
    if not Bill.objects.filter(pk=bill.pk, state=BillState.OPEN, warned_at=None).update(warned_at=now):
        return
    bill.warned_at = now
    if bill.due_at < now + queries.WARNING:
        extend_bill(bill=bill, due_at=now + queries.WARNING, now=now)
        return
    tell(person=bill.payer_id, kind=messages.WARNED, context=context_of(bill), now=now)


@transaction.atomic
def extend_bill(*, bill: Bill, due_at: datetime, now: datetime) -> None:
    """More time because ours or the platform's fault took some; a new order follows, since the old one ends by itself."""
    before, bill.due_at = bill.due_at, due_at
    if bill.placed_at is not None:
        bill.attempt, bill.placed_at, bill.pay_url = bill.attempt + 1, None, ""
    bill.save(update_fields=["due_at", "attempt", "placed_at", "pay_url"])
    details = {"from": before.isoformat(), "to": due_at.isoformat()}
    record("bill.extend", actor=SYSTEM, now=now, subject=bill, details=details)
    tell(person=bill.payer_id, kind=messages.EXTENDED, context=context_of(bill), now=now)
    enqueue("fees.place_order", key=f"order-{bill.order}", bill_id=bill.pk)


@transaction.atomic
def lapse_bill(*, bill: Bill, now: datetime) -> None:
    """Nobody paid in time, and the payment platform has said so: given up (R-324)."""
    if now < bill.due_at or bill.warned_at is None:
        raise Refused("缴费期限还没有到，或者还没有提醒过。")
    move(bill, transitions.LAPSE, actor=SYSTEM, now=now, details={"due_at": bill.due_at.isoformat()})
    tell(person=bill.payer_id, kind=messages.LAPSED, context=context_of(bill), now=now)


def context_of(bill: Bill) -> dict[str, Any]:
    """What every message about a bill may name."""
    return {
        "bill": bill.pk,
        "heading": bill.heading,
        "amount": yuan(bill.fen),
        "until": end_words(bill.due_at),
    }


def end_words(moment: datetime) -> str:
    """The end in words: midnight belongs to the day that ends (C-39)."""
    local = moment.astimezone(BEIJING)
    if (local.hour, local.minute) == (0, 0):
        return f"{local.date().fromordinal(local.toordinal() - 1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def _schedule(scheme: str, office: Organisation) -> Schedule:
    schedule, _ = Schedule.objects.get_or_create(scheme=scheme, defaults={"office": office})
    if schedule.office_id != office.pk:
        raise Forbidden("fee.schedule")
    return schedule


def _require(actor: Actor, office: Organisation) -> None:
    if not access.can_keep_fees(actor, office.pk):
        raise Forbidden("fee.schedule")
