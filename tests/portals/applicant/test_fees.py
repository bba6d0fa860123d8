"""The applicant's bills: pay, be told, ask, print the invoice (R-025, R-316, R-322…R-325, R-373)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.committees import make_application
from tests.factories.fees import make_bill, payment_told
from tests.factories.people import make_person, make_user
from tests.factories.plans import make_plan
from zhiping.applications.states import ApplicationState
from zhiping.fees.models import Bill, Refund
from zhiping.fees.operations import take_notice
from zhiping.fees.operations.refunding import finish_refund
from zhiping.fees.states import RefundState
from zhiping.jobs.models import Job
from zhiping.jobs.queue import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    found = make_person()
    client.force_login(make_user(found))
    return found


@pytest.fixture
def bill(person, now, at):
    at(now)
    found = make_bill(now, payer=person)
    Bill.objects.filter(pk=found.pk).update(pay_url="http://pay.example/p/1", placed_at=now)
    return Bill.objects.get(pk=found.pk)


def page(client, bill, **query) -> str:
    answer = client.get(reverse("applicant:fees:show", args=[bill.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_open_bill_shows_amount_end_code_and_way(client, bill):
    html = page(client, bill)

    for words in (
        "260.00 元",
        "2026 年 3 月 9 日（周一）24:00",
        "缴费二维码",
        "http://pay.example/p/1",
        "中级评审费",
    ):
        assert words in html
    assert "视作自动放弃" in html


def test_without_an_order_the_page_says_why_and_that_nobody_loses_time(client, bill):
    Bill.objects.update(pay_url="", placed_at=None, trouble="缴费平台没有应答，系统会自动再试。")

    html = page(client, bill)

    assert "缴费平台没有应答" in html
    assert "不会算您逾期" in html


def test_asking_is_done_by_the_worker_and_watched_for_five_seconds(client, bill, now, at):
    """Issue 3, faults: no call inside a request; the person waits five seconds at most and is told."""
    answer = client.post(reverse("applicant:fees:check", args=[bill.pk]))
    assert Job.objects.filter(kind="fees.ask_order").count() == 1

    assert "data-refresh" in client.get(answer.url).content.decode()
    at(now + timedelta(seconds=6))
    Bill.objects.update(trouble="缴费平台没有应答，系统会自动再试。")
    html = client.get(answer.url).content.decode()
    assert "data-refresh" not in html
    assert "如果已经付款，不会丢" in html
    Bill.objects.update(trouble="", asked_at=now + timedelta(seconds=7))
    assert "还没有收到付款" in client.get(answer.url).content.decode()


def test_after_the_end_the_page_says_that_it_is_being_checked(client, bill, at):
    at(bill.due_at + timedelta(seconds=1))

    html = page(client, bill)

    assert "按时付款的照常有效" in html
    assert "pay.example" not in html


def test_a_paid_bill_leads_to_its_invoice_and_an_unpaid_one_has_none(client, bill, now):
    """R-025: paid → invoice available; unpaid → link absent and 404."""
    address = reverse("applicant:fees:invoice", args=[bill.pk])
    assert address not in page(client, bill)
    assert client.get(address).status_code == 404

    take_notice(told=payment_told(bill, now), body="{}", now=now)
    run_due()

    assert address in page(client, bill)
    first, again = (b"".join(client.get(address).streaming_content) for _ in range(2))
    assert first[:5] == b"%PDF-"
    assert first == again


def test_the_invoice_of_money_given_back_is_void(client, bill, now):
    take_notice(told=payment_told(bill, now), body="{}", now=now)
    run_due()
    payment = bill.payments.get()
    refund = Refund.objects.create(
        payment=payment, fen=payment.fen, reason="退", requested_at=now, state=RefundState.APPROVED
    )
    finish_refund(refund=refund, refunded_at=now, now=now)

    assert client.get(reverse("applicant:fees:invoice", args=[bill.pk])).status_code == 404
    assert "已作废" in page(client, bill)


@pytest.mark.parametrize("name", ["show", "invoice"])
def test_another_persons_bill_does_not_exist(client, person, now, name):
    """Scope: 404 with data that could leak."""
    other = make_bill(now, payer=make_person("申报人乙"))

    assert client.get(reverse(f"applicant:fees:{name}", args=[other.pk])).status_code == 404
    assert client.post(reverse("applicant:fees:check", args=[other.pk])).status_code == 404
    assert other.number not in client.get(reverse("applicant:fees:index")).content.decode()


def test_the_list_costs_the_same_for_one_and_three(client, person, now, django_assert_num_queries):
    make_bill(now, payer=person)
    client.get(reverse("applicant:fees:index"))  # the session's first use is written down
    with django_assert_num_queries(3):
        client.get(reverse("applicant:fees:index"))
    for _ in range(2):
        make_bill(now, payer=person)
    with django_assert_num_queries(3):
        client.get(reverse("applicant:fees:index"))


def test_the_application_leads_to_its_bill(client, person, now, at):
    at(now)
    application = make_application(make_plan(), state=ApplicationState.PAYMENT_PENDING, person=person)
    bill = make_bill(now, payer=person)
    Bill.objects.filter(pk=bill.pk).update(subject_id=application.pk)

    html = client.get(reverse("applicant:applications:show", args=[application.pk])).content.decode()
    home = client.get(reverse("applicant:home")).content.decode()

    assert reverse("applicant:fees:show", args=[bill.pk]) in html
    assert "请缴纳评审费" in home
