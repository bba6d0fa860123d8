"""The door at which the payment platform knocks: signed or nothing (R-322, R-377, R-398)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.fees import make_bill, notice_of, payment_told
from zhiping.fees.models import Bill, Notice, Payment
from zhiping.fees.states import BillState

pytestmark = pytest.mark.django_db
DOOR = reverse("callbacks:payment")


@pytest.fixture
def bill(now, at):
    at(now)
    return make_bill(now)


def knock(client, told, now, **how):
    headers, body = notice_of(told, at=now, **how)
    return client.post(DOOR, body, content_type="application/json", headers=headers)


def test_a_signed_notice_pays_and_its_repetition_is_welcomed_but_changes_nothing(client, bill, now):
    told = payment_told(bill, now)

    answers = [knock(client, told, now) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [answer.content.decode() for answer in answers] == ["booked", "repeated", "repeated"]
    assert (Bill.objects.get().state, Payment.objects.count()) == (BillState.PAID, 1)


def test_a_forged_notice_is_turned_away_and_leaves_no_row(client, bill, now, caplog):
    answer = knock(client, payment_told(bill, now), now, key="a stranger's key")

    assert answer.status_code == 401
    assert (Bill.objects.get().state, Notice.objects.count()) == (BillState.OPEN, 0)
    assert "refused" in caplog.text


def test_a_notice_played_back_later_is_turned_away(client, bill, now, at):
    headers, body = notice_of(payment_told(bill, now), at=now)
    at(now + timedelta(minutes=6))

    answer = client.post(DOOR, body, content_type="application/json", headers=headers)

    assert answer.status_code == 401


def test_a_wrong_amount_is_asked_for_again(client, bill, now):
    """R-322: 179 instead of 180 is not taken; the platform is told to send again, and the right one is."""
    assert knock(client, payment_told(bill, now, fen=bill.fen - 100), now).status_code == 409
    assert knock(client, payment_told(bill, now), now).status_code == 200


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_other_bodies_are_not_read(client, bill, kind):
    assert client.post(DOOR, b"a=1", content_type=kind).status_code == 415


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"event": 1}', b"\xff\xfe", b"{}" * 1000])
def test_strange_bodies_are_turned_away(client, bill, body):
    assert client.post(DOOR, body, content_type="application/json").status_code == 401


def test_nobody_reads_at_this_door(client):
    assert client.get(DOOR).status_code == 405


def test_a_notice_costs_few_queries(client, bill, now, django_assert_max_num_queries):
    """Submits ≤ 15 beside the savepoints."""
    told = payment_told(bill, now)
    with django_assert_max_num_queries(24):
        knock(client, told, now)
