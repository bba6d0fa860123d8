"""Contract of the SMS protocol: our client against the stand-in, whole and in each way broken (R-376)."""

import json
from dataclasses import replace

import pytest
from django.core.cache import cache

from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.sms import REPORT, HttpSmsGateway, Rejected, Text, report_told, signature

KEY = "shared-sms-key-for-tests"
TEXT = Text(
    number="aa-1",
    phone="13800001234",
    sign="示范人力社保",
    template="100201",
    words="应缴{amount}元",
    gaps={"amount": "180"},
    report_url="http://127.0.0.1:9/",
)


@pytest.fixture
def stand_in(sandbox):
    cache.clear()
    yield sandbox.stand_ins["sms"]
    cache.clear()


@pytest.fixture
def gateway(sandbox, stand_in):
    return HttpSmsGateway(f"{sandbox.base}/sms", KEY, seconds=1)


def test_a_text_is_sent_once_with_a_registered_template(gateway, stand_in):
    first, again = gateway.send(TEXT), gateway.send(TEXT)

    sent = stand_in.around.shelf.all("message")
    assert first == again == sent[0]["receipt"]
    assert [each["text"] for each in sent] == ["【示范人力社保】应缴180元"]
    assert [each["template"] for each in stand_in.around.shelf.all("template")] == ["100201"]


def test_the_words_of_a_registered_number_cannot_be_changed(gateway, stand_in):
    gateway.send(TEXT)
    changed = replace(TEXT, number="bb-1", template="100201", sign="另一个签名")

    with pytest.raises(Wrong):
        gateway.send(changed)
    assert len(stand_in.around.shelf.all("message")) == 1


def test_a_number_that_does_not_exist_is_rejected(gateway):
    with pytest.raises(Rejected):
        gateway.send(replace(TEXT, phone="13800000000"))


def test_a_stranger_is_refused_and_not_believed(sandbox, stand_in):
    stranger = HttpSmsGateway(f"{sandbox.base}/sms", "another key", seconds=1)

    with pytest.raises(Wrong):
        stranger.send(TEXT)
    assert stand_in.around.shelf.all("message") == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [("down", Unreachable), ("slow", Unreachable), ("wrong", Wrong), ("half", Unreachable)],
)
def test_a_broken_gateway_gives_no_receipt_and_the_next_try_sends_no_second_text(
    gateway, stand_in, fault, error
):
    gateway.send(replace(TEXT, number="before-1"))
    stand_in.switch.turn(fault, times=1, seconds=3)

    with pytest.raises(error):
        gateway.send(TEXT)
    assert gateway.send(TEXT)
    assert [each["number"] for each in stand_in.around.shelf.all("message")] == ["before-1", "aa-1"]


@pytest.mark.parametrize("fault", ["duplicated", "reordered"])
def test_faults_of_lists_change_nothing_here(gateway, stand_in, fault):
    gateway.send(replace(TEXT, number="before-1"))
    stand_in.switch.turn(fault, times=1)

    assert gateway.send(TEXT)


def signed(now, key=KEY, what=REPORT, **fields):
    told = {"number": "aa-1", "receipt": "D1", "state": "delivered", "at": now.isoformat(), **fields}
    body, moment = json.dumps(told).encode(), str(int(now.timestamp()))
    return {"x-timestamp": moment, "x-signature": signature(key, what, moment, body)}, body


def test_a_signed_report_is_understood(now):
    assert report_told(*signed(now), now=now).is_delivered
    assert not report_told(*signed(now, state="undelivered"), now=now).is_delivered


@pytest.mark.parametrize(
    "fields", [{"key": "x"}, {"what": "answer"}, {"state": "lost"}, {"at": "yesterday"}], ids=str
)
def test_a_report_that_is_forged_or_strange_is_not_believed(now, fields):
    with pytest.raises(Wrong):
        report_told(*signed(now, **fields), now=now)


def test_an_old_report_is_not_believed(now):
    heads, body = signed(now)
    with pytest.raises(Wrong):
        report_told(heads, body, now=now.replace(hour=10))
    with pytest.raises(Wrong):
        report_told({}, body, now=now)


def test_without_a_key_nothing_is_believed(now, settings):
    settings.SMS_KEY = ""
    with pytest.raises(Wrong):
        report_told(*signed(now, key=""), now=now)
