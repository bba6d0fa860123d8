"""Time and the outside: orders, warnings, deadlines, refunds, invoices, the daily account.

Periodic tasks only queue: no call to the payment platform is made while a transaction is open. A call that brings
nothing leaves its reason on the bill and is queued again by the next minute's tick.
"""

from datetime import date, datetime, timedelta

from django.conf import settings

from zhiping.fees import queries
from zhiping.fees.models import Bill, Refund
from zhiping.fees.operations import accounting, billing, invoicing, ordering
from zhiping.fees.operations.paying import collector_of
from zhiping.fees.states import BillState
from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.payment import payment_gateway
from zhiping.jobs.queue import enqueue, periodic, task
from zhiping.kernel import clock
from zhiping.kernel.clock import beijing_day
from zhiping.organisations.models import Organisation

AT_ONCE = 20  # a tick; the rest follow on the next
DAYS_BACK = 7  # days that are compared again after an outage


@periodic("fees.warn")
def warn(now: datetime) -> None:
    """A day before the end, once."""
    for bill in queries.to_warn(now)[:AT_ONCE]:
        billing.warn_bill(bill=bill, now=now)


@periodic("fees.follow_orders")
def follow_orders(now: datetime) -> None:
    """Queue what has to be said to, or heard from, the payment platform; each thing at most once a minute."""
    if payment_gateway() is None:
        return
    minute = f"{now:%Y%m%d%H%M}"
    for bill in queries.to_place()[:AT_ONCE]:
        enqueue("fees.place_order", key=f"order-{bill.order}-{minute}", bill_id=bill.pk)
    for bill in queries.to_end(now).exclude(placed_at=None)[:AT_ONCE]:
        enqueue("fees.close_order", key=f"close-{bill.order}-{minute}", bill_id=bill.pk)
    for bill in queries.to_ask(now)[:AT_ONCE]:
        enqueue("fees.ask_order", key=f"ask-{bill.order}-{minute}", bill_id=bill.pk)
    for refund in queries.to_refund()[:AT_ONCE]:
        enqueue("fees.pay_back", key=f"pay-back-{refund.pk}-{minute}", refund_id=refund.pk)


@periodic("fees.reconcile")
def reconcile(now: datetime) -> None:
    """Queue yesterday's account of every office that asks for money, and the days that an outage left out."""
    if payment_gateway() is None:
        return
    since = now - timedelta(days=30)
    offices = queries.offices_with_bills(since)
    for office, day in queries.days_to_account(offices, beijing_day(now), DAYS_BACK)[:AT_ONCE]:
        key = f"account-{office}-{day}-{now:%Y%m%d%H}"
        enqueue("fees.reconcile_day", key=key, office_id=office, day=day.isoformat())


@task("fees.place_order")
def place_order(*, bill_id: int) -> None:
    gateway = payment_gateway()
    bill = Bill.objects.select_related("payer", "office").get(pk=bill_id)
    if gateway is not None:
        ordering.place_order(bill=bill, gateway=gateway, now=clock.now())


@task("fees.ask_order")
def ask_order(*, bill_id: int) -> None:
    gateway, bill = payment_gateway(), Bill.objects.get(pk=bill_id)
    if gateway is not None and bill.state == BillState.OPEN and bill.placed_at is not None:
        ordering.ask_order(bill=bill, gateway=gateway, now=clock.now())


@task("fees.close_order")
def close_order(*, bill_id: int) -> None:
    gateway, bill = payment_gateway(), Bill.objects.get(pk=bill_id)
    now = clock.now()
    is_let_go = bill.state in (BillState.WAIVED, BillState.CANCELLED)
    is_wanted = is_let_go or (bill.state == BillState.OPEN and bill.due_at <= now)
    if gateway is not None and bill.placed_at is not None and is_wanted:
        ordering.close_order(bill=bill, gateway=gateway, now=now)


@task("fees.pay_back")
def pay_back(*, refund_id: int) -> None:
    gateway = payment_gateway()
    refund = Refund.objects.select_related("payment__bill").get(pk=refund_id)
    if gateway is not None:
        ordering.pay_back(refund=refund, gateway=gateway, now=clock.now())


@task("fees.reconcile_day")
def reconcile_day(*, office_id: int, day: str) -> None:
    """Fetch one day's file and compare; a file that cannot be had or believed is asked for again in the next hour."""
    gateway, office = payment_gateway(), Organisation.objects.get(pk=office_id)
    if gateway is None:
        return
    try:
        file = gateway.daily_file(collector_of(office.pk), date.fromisoformat(day))
        accounting.account_lines(file)
    except (Unreachable, Wrong):
        return
    accounting.reconcile_day(office=office, day=date.fromisoformat(day), file=file, now=clock.now())


@task("fees.print_invoice")
def print_invoice(*, bill_id: int) -> None:
    """Print the invoice of a paid bill; the same again if the job repeats."""
    from zhiping.fees import invoice  # late: only the worker needs the printer

    bill = Bill.objects.select_related("payer", "office").get(pk=bill_id)
    if bill.state == BillState.PAID:
        invoicing.keep_invoice(bill=bill, pdf=invoice.as_pdf(bill, settings.PUBLIC_URL), now=clock.now())
