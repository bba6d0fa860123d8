"""The office's money: schedule, bills, waivers, refunds by two persons, the daily account (R-320, R-321, R-377)."""

import pytest
from django.urls import reverse

from tests.factories.fees import make_bill, payment_told
from tests.factories.people import make_membership, make_organisation, make_user
from tests.factories.plans import make_plan
from zhiping.fees.models import Amount, Bill, Refund, Schedule
from zhiping.fees.operations import reconcile_day, take_notice
from zhiping.fees.states import BillState, RefundState
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import beijing_day
from zhiping.organisations.states import OrganisationKind
from zhiping.web.acting import MEMBERSHIP_KEY

pytestmark = pytest.mark.django_db


def sit_down(client, office, name="办公室甲"):
    """Sign in as another member of the office's staff."""
    membership = make_membership(make_user(name=name), office, Role.COMMITTEE_OFFICE)
    client.force_login(membership.user)
    session = client.session
    session[MEMBERSHIP_KEY] = membership.pk
    session.save()
    return membership


@pytest.fixture
def office():
    return make_organisation("示例办公室", kind=OrganisationKind.COMMITTEE_OFFICE)


@pytest.fixture
def clerk(client, office, now, at):
    at(now)
    return sit_down(client, office)


def url(name, *args) -> str:
    return reverse(f"committee:fees:{name}", args=args)


def test_the_schedule_shows_the_notices_fees_and_takes_days(client, clerk, office):
    plan = make_plan(office=office)

    html = client.get(url("schedule", plan.slug)).content.decode()
    assert "评审费" in html
    assert "180.00 元" in html
    assert client.post(url("schedule", plan.slug), {"days": "1"}).status_code == 422
    client.post(url("schedule", plan.slug), {"days": "7"})

    assert Schedule.objects.get().days_to_pay == 7
    assert plan.name in client.get(url("index")).content.decode()


def test_an_amount_that_the_notice_names_cannot_be_changed(client, clerk, office):
    """R-321 is about open amounts only; 180 stands in the document."""
    plan = make_plan(office=office)

    assert client.get(url("amount", plan.slug, "review")).status_code == 404
    assert client.post(url("amount", plan.slug, "review"), {"amount": "1", "basis": "x"}).status_code == 404
    assert Amount.objects.count() == 0


def test_another_offices_plan_bill_and_account_do_not_exist(client, clerk, now):
    other = make_organisation("别的办公室", kind=OrganisationKind.COMMITTEE_OFFICE)
    plan, bill = make_plan(office=other), make_bill(now, office=other)
    take_notice(told=payment_told(bill, now), body="{}", now=now)
    day = beijing_day(now)
    account = reconcile_day(
        office=other, day=day, file="kind,transaction,order,amount,at\ntotal,0,,0,\n", now=now
    )
    payment = bill.payments.get()

    for address in (
        url("schedule", plan.slug),
        url("bill", bill.pk),
        url("refund", payment.pk),
        url("account", account.pk),
        url("resolve", account.differences.get().pk),
    ):
        assert client.get(address).status_code == 404
    assert client.post(url("waive", bill.pk), {"reason": "x"}).status_code == 404
    assert bill.number not in client.get(url("bills")).content.decode()


def test_bills_are_found_by_name_and_state(client, clerk, office, now):
    bill = make_bill(now, office=office)

    assert bill.number in client.get(url("bills"), {"q": bill.payer.name, "state": "open"}).content.decode()
    assert bill.number not in client.get(url("bills"), {"state": "paid"}).content.decode()
    assert bill.number not in client.get(url("bills"), {"q": "别人"}).content.decode()


def test_a_bill_is_waived_with_a_reason_and_the_version_seen(client, clerk, office, now):
    bill = make_bill(now, office=office)

    assert client.post(url("waive", bill.pk), {"reason": "", "version": "1"}).status_code == 409
    assert client.post(url("waive", bill.pk), {"reason": "低保", "version": "9"}).status_code == 409
    client.post(url("waive", bill.pk), {"reason": "低保", "version": "1"})

    assert Bill.objects.get().state == BillState.WAIVED
    assert "低保" in client.get(url("bill", bill.pk)).content.decode()


def test_a_refund_is_asked_for_by_one_and_approved_by_another(client, clerk, office, now):
    bill = make_bill(now, office=office)
    for transaction in ("T1", "T2"):
        take_notice(told=payment_told(bill, now, transaction=transaction), body="{}", now=now)
    refund = Refund.objects.get()  # the platform itself asked: paid twice
    assert "系统" in client.get(url("refunds")).content.decode()
    client.post(url("decide", refund.pk), {"opinion": "同意", "version": str(refund.version)})
    assert Refund.objects.get().state == RefundState.APPROVED


def test_who_asked_sees_no_button_and_cannot_decide(client, clerk, office, now):
    bill = make_bill(now, office=office)
    for transaction in ("T1", "T2"):
        take_notice(told=payment_told(bill, now, transaction=transaction), body="{}", now=now)
    Refund.objects.update(requested_by=clerk.user.person)
    refund = Refund.objects.get()

    assert "不能由您审批" in client.get(url("decide", refund.pk)).content.decode()
    answer = client.post(url("decide", refund.pk), {"opinion": "同意", "version": str(refund.version)})
    assert answer.status_code == 422
    sit_down(client, office, "办公室乙")
    client.post(
        url("decide", refund.pk), {"refuse": "1", "opinion": "再核对", "version": str(refund.version)}
    )
    assert Refund.objects.get().state == RefundState.REFUSED


def test_a_days_difference_is_shown_and_explained(client, clerk, office, now):
    bill = make_bill(now, office=office)
    take_notice(told=payment_told(bill, now), body="{}", now=now)
    empty = "kind,transaction,order,amount,at\ntotal,0,,0,\n"
    account = reconcile_day(office=office, day=beijing_day(now), file=empty, now=now)
    difference = account.differences.get()

    assert "有差异待处理" in client.get(url("accounts")).content.decode()
    assert "-260.00 元" in client.get(url("account", account.pk)).content.decode()
    assert client.post(url("resolve", difference.pk), {"resolution": ""}).status_code == 422
    client.post(url("resolve", difference.pk), {"resolution": "平台次日补列，已核对"})

    assert "已对平" in client.get(url("accounts")).content.decode()


@pytest.mark.parametrize(("name", "most"), [("index", 8), ("bills", 6), ("refunds", 7), ("accounts", 6)])
def test_lists_cost_the_same_for_one_and_three(
    client, clerk, office, now, name, most, django_assert_max_num_queries
):
    def fill():
        bill = make_bill(now, office=office)
        for transaction in (f"a{bill.pk}", f"b{bill.pk}"):
            take_notice(told=payment_told(bill, now, transaction=transaction), body="{}", now=now)
        make_plan(office=office)

    client.get(url(name))  # the session notes its first use
    for _ in range(3):
        fill()
        with django_assert_max_num_queries(most):
            assert client.get(url(name)).status_code == 200
