"""Pages of the help centre, for everybody and for the administrator (R-022, R-034, R-349)."""

import pytest

from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in, staff_actor
from zhiping.help_centre.models import Question
from zhiping.help_centre.operations import ask_question
from zhiping.kernel.actor import Actor, Role
from zhiping.messaging.models import Contact, Echo
from zhiping.messaging.states import Outcome
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
ASKED = {"email": "a@b.cn", "subject": "选不到单位", "text": "搜索不到"}


@pytest.fixture(autouse=True)
def _day(at, now):
    at(now)


@pytest.fixture
def admin(client):
    sign_in(client, staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN))


def text(response) -> str:
    return response.content.decode()


def asked_by(actor, now):
    return ask_question(**ASKED, actor=actor, now=now)


def test_a_visitor_searches_reads_and_asks(client):
    assert "姓名里有生僻字" in text(client.get("/help/?q=𠮷"))
    assert "没有找到" in text(client.get("/help/?q=火星车"))
    assert "5 分钟" in text(client.get("/help/articles/sign-in/"))
    assert client.get("/help/articles/none/").status_code == 404

    assert client.post("/help/ask/", ASKED, follow=True).status_code == 200
    assert Question.objects.get().email == "a@b.cn"


@pytest.mark.parametrize(("field", "said"), [("email", "请填写邮箱"), ("subject", "请填写问题")])
def test_what_is_missing_is_said(client, field, said):
    answer = client.post("/help/ask/", {**ASKED, field: ""})

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Question.objects.exists()


def test_a_strange_address_is_refused_and_what_was_typed_stays(client):
    answer = client.post("/help/ask/", {**ASKED, "email": "不是邮箱"})

    assert answer.status_code == 422
    assert "搜索不到" in text(answer)


def test_who_is_signed_in_finds_their_mailbox_and_their_threads(client, now):
    person, other = make_person(), make_person("申报人乙")
    Contact.objects.create(person=person, email="mine@b.cn", email_verified_at=now)
    theirs = asked_by(applicant_actor(other), now)
    sign_in(client, applicant_actor(person))
    assert 'value="mine@b.cn"' in text(client.get("/help/ask/"))
    client.post("/help/ask/", {**ASKED, "subject": "我的问题"})

    shown = text(client.get("/help/mine/"))
    assert "我的问题" in shown
    assert "选不到单位" not in shown
    assert client.get(f"/help/mine/{theirs.pk}/").status_code == 404
    own = Question.objects.get(subject="我的问题")
    assert "还没有答复" in text(client.get(f"/help/mine/{own.pk}/"))


@pytest.mark.usefixtures("admin")
def test_the_administrator_answers_and_sees_that_a_letter_bounced(client, now):
    person = make_person()
    question = asked_by(applicant_actor(person), now)
    shown = text(client.get(f"/operator/help/{question.pk}/"))
    assert "a***@b.cn" in shown
    assert "a@b.cn" not in shown

    sent = {"text": "请单位先登记。", "version": "1"}
    assert client.post(f"/operator/help/{question.pk}/", sent).status_code == 302
    assert client.post(f"/operator/help/{question.pk}/", sent).status_code == 422
    Echo.objects.update(outcome=Outcome.UNDELIVERED)
    assert "邮件没有送到" in text(client.get(f"/operator/help/{question.pk}/"))
    assert "选不到单位" not in text(client.get("/operator/help/"))
    assert "选不到单位" in text(client.get("/operator/help/?state=answered"))

    sign_in(client, applicant_actor(person))
    assert "请单位先登记。" in text(client.get(f"/help/mine/{question.pk}/"))


@pytest.mark.usefixtures("admin")
def test_a_question_is_closed_with_a_reason(client, now):
    question = asked_by(Actor(role=Role.ANONYMOUS, name=""), now)
    assert client.post(f"/operator/help/{question.pk}/close/", {"version": "1"}).status_code == 422
    done = client.post(f"/operator/help/{question.pk}/close/", {"reason": "广告", "version": "1"})

    assert done.status_code == 302
    question.refresh_from_db()
    assert question.state == "closed"


def test_the_address_of_the_help_centre_is_on_every_page(client):
    assert 'href="/help/"' in text(client.get("/"))
