"""The electronic invoice: payer, amount, items; one number for ever (R-025, R-316, R-325)."""

from datetime import timedelta

import pytest

from tests.documents.paper import page_texts
from tests.factories.fees import make_bill, payment_told
from zhiping.fees.models import Bill, Invoice
from zhiping.fees.operations import take_notice
from zhiping.fees.tasks import print_invoice
from zhiping.jobs.queue import run_due

pytestmark = pytest.mark.django_db


def test_a_paid_bill_has_one_invoice_with_two_lines(now, at):
    """R-316: order of 180 + 80 → total 260 with 2 lines; reprint gives the same number and bytes."""
    at(now)
    bill = make_bill(now)
    take_notice(told=payment_told(bill, now), body="{}", now=now)
    run_due()
    first = Invoice.objects.get()

    print_invoice(bill_id=bill.pk)
    again = Invoice.objects.get()

    with first.file.open() as made:
        text = page_texts(made.read())[0]
    for words in (
        "中级评审费",
        "180.00",
        "推荐费",
        "80.00",
        "260.00",
        "贰佰陆拾元整",
        bill.payer.name,
        first.number,
    ):
        assert words in text
    assert (first.number, first.sha256) == (again.number, again.sha256)


def test_an_unpaid_bill_has_none(now, at):
    at(now + timedelta(days=1))
    bill = make_bill(now)
    print_invoice(bill_id=bill.pk)

    assert Invoice.objects.count() == 0
    assert Bill.objects.get().state == "open"
