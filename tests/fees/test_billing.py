"""What is asked of whom, until when, and how it is let go (R-320, R-321, R-323, R-324, R-326, C-55, C-56)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.fees import RECOMMENDATION, REVIEW, make_bill
from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.auditlog.queries import history_of
from zhiping.fees.amount import Line, lines_of
from zhiping.fees.models import Bill
from zhiping.fees.operations import lapse_bill, set_amount, set_days_to_pay, waive_bill, warn_bill
from zhiping.fees.queries import amounts_of, visible_to
from zhiping.fees.states import BillState
from zhiping.fees.tasks import warn
from zhiping.jobs.models import Job
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import BEIJING, end_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def told(person) -> list[str]:
    return list(Message.objects.filter(person=person).order_by("pk").values_list("key", flat=True))


def test_a_bill_names_amount_and_last_moment_and_queues_its_order(now):
    """R-323, R-324: message, amount, time to pay; Monday + 5 working days is the next Monday, until 24:00."""
    bill = make_bill(now)

    assert (bill.fen, bill.due_at) == (26000, end_of(date(2026, 3, 9)))
    assert [(line.name, line.fen) for line in bill.lines.all()] == [("中级评审费", 18000), ("推荐费", 8000)]
    message = Message.objects.get(person=bill.payer)
    assert "260.00 元" in message.title
    assert "2026-03-09 24:00" in message.title
    assert list(Job.objects.values_list("kind", flat=True)) == ["fees.place_order"]
    assert [entry.verb for entry in history_of(bill)] == ["bill.issue"]


def test_asking_the_same_subject_twice_gives_one_bill(now):
    bill = make_bill(now)
    again = bill.__class__.objects.get(pk=bill.pk)

    from zhiping.fees.operations import issue_bill

    same = issue_bill(
        scheme="plan:1",
        subject_id=bill.subject_id,
        heading="另一个",
        payer=bill.payer,
        office=bill.office,
        lines=[REVIEW],
        now=now,
    )

    assert (same.pk, same.fen) == (again.pk, 26000)
    assert Message.objects.count() == 1


def test_no_bill_without_amounts(now):
    """R-321: amount empty → the payment step cannot be activated."""
    with pytest.raises(Refused, match="金额还没有确定"):
        make_bill(now, lines=(Line("review", "推荐评审费", None, "浙价费〔2002〕229号"),))

    assert Bill.objects.count() == 0


def test_an_amount_that_an_office_set_fills_the_gap_of_its_scheme_only(now):
    """R-321: amount entered 150 → order of 150. C-56: amounts are never shared between plans."""
    office = make_organisation(kind=OrganisationKind.COMMITTEE_OFFICE)
    clerk = staff_actor(office, Role.COMMITTEE_OFFICE)
    set_amount(
        scheme="plan:7",
        office=office,
        item="review",
        fen=15000,
        basis="浙价费〔2002〕229号",
        actor=clerk,
        now=now,
    )
    fees = [{"id": "review", "name": "推荐评审费", "state": "needed", "basis": "浙价费〔2002〕229号"}]

    assert [line.fen for line in lines_of(fees, amounts_of("plan:7"))] == [15000]
    assert [line.fen for line in lines_of(fees, amounts_of("plan:8"))] == [None]


def test_a_fee_that_depends_on_an_unknown_fact_is_not_charged():
    """C-55: 80 only where a lower committee recommends; nothing is charged on a guess."""
    fees = [
        {"id": "a", "name": "中级评审费", "amount": 180, "state": "needed"},
        {"id": "b", "name": "推荐费", "amount": 80, "state": "depends"},
        {"id": "c", "name": "初级评审费", "amount": 100, "state": "not_needed"},
    ]

    assert [(line.item, line.fen) for line in lines_of(fees, {})] == [("a", 18000)]


def test_the_office_sets_the_days_and_only_its_own(now):
    office = make_organisation(kind=OrganisationKind.COMMITTEE_OFFICE)
    clerk = staff_actor(office, Role.COMMITTEE_OFFICE)
    set_days_to_pay(scheme="plan:1", office=office, days=3, actor=clerk, now=now)

    assert make_bill(now, office=office).due_at == end_of(date(2026, 3, 5))
    with pytest.raises(Refused, match="工作日"):
        set_days_to_pay(scheme="plan:1", office=office, days=1, actor=clerk, now=now)
    other = make_organisation("别的办公室", kind=OrganisationKind.COMMITTEE_OFFICE)
    with pytest.raises(Forbidden):
        set_days_to_pay(scheme="plan:1", office=office, days=9, actor=staff_actor(other), now=now)
    with pytest.raises(Forbidden):
        set_days_to_pay(
            scheme="plan:1", office=other, days=9, actor=staff_actor(other, Role.COMMITTEE_OFFICE), now=now
        )


def test_a_waiver_has_a_reason_and_a_person(now):
    bill = make_bill(now)
    clerk = staff_actor(bill.office, Role.COMMITTEE_OFFICE)

    with pytest.raises(Refused, match="原因"):
        waive_bill(bill=bill, reason=" ", version=1, actor=clerk, now=now)
    waive_bill(bill=bill, reason="低保家庭，经办公室研究同意", version=1, actor=clerk, now=now)

    bill.refresh_from_db()
    assert (bill.state, bill.waived_by_id) == (BillState.WAIVED, clerk.person_id)
    assert history_of(bill).last().note == "低保家庭，经办公室研究同意"
    assert told(bill.payer)[-1] == "fee.waived"


def test_nobody_waives_their_own_bill_or_another_offices(now):
    person = make_person()
    bill = make_bill(now, payer=person)
    own = staff_actor(bill.office, Role.COMMITTEE_OFFICE, person=person)
    other = staff_actor(
        make_organisation("邻居办公室", kind=OrganisationKind.COMMITTEE_OFFICE), Role.COMMITTEE_OFFICE
    )

    for actor in (own, other, applicant_actor(person)):
        with pytest.raises(Forbidden):
            waive_bill(bill=bill, reason="自己减免", version=1, actor=actor, now=now)


def test_the_warning_comes_a_day_before_and_once(now):
    bill = make_bill(now)

    warn(bill.due_at - timedelta(hours=30) - SECOND)
    assert "fee.warned" not in told(bill.payer)
    warn(bill.due_at - timedelta(hours=30) + 5 * SECOND)
    warn(bill.due_at - timedelta(hours=5))

    assert told(bill.payer).count("fee.warned") == 1
    assert Bill.objects.get().due_at == bill.due_at


def test_whoever_is_warned_late_gets_a_whole_day(now):
    """The worker stood still over the warning: the end moves, the person is told, a new order follows."""
    bill = make_bill(now)
    Bill.objects.filter(pk=bill.pk).update(placed_at=now, pay_url="http://pay")
    bill.refresh_from_db()
    late = bill.due_at - timedelta(hours=2)

    warn_bill(bill=bill, now=late)

    bill.refresh_from_db()
    assert bill.due_at == late + timedelta(days=1)
    assert (bill.attempt, bill.placed_at, bill.pay_url) == (2, None, "")
    assert told(bill.payer)[-1] == "fee.extended"


def test_nothing_lapses_before_its_end_or_without_a_warning(now):
    bill = make_bill(now)
    after = bill.due_at + SECOND

    with pytest.raises(Refused):
        lapse_bill(bill=bill, now=after)
    warn_bill(bill=bill, now=bill.due_at - timedelta(days=1))
    with pytest.raises(Refused):
        lapse_bill(bill=bill, now=bill.due_at - SECOND)
    lapse_bill(bill=bill, now=after)

    assert bill.state == BillState.LAPSED


def test_scope_of_bills(now):
    """One's own; the office's, without the clerk's own; nobody else's."""
    person = make_person()
    bill, other = make_bill(now, payer=person), make_bill(now)
    office = staff_actor(bill.office, Role.COMMITTEE_OFFICE)

    assert list(visible_to(applicant_actor(person))) == [bill]
    assert list(visible_to(office)) == [bill]
    assert list(visible_to(staff_actor(bill.office, Role.COMMITTEE_OFFICE, person=person))) == []
    assert list(visible_to(staff_actor(bill.office, Role.EMPLOYER_CLERK))) == []
    assert other.pk not in visible_to(office).values_list("pk", flat=True)


@pytest.mark.parametrize(
    "values",
    [{"fen": 0}, {"state": "paid"}, {"state": "waived"}, {"due_at": datetime(2020, 1, 1, tzinfo=BEIJING)}],
)
def test_the_table_refuses_bills_that_cannot_be(now, values):
    bill = make_bill(now, lines=(RECOMMENDATION,))

    with pytest.raises(IntegrityError), transaction.atomic():
        Bill.objects.filter(pk=bill.pk).update(**values)
