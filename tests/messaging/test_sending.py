"""Echoes go out once, in time and never too often; nobody but the administrator sees a failure (R-030, R-346, R-376)."""

import json
import random
from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.factories.fees import RECOMMENDATION, REVIEW, make_bill, payment_told
from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.auditlog.models import LogEntry
from zhiping.fees.operations import take_notice
from zhiping.gateways.http import Unreachable
from zhiping.gateways.sms import REPORT, Report, signature
from zhiping.jobs.models import Job
from zhiping.jobs.queue import run_due
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import BEIJING
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging import tasks
from zhiping.messaging.echo import echoes
from zhiping.messaging.kind import Kind
from zhiping.messaging.models import Contact, Echo, Message, Unwanted
from zhiping.messaging.operations import post_letter, send_again, take_report, tell, tell_each
from zhiping.messaging.states import Channel, Outcome
from zhiping.organisations.messages import LETTER_APPROVED
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
LETTER = {"employer": "示范机械有限公司", "link": "/employer/registration/"}
CLOSING = Kind("application.closing", "{title}未提交，{until} 截止", "请尽早提交", "/applicant/")
CLOSES = {"title": "工程师", "until": "4月30日"}


@pytest.fixture
def sms(sandbox, settings, at, now):
    cache.clear()
    settings.SMS_URL = f"{sandbox.base}/sms"
    settings.PUBLIC_URL = "http://127.0.0.1:9"
    at(now)
    yield sandbox.stand_ins["sms"]
    cache.clear()


@pytest.fixture
def mailbox(sandbox, settings, at, now):
    cache.clear()
    settings.EMAIL_BACKEND = "zhiping.gateways.mail.MailboxBackend"
    settings.MAILBOX_URL, settings.MAIL_FROM = f"{sandbox.base}/mailbox", "noreply@zhiping.example"
    at(now)
    yield sandbox.stand_ins["mailbox"]
    cache.clear()


def approved(person, now, once=None):
    tell(person=person, kind=LETTER_APPROVED, context=LETTER, now=now, once=once)


def work(now):
    tasks.send_due(now)
    run_due()


def sent(stand_in):
    return stand_in.around.shelf.all("message")


def with_phone(person):
    Contact.objects.create(person=person, phone_verified_index=person.phone_index)
    return person


def test_the_handler_gets_one_sms_when_the_letter_is_approved(now, sms):
    """R-346: once, however often the queue runs; the message inside the platform is there too."""
    person = make_person()
    approved(person, now)
    for _ in range(3):
        work(now)

    (text,) = sent(sms)
    assert text["phone"] == person.phone
    assert "示范机械有限公司授权委托证明已通过" in text["text"]
    assert Echo.objects.get().outcome == Outcome.SENT
    assert Message.objects.filter(person=person).count() == 1


def test_a_reminder_told_twice_is_echoed_once(now, sms):
    person = make_person()
    for _ in range(2):
        approved(person, now, once="letter-1")
    work(now)

    assert len(sent(sms)) == 1


def test_kinds_without_echo_cost_nothing(now, django_assert_num_queries):
    person, plain = make_person(), Kind("a.b", "甲", "乙")
    with django_assert_num_queries(1):
        tell(person=person, kind=plain, context={}, now=now)
    people = [make_person(f"经办人{n}") for n in range(3)]
    with django_assert_num_queries(2):
        tell_each(people=people, kind=LETTER_APPROVED, context=LETTER, now=now)
    assert not Echo.objects.filter(key="a.b").exists()


def test_an_act_that_is_rolled_back_echoes_nothing(now, transactional_db):
    from django.db import transaction

    person = make_person()
    with pytest.raises(Refused), transaction.atomic():
        approved(person, now)
        raise Refused("不行")

    assert not Echo.objects.exists()


def test_what_falls_into_the_night_waits_for_the_morning(now, sms, at):
    person, night = make_person(), now.replace(hour=23)
    approved(person, night)
    at(night)
    work(night)
    assert sent(sms) == []

    morning = now.replace(hour=8) + timedelta(days=1)
    assert Echo.objects.get().due_at == morning
    at(morning)
    work(morning)
    assert len(sent(sms)) == 1


def test_the_cap_of_a_day_holds_back_all_but_what_a_notice_demands(now, sms, at):
    person, cap = with_phone(make_person()), echoes().limits[Channel.SMS].cap
    for number in range(cap + 2):
        tell(person=person, kind=CLOSING, context=CLOSES, now=now, once=f"{number}")
    approved(person, now)
    work(now)
    assert len(sent(sms)) == cap + 1
    assert sum("授权委托" in each["text"] for each in sent(sms)) == 1

    tomorrow = now + timedelta(days=1)
    at(tomorrow)
    work(tomorrow)
    assert len(sent(sms)) == cap + 3


@pytest.mark.parametrize("seed", range(5))
def test_whatever_comes_when_nobody_is_reached_at_night_or_beyond_the_cap(
    now, settings, at, monkeypatch, seed
):
    """Random messages over days, a worker that comes and goes: limits hold, and nothing is lost or doubled."""
    dice, handed, limits = random.Random(seed), [], echoes().limits[Channel.SMS]
    settings.SMS_URL, moment, told = "http://127.0.0.1:9", now, 0

    def gateway(echo):
        if dice.random() < 0.2:
            raise Unreachable("down")
        handed.append((echo.pk, echo.key, moment.astimezone(BEIJING)))
        return "D1"

    monkeypatch.setattr(tasks, "_by_sms", gateway)
    person = with_phone(make_person())
    for step in range(40):
        moment += timedelta(minutes=dice.randrange(1, 240) if step < 25 else 400)
        at(moment)
        for _ in range(dice.randrange(4) if step < 25 else 0):
            told += 1
            if dice.random() < 0.2:
                approved(person, moment)
            else:
                tell(person=person, kind=CLOSING, context=CLOSES, now=moment)
        work(moment)

    left = Echo.objects.filter(channel="sms").exclude(outcome=Outcome.SENT)
    assert len(handed) == len({key for key, _, _ in handed}) == told - left.count()
    assert set(left.values_list("outcome", flat=True)) <= {Outcome.WAITING}
    free = [when.date() for _, key, when in handed if key == CLOSING.key]
    assert max(free.count(day) for day in free) <= limits.cap
    assert all(limits.next_moment(when) == when for _, _, when in handed)


def test_only_a_number_that_was_read_from_gets_what_nobody_demands(now, sms):
    stranger, known = make_person(), with_phone(make_person("申报人乙"))
    for person in (stranger, known):
        tell(person=person, kind=CLOSING, context=CLOSES, now=now)
    work(now)

    assert [each["phone"] for each in sent(sms)] == [known.phone]
    assert Echo.objects.get(person=stranger, channel="sms").outcome == Outcome.UNREACHABLE


def test_what_a_person_does_not_want_stays_inside(now, sms):
    person = with_phone(make_person())
    Unwanted.objects.create(person=person, key=CLOSING.key, channel="sms")
    Unwanted.objects.create(person=person, key=LETTER_APPROVED.key, channel="sms")
    tell(person=person, kind=CLOSING, context=CLOSES, now=now)
    approved(person, now)
    work(now)

    assert ["授权委托" in each["text"] for each in sent(sms)] == [True]
    assert Message.objects.filter(person=person).count() == 2


@pytest.mark.parametrize("fault", ["down", "wrong", "half"])
def test_a_broken_gateway_is_asked_again_and_sends_once(now, sms, at, fault):
    approved(make_person(), now)
    sms.switch.turn(fault, times=1)
    work(now)
    echo = Echo.objects.get()
    assert (echo.outcome, echo.attempts) == (Outcome.WAITING, 1)
    assert echo.error

    later = now + timedelta(hours=1)
    at(later)
    work(later)
    echo.refresh_from_db()
    assert (echo.outcome, echo.error) == (Outcome.SENT, "")
    assert len(sent(sms)) == 1
    assert not Job.objects.filter(failed_at__isnull=False).exists()


def test_after_three_days_it_is_given_up_and_can_be_sent_again(now, sms, at):
    person = make_person()
    approved(person, now)
    sms.switch.turn("down")
    for hour in range(72, 79):
        end = now + timedelta(hours=hour)
        at(end)
        work(end)
    echo = Echo.objects.get()
    assert echo.outcome == Outcome.FAILED

    sms.switch.turn("none")
    cache.clear()
    operator = staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)
    for _ in range(2):
        send_again(echo=echo, seen_round=1, actor=operator, now=end)
    work(end)
    assert len(sent(sms)) == 1
    assert LogEntry.objects.filter(verb="echo.send_again").count() == 1
    with pytest.raises(Refused):
        send_again(echo=echo, seen_round=2, actor=operator, now=end)
    with pytest.raises(Forbidden):
        send_again(echo=echo, seen_round=2, actor=applicant_actor(person), now=end)


def test_reports_may_come_early_late_twice_and_of_another_round(now, sms):
    approved(make_person(), now)
    echo = Echo.objects.get()
    good = Report(echo.number, "D1", True, now)
    assert take_report(report=good, now=now)  # faster than the answer to our call
    work(now)
    assert take_report(report=Report(echo.number, "D1", False, now), now=now)
    assert take_report(report=Report(f"{echo.uid.hex}-9", "D1", False, now), now=now)

    echo.refresh_from_db()
    assert echo.outcome == Outcome.DELIVERED
    for strange in ("", "x", "z" * 32 + "-1", f"{echo.uid.hex}-", "0" * 32 + "-1", f"{echo.uid.hex}-²"):
        assert not take_report(report=Report(strange, "D1", True, now), now=now)


def test_a_number_that_does_not_exist_is_not_tried_again(now, sms):
    approved(make_person(phone="13800000000"), now)
    for _ in range(2):
        work(now)

    echo = Echo.objects.get()
    assert (echo.outcome, echo.attempts) == (Outcome.UNDELIVERED, 1)


def test_a_report_comes_in_signed_and_a_forged_one_does_not(now, sms, client, at):
    approved(make_person(), now)
    echo = Echo.objects.get()
    told = {"number": echo.number, "receipt": "D1", "state": "delivered", "at": now.isoformat()}
    body, moment = json.dumps(told).encode(), str(int(now.timestamp()))

    def post(key, data=body, kind="application/json"):
        heads = {"X-Timestamp": moment, "X-Signature": signature(key, REPORT, moment, data)}
        return client.post("/callbacks/sms/reports/", data, content_type=kind, headers=heads).status_code

    assert post("a stranger's key") == 401
    assert post("shared-sms-key-for-tests", kind="text/plain") == 415
    echo.refresh_from_db()
    assert echo.outcome == Outcome.WAITING
    assert [post("shared-sms-key-for-tests") for _ in range(2)] == [200, 200]
    echo.refresh_from_db()
    assert (echo.outcome, echo.receipt) == (Outcome.DELIVERED, "D1")


def test_without_a_gateway_echoes_wait_and_nothing_is_queued(now, settings):
    settings.SMS_URL, settings.MAIL_FROM = "", ""
    approved(make_person(), now)
    work(now)

    assert Echo.objects.get().outcome == Outcome.WAITING
    assert not Job.objects.exists()


def test_old_news_is_not_kept_for_the_day_a_gateway_comes(now, settings):
    settings.SMS_URL, settings.MAIL_FROM = "", ""
    approved(make_person(), now)
    approved(make_person("申报人乙"), now + timedelta(hours=70))
    work(now + timedelta(hours=73))

    assert [each.outcome for each in Echo.objects.order_by("pk")] == [Outcome.FAILED, Outcome.WAITING]


def test_the_bill_is_told_by_sms_with_amount_and_day(now, sms):
    """R-347: 180, and 260 where a committee recommends; the time limit stands in it."""
    for lines, amount in (((REVIEW,), "180.00"), ((REVIEW, RECOMMENDATION), "260.00")):
        bill = make_bill(now, lines=lines)
        work(now)
        (text,) = [each["text"] for each in sent(sms) if each["phone"] == bill.payer.phone]
        assert f"应缴评审费{amount}元" in text
        assert "请在2026-03-09 24:00前" in text


def test_the_invoice_is_told_once_however_often_the_payment_is(now, sms):
    """R-348: one SMS with the link, the callback repeated or not."""
    bill = make_bill(now)
    told = payment_told(bill, now)
    for _ in range(3):
        take_notice(told=told, body="{}", now=now)
    work(now)

    texts = [each["text"] for each in sent(sms) if "发票" in each["text"]]
    assert len(texts) == 1
    assert f"http://127.0.0.1:9/applicant/fees/{bill.pk}/" in texts[0]


def test_an_email_goes_to_the_verified_address_alone(now, mailbox, sms):
    person, typed = make_person(), make_person("申报人乙")
    Contact.objects.create(person=person, email="a@b.cn", email_verified_at=now)
    Contact.objects.create(person=typed, email="c@d.cn")
    for each in (person, typed):
        tell(person=each, kind=CLOSING, context=CLOSES, now=now)
    work(now)

    (letter,) = mailbox.around.shelf.all("letter")
    assert letter["to"] == "a@b.cn"
    assert "http://127.0.0.1:9/applicant/" in letter["text"]


def test_a_letter_to_a_visitor_bounces_openly(now, mailbox):
    context = {"subject": "登录", "answer": "请重置密码", "day": "3月2日"}
    post_letter(address="x@bounce.example", key="help.answered", context=context, now=now)
    work(now)

    assert Echo.objects.get().outcome == Outcome.UNDELIVERED


def test_numbers_and_words_are_sealed_in_the_table(now, sms):
    from django.db import connection

    person = make_person()
    approved(person, now)
    work(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, address, gaps FROM messaging_echo")
        row = str(cursor.fetchone())

    assert person.phone not in row
    assert "示范机械" not in row
