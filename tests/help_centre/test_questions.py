"""Questions and answers by e-mail (R-022, R-034, R-349)."""

import pytest
from django.core.cache import cache

from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.auditlog.models import LogEntry
from zhiping.help_centre.models import Question, Reply
from zhiping.help_centre.operations import answer_question, ask_question, close_question
from zhiping.help_centre.queries import visible_to
from zhiping.jobs.queue import run_due
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging import tasks
from zhiping.messaging.models import Echo
from zhiping.messaging.states import Outcome
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
VISITOR = Actor(role=Role.ANONYMOUS, name="")


@pytest.fixture
def operator():
    return staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)


@pytest.fixture
def mailbox(sandbox, settings, at, now):
    cache.clear()
    settings.EMAIL_BACKEND = "zhiping.gateways.mail.MailboxBackend"
    settings.MAILBOX_URL, settings.MAIL_FROM = f"{sandbox.base}/mailbox", "noreply@zhiping.example"
    at(now)
    yield sandbox.stand_ins["mailbox"]
    cache.clear()


def ask(now, actor=VISITOR, email="a@b.cn", text="搜索不到单位"):
    return ask_question(email=email, subject="选不到单位", text=text, actor=actor, now=now)


def work(now):
    tasks.send_due(now)
    run_due()


@pytest.mark.parametrize("email", ["", "a", "a@", "a b@c.cn", "x" * 130 + "@b.cn"])
def test_without_a_mailbox_nothing_is_asked(now, email):
    """R-034"""
    with pytest.raises(Refused):
        ask(now, email=email)
    assert not Question.objects.exists()


def test_the_answer_goes_to_the_mailbox_and_stays_in_the_thread(now, operator, mailbox):
    """R-022, R-349: one e-mail to a@b.cn, and the reply kept."""
    question = ask(now)
    answer_question(
        question=question, text="请单位先登记 {x}。", version=question.version, actor=operator, now=now
    )
    for _ in range(2):
        work(now)

    (letter,) = mailbox.around.shelf.all("letter")
    assert letter["to"] == "a@b.cn"
    assert letter["subject"] == "帮助中心答复：选不到单位"
    assert "请单位先登记 {x}。" in letter["text"]
    assert [each.text for each in question.replies.all()] == ["请单位先登记 {x}。"]
    assert Question.objects.get().state == "answered"


def test_a_bounce_is_seen_at_the_reply(now, operator, mailbox):
    question = ask(now, email="gone@bounce.example")
    answer_question(question=question, text="您好", version=1, actor=operator, now=now)
    work(now)

    assert Reply.objects.select_related("letter").get().letter.outcome == Outcome.UNDELIVERED


def test_a_second_click_answers_once(now, operator):
    question = ask(now)
    answer_question(question=question, text="您好", version=1, actor=operator, now=now)
    with pytest.raises(Refused):
        answer_question(question=question, text="您好", version=1, actor=operator, now=now)

    assert Echo.objects.count() == 1


def test_the_same_question_again_is_the_same_and_there_is_an_end(now):
    assert ask(now) == ask(now)
    for number in range(4):
        ask(now, text=f"另一个问题 {number}")
    with pytest.raises(Refused):
        ask(now, text="第六个")

    assert Question.objects.count() == 5
    assert LogEntry.objects.filter(verb="question.ask").count() == 5


def test_only_the_administrator_answers_and_not_their_own(now, operator):
    person = make_person()
    question = ask(now, actor=applicant_actor(person))
    with pytest.raises(Forbidden):
        answer_question(question=question, text="x", version=1, actor=applicant_actor(person), now=now)
    own = ask_question(email="o@b.cn", subject="我", text="问", actor=operator, now=now)
    with pytest.raises(Forbidden):
        answer_question(question=own, text="x", version=1, actor=operator, now=now)


def test_people_see_their_own_questions_alone(now, operator):
    person, other = make_person(), make_person("申报人乙")
    mine = ask(now, actor=applicant_actor(person))
    ask(now, text="访客问")

    assert list(visible_to(applicant_actor(person))) == [mine]
    assert not visible_to(applicant_actor(other)).exists()
    assert not visible_to(VISITOR).exists()
    assert visible_to(operator).count() == 2


def test_closing_needs_a_reason_and_ends_answering(now, operator):
    question = ask(now)
    with pytest.raises(Refused):
        close_question(question=question, reason=" ", version=1, actor=operator, now=now)
    close_question(question=question, reason="广告", version=1, actor=operator, now=now)
    with pytest.raises(Refused):
        answer_question(question=question, text="x", version=2, actor=operator, now=now)

    assert LogEntry.objects.get(verb="question.close").note == "广告"


def test_mailbox_and_words_are_sealed_in_the_table(now):
    from django.db import connection

    ask(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, text FROM help_centre_question")
        row = str(cursor.fetchone())

    assert "a@b.cn" not in row
    assert "搜索不到" not in row
