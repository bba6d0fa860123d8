"""The daily account balances to zero or says why (R-377; reliability §4.4)."""

from datetime import timedelta

import pytest

from tests.factories.fees import make_bill, payment_told
from tests.factories.people import make_organisation, staff_actor
from zhiping.fees.models import Bill, Difference, Payment, Reconciliation, Refund
from zhiping.fees.operations import (
    approve_refund,
    reconcile_day,
    request_refund,
    resolve_difference,
    take_notice,
)
from zhiping.fees.queries import accounts_visible_to, days_to_account, with_open_differences
from zhiping.fees.states import BillState, DifferenceKind, RefundState
from zhiping.gateways.http import Wrong
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db


def file_of(*lines: tuple[str, str, str, int, str]) -> str:
    """A file as the platform writes it."""
    rows = [",".join(map(str, line)) for line in lines]
    total = f"total,{len(lines)},,{sum(line[3] for line in lines)},"
    return "\n".join(["kind,transaction,order,amount,at", *rows, total]) + "\n"


def line_of(bill, now, transaction: str = "", fen: int | None = None):
    return (
        "paid",
        transaction or f"T{bill.pk}",
        bill.order,
        fen if fen is not None else bill.fen,
        now.isoformat(),
    )


def paid_bill(now, office):
    bill = make_bill(now, office=office)
    take_notice(told=payment_told(bill, now), body="{}", now=now)
    return bill


@pytest.fixture
def office(db):
    return make_organisation(kind=OrganisationKind.COMMITTEE_OFFICE)


def account(office, now, *lines) -> Reconciliation:
    return reconcile_day(office=office, day=beijing_day(now), file=file_of(*lines), now=now)


def test_a_day_on_which_both_agree_balances(now, office):
    bills = [paid_bill(now, office) for _ in range(3)]
    paid_bill(now, make_organisation("别的办公室", kind=OrganisationKind.COMMITTEE_OFFICE))

    found = account(office, now, *[line_of(bill, now) for bill in bills])

    assert (found.gap_fen, found.count, found.differences.count()) == (0, 3, 0)


def test_repeated_and_shuffled_lines_count_once(now, office):
    bills = [paid_bill(now, office) for _ in range(2)]
    lines = [line_of(bill, now) for bill in bills]

    found = account(office, now, *reversed(lines), *lines)

    assert (found.gap_fen, found.count, found.differences.count()) == (0, 2, 0)


def test_a_payment_whose_notice_was_lost_is_booked_from_the_file(now, office):
    bill = make_bill(now, office=office)

    found = account(office, now, line_of(bill, now))

    assert (found.gap_fen, Bill.objects.get().state) == (0, BillState.PAID)
    difference = found.differences.get()
    assert (difference.kind, bool(difference.resolved_at)) == (DifferenceKind.MISSING_HERE, True)
    assert Payment.objects.get().source == "file"


def test_what_does_not_fit_is_listed_for_a_person_and_told_to_the_office(now, office):
    clerk = staff_actor(office, Role.COMMITTEE_OFFICE)
    less, ours_only = make_bill(now, office=office), paid_bill(now, office)

    found = account(
        office, now, line_of(less, now, fen=less.fen - 100), ("paid", "T-x", "F0-1", 500, now.isoformat())
    )

    kinds = dict(found.differences.values_list("transaction", "kind"))
    assert kinds == {
        f"T{less.pk}": DifferenceKind.MISSING_HERE,
        "T-x": DifferenceKind.UNKNOWN_BILL,
        f"T{ours_only.pk}": DifferenceKind.MISSING_THERE,
    }
    assert found.gap_fen == (less.fen - 100) + 500 - ours_only.fen
    assert Bill.objects.get(pk=less.pk).state == BillState.OPEN
    assert Message.objects.filter(person_id=clerk.person_id, key="account.differs").count() == 1


def test_another_amount_for_a_booked_transaction_is_a_difference(now, office):
    bill = paid_bill(now, office)

    found = account(office, now, line_of(bill, now, fen=bill.fen - 100))

    assert found.differences.get().kind == DifferenceKind.AMOUNT


def test_the_day_is_compared_once(now, office):
    first = account(office, now)

    assert account(office, now, ("paid", "T", "F0-1", 5, now.isoformat())) == first


def test_half_a_file_leaves_no_account(now, office):
    with pytest.raises(Wrong):
        reconcile_day(office=office, day=beijing_day(now), file=file_of()[:40], now=now)
    assert Reconciliation.objects.count() == 0


def test_a_refund_whose_answer_was_lost_is_finished_from_the_file(now, office):
    bill = paid_bill(now, office)
    first, second = (staff_actor(office, Role.COMMITTEE_OFFICE) for _ in range(2))
    refund = request_refund(payment=bill.payments.get(), reason="退", actor=first, now=now)
    approve_refund(refund=refund, opinion="同意", version=1, actor=second, now=now)
    back = ("refunded", refund.number, bill.order, -bill.fen, now.isoformat())

    found = account(office, now, line_of(bill, now), back)

    assert Refund.objects.get().state == RefundState.DONE
    assert (found.theirs_fen, found.ours_fen) == (0, 0)


def test_a_difference_is_explained_once_by_the_office_with_words(now, office):
    found = account(office, now, ("paid", "T-x", "F0-1", 500, now.isoformat()))
    difference = Difference.objects.get()
    clerk = staff_actor(office, Role.COMMITTEE_OFFICE)
    stranger = staff_actor(
        make_organisation("邻居", kind=OrganisationKind.COMMITTEE_OFFICE), Role.COMMITTEE_OFFICE
    )

    with pytest.raises(Forbidden):
        resolve_difference(difference=difference, resolution="已查", actor=stranger, now=now)
    with pytest.raises(Refused):
        resolve_difference(difference=difference, resolution="  ", actor=clerk, now=now)
    resolve_difference(difference=difference, resolution="平台误记，已由平台冲正", actor=clerk, now=now)
    with pytest.raises(Refused, match="已经处理"):
        resolve_difference(difference=difference, resolution="再来", actor=clerk, now=now)

    assert with_open_differences(accounts_visible_to(clerk)).get(pk=found.pk).open_count == 0
    assert list(accounts_visible_to(stranger)) == []


def test_days_that_an_outage_left_out_are_asked_for_again(now, office):
    today = beijing_day(now)
    reconcile_day(office=office, day=today - timedelta(days=2), file=file_of(), now=now)

    assert days_to_account([office.pk], today, 3) == [
        (office.pk, today - timedelta(days=3)),
        (office.pk, today - timedelta(days=1)),
    ]
