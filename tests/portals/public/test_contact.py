"""消息设置: codes, choices, and what cannot be switched off (R-346…R-348, R-376)."""

import re
from datetime import timedelta

import pytest

from tests.factories.people import applicant_actor, make_person, sign_in
from zhiping.auditlog.models import LogEntry
from zhiping.messaging.echo import echoes
from zhiping.messaging.models import Contact, Echo, Unwanted, VerificationCode
from zhiping.messaging.operations import ask_code
from zhiping.messaging.states import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client, at, now):
    at(now)
    found = make_person()
    sign_in(client, applicant_actor(found))
    return found


def text(response) -> str:
    return response.content.decode()


def code_sent() -> str:
    return re.search(r"\d{6}", Echo.objects.latest("pk").text)[0]


def test_the_phone_is_shown_to_be_theirs_by_a_code(client, person):
    assert "未核对" in text(client.get("/accounts/messages/"))
    client.post("/accounts/messages/phone/")
    echo = Echo.objects.get()
    assert (echo.address, echo.template) == (person.phone, "100001")

    assert client.post("/accounts/messages/code/sms/", {"code": "000000x"}).status_code == 422
    client.post("/accounts/messages/code/sms/", {"code": f" {code_sent()} "})

    assert "已核对" in text(client.get("/accounts/messages/"))
    assert person.phone not in text(client.get("/accounts/messages/"))
    assert LogEntry.objects.filter(verb="contact.verify", note="短信").count() == 1


def test_another_phone_number_has_to_be_shown_anew(client, person):
    client.post("/accounts/messages/phone/")
    client.post("/accounts/messages/code/sms/", {"code": code_sent()})
    person.phone, person.phone_index = "13900001234", "another"
    person.save()

    assert "未核对" in text(client.get("/accounts/messages/"))


def test_an_email_counts_only_after_its_code(client, person, now):
    client.post("/accounts/messages/email/", {"email": " A＠b.cn"})
    assert not Contact.objects.exists()
    assert Echo.objects.get().address == "A@b.cn"

    client.post("/accounts/messages/code/email/", {"code": code_sent()})
    assert Contact.objects.get(person=person).email_verified_at == now
    assert "A***@b.cn" in text(client.get("/accounts/messages/"))

    for _ in range(2):
        client.post("/accounts/messages/email/none/")
    assert Contact.objects.get().email == ""
    assert LogEntry.objects.filter(verb="contact.forget_email").count() == 1


@pytest.mark.usefixtures("person")
def test_an_address_that_is_none_is_refused(client):
    answer = client.post("/accounts/messages/email/", {"email": "甲在b.cn"})

    assert answer.status_code == 422
    assert "邮箱的写法不对" in text(answer)
    assert not Echo.objects.exists()


def test_guessing_ends_the_code(client, person):
    client.post("/accounts/messages/phone/")
    right = code_sent()
    for _ in range(5):
        client.post("/accounts/messages/code/sms/", {"code": "x"})

    assert VerificationCode.objects.get().tries == 5
    assert client.post("/accounts/messages/code/sms/", {"code": right}).status_code == 422
    assert not Contact.objects.filter(phone_verified_index=person.phone_index).exists()


def test_an_old_code_and_a_code_of_the_other_channel_do_not_count(client, person, at, now):
    client.post("/accounts/messages/phone/")
    right = code_sent()
    assert client.post("/accounts/messages/code/email/", {"code": right}).status_code == 422

    at(now + timedelta(minutes=11))
    assert client.post("/accounts/messages/code/sms/", {"code": right}).status_code == 422


def test_codes_are_not_asked_for_without_end(client, person, at, now):
    client.post("/accounts/messages/phone/")
    assert "请等 1 分钟" in text(client.post("/accounts/messages/phone/"))
    for number in range(1, 5):
        later = now + timedelta(minutes=2 * number)
        ask_code(person=person, channel=Channel.SMS, actor=applicant_actor(person), now=later)
    at(now + timedelta(minutes=20))

    assert "请明天再试" in text(client.post("/accounts/messages/phone/"))
    assert Echo.objects.count() == 5


def test_choices_are_kept_and_what_a_notice_demands_stays(client, person):
    shown = text(client.get("/accounts/messages/"))
    assert 'value="organisation.letter_approved-sms"' not in shown
    assert "丽人社函〔2021〕150号" in shown

    client.post("/accounts/messages/", {"saved": "1", "sms": ["application.returned-sms"]})
    refused = set(Unwanted.objects.filter(person=person).values_list("key", "channel"))
    assert ("application.returned", "sms") not in refused
    assert ("application.closing", "sms") in refused
    assert ("application.returned", "email") in refused
    mandatory = {(each.key, each.channel) for each in echoes().templates.values() if each.mandatory}
    assert mandatory
    assert not mandatory & refused

    again = client.post("/accounts/messages/", {"saved": "1", "sms": ["application.returned-sms"]})
    assert again.status_code == 302
    assert LogEntry.objects.filter(verb="contact.choose").count() == 1
    assert client.post("/accounts/messages/", {"sms": ["fee.billed-sms"]}).status_code == 422


@pytest.mark.usefixtures("person")
def test_no_other_channel_exists(client):
    assert client.get("/accounts/messages/code/fax/").status_code == 404
