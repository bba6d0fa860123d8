"""Questions about bills, refunds and accounts."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from zhiping.fees.models import Amount, Bill, Payment, Reconciliation, Refund, Schedule
from zhiping.fees.states import LIVE_REFUNDS, BillState, RefundState
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor, Role

ASK_EVERY = timedelta(hours=1)  # an open order of which nothing was heard
WARNING = timedelta(days=1)  # whoever gives up had at least so long after being warned
WARN_BEFORE = timedelta(hours=30)  # 18:00 of the day before the last day


def visible_to(actor: Actor) -> QuerySet[Bill]:
    """One's own bills; the office's. Nobody sees their own bill from the office's side."""
    rows = Bill.objects.select_related("payer", "office")
    if actor.role is Role.APPLICANT:
        return rows.filter(payer_id=actor.person_id or 0)
    if actor.role is not Role.COMMITTEE_OFFICE:
        return rows.none()
    rows = rows.filter(office_id=actor.organisation_id or 0)
    return rows.exclude(payer_id=actor.person_id) if actor.person_id is not None else rows


def refunds_visible_to(actor: Actor) -> QuerySet[Refund]:
    """Refunds of the bills one may see."""
    rows = Refund.objects.select_related("payment__bill__payer", "requested_by", "decided_by")
    return rows.filter(payment__bill__in=visible_to(actor))


def accounts_visible_to(actor: Actor) -> QuerySet[Reconciliation]:
    """The office's own days."""
    rows = Reconciliation.objects.select_related("office")
    if actor.role is not Role.COMMITTEE_OFFICE:
        return rows.none()
    return rows.filter(office_id=actor.organisation_id or 0)


def amounts_of(scheme: str) -> dict[str, int]:
    """What an office set for fees whose document left the amount open, in fen by item."""
    return dict(Amount.objects.filter(schedule__scheme=scheme).values_list("item", "fen"))


def days_to_pay(scheme: str) -> int:
    """Working days; the default until the office says otherwise."""
    found = Schedule.objects.filter(scheme=scheme).values_list("days_to_pay", flat=True).first()
    return found or Schedule._meta.get_field("days_to_pay").default


def bill_of(subject_id: int) -> Bill | None:
    return Bill.objects.filter(subject_id=subject_id).first()


def settled_among(subjects: QuerySet, states: Iterable[str]) -> QuerySet[Bill]:
    """Bills of these subjects (a query of keys) in one of the states."""
    return Bill.objects.filter(subject_id__in=subjects, state__in=sorted(states))


def to_place() -> QuerySet[Bill]:
    """Open bills whose order the payment platform has not taken yet."""
    return Bill.objects.filter(state=BillState.OPEN, placed_at=None).order_by("due_at", "pk")


def to_warn(now: datetime) -> QuerySet[Bill]:
    soon = Bill.objects.filter(state=BillState.OPEN, warned_at=None, due_at__lte=now + WARN_BEFORE)
    return soon.order_by("due_at", "pk")


def to_end(now: datetime) -> QuerySet[Bill]:
    """Open bills whose time is over: the platform is asked to close the order before anything is decided."""
    return Bill.objects.filter(state=BillState.OPEN, due_at__lte=now).order_by("due_at", "pk")


def to_ask(now: datetime) -> QuerySet[Bill]:
    """Open orders of which nothing was heard for a while."""
    rows = Bill.objects.filter(state=BillState.OPEN, placed_at__lte=now - ASK_EVERY, due_at__gt=now)
    return rows.exclude(asked_at__gt=now - ASK_EVERY).order_by("asked_at", "pk")


def to_refund() -> QuerySet[Refund]:
    return Refund.objects.filter(state=RefundState.APPROVED).order_by("decided_at", "pk")


def counting_payment(bill: Bill) -> Payment | None:
    """The payment by which the bill is paid."""
    return bill.payments.filter(counts=True).first()


def surplus_payments() -> QuerySet[Payment]:
    """Payments that count for nothing and for which nobody has asked a refund."""
    return Payment.objects.filter(counts=False).exclude(refunds__state__in=sorted(LIVE_REFUNDS))


def ledger_of(office_id: int, day: date) -> dict[str, tuple[str, int]]:
    """What we booked for an office on one day: order and fen by transaction; refunds are negative."""
    begins, ends = clock.start_of(day), clock.end_of(day)
    paid = Payment.objects.filter(bill__office_id=office_id, paid_at__gte=begins, paid_at__lt=ends)
    given = Refund.objects.filter(
        payment__bill__office_id=office_id,
        state=RefundState.DONE,
        refunded_at__gte=begins,
        refunded_at__lt=ends,
    )
    found = {each.transaction: (each.bill.number, each.fen) for each in paid.select_related("bill")}
    for each in given.select_related("payment__bill"):
        found[each.number] = (each.payment.bill.number, -each.fen)
    return found


def days_to_account(office_ids: Iterable[int], today: date, back: int) -> list[tuple[int, date]]:
    """Office and day of the last days that were not compared yet."""
    days = [today - timedelta(days=ago) for ago in range(back, 0, -1)]
    offices = sorted(office_ids)
    done = set(
        Reconciliation.objects.filter(office_id__in=offices, day__in=days).values_list("office_id", "day")
    )
    return [(office, day) for day in days for office in offices if (office, day) not in done]


def offices_with_bills(since: datetime) -> list[int]:
    """Offices that asked for money lately."""
    rows = Bill.objects.filter(due_at__gte=since)
    return sorted(set(rows.values_list("office_id", flat=True)))


def with_open_differences(rows: QuerySet[Reconciliation]) -> QuerySet[Reconciliation]:
    """Each day with the number of its differences that nobody has explained yet (`open_count`)."""
    return rows.annotate(open_count=Count("differences", filter=Q(differences__resolved_at=None)))


def bills_by_state(actor: Actor) -> list[tuple[str, str, int]]:
    """State, its label and the number of bills, for those one may see."""
    rows = visible_to(actor).order_by().values_list("state").annotate(number=Count("pk"))
    found = dict(rows)
    return [(state.value, state.label, found[state]) for state in BillState if found.get(state)]
