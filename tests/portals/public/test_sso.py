"""Signing in by the government's account: who comes in as whom, and who does not (R-026…R-028, R-368)."""

import pytest
from django.core.cache import cache

from tests.factories.people import make_membership, make_organisation, make_person, make_region, make_user
from tests.gateways.test_sign_on import UNIT, WHO, chosen
from zhiping.auditlog.models import LogEntry
from zhiping.identity.models import Person, User
from zhiping.kernel.actor import Role
from zhiping.organisations.models import Membership, Organisation
from zhiping.organisations.states import OrganisationState
from zhiping.web.acting import MEMBERSHIP_KEY

pytestmark = pytest.mark.django_db
NUMBER = WHO["document_number"]
LEGAL = {**WHO, **UNIT}


@pytest.fixture(autouse=True)
def provider(sandbox, settings, at):
    cache.clear()
    found = sandbox.stand_ins["sign_on"]
    settings.SIGN_ON_ISSUER, settings.DEMO = found.base, False
    at(found.around.clock.now())
    yield found
    cache.clear()


def come_back(client, account="person", **said):
    away = client.get(f"/accounts/sso/{account}/")
    assert away.status_code == 302, away.content.decode()[-900:]
    return client.get("/accounts/sso/back/", chosen(away["Location"], **(said or WHO)))


def come_in(client, account="person", posted=None, **said):
    assert come_back(client, account, **said)["Location"] == "/accounts/sso/enter/"
    return client.post("/accounts/sso/enter/", posted or {})


def acting(client, path="/accounts/me/"):
    return client.get(path).wsgi_request.actor


def a_unit(**fields):
    return make_organisation(UNIT["unit_name"], credit_code=UNIT["credit_code"], **fields)


def test_a_person_comes_in_and_is_the_same_the_second_time(client):
    """R-026: the callback creates or matches one applicant by ID number."""
    assert come_in(client).status_code == 302
    first = acting(client)
    client.logout()
    come_in(client)

    assert (first.role, first.name) == (Role.APPLICANT, "申报人子")
    assert acting(client).user_id == first.user_id
    assert Person.objects.filter(name="申报人子").count() == 1
    assert LogEntry.objects.filter(verb="person.sign_on").count() == 2


def test_who_is_registered_already_keeps_the_account(client):
    user = make_user(make_person("申报人子", document_number=NUMBER), username="own_name")
    make_user(name="申报人丑")
    come_in(client)

    assert acting(client).user_id == user.pk
    assert User.objects.count() == 2


def test_another_name_under_the_number_is_refused(client):
    make_user(make_person("申报人丑", document_number=NUMBER))
    answer = come_in(client)

    assert (answer.status_code, "另一个姓名" in answer.content.decode()) == (409, True)
    assert not acting(client).is_signed_in


def test_a_shut_account_stays_shut(client):
    make_user(make_person("申报人子", document_number=NUMBER), is_active=False)

    assert come_in(client).status_code == 409
    assert not acting(client).is_signed_in


@pytest.mark.parametrize(("account", "level", "enough"), [("person", "1", False), ("legal", "2", False)])
def test_too_low_a_level_is_refused_with_what_to_do(client, account, level, enough):
    """Persons need level 2; who acts for a unit needs the face compared."""
    answer = come_back(client, account, **{**LEGAL, "level": level})

    assert (answer.status_code, "高级实名认证" in answer.content.decode()) == (409, True)
    assert client.post("/accounts/sso/enter/").status_code == 409
    assert not Person.objects.exists()


def test_a_units_first_login_leads_to_its_letter(client):
    """R-027, R-028: keyed by the credit code; registered, then the authorisation letter."""
    make_region("330106")
    form = {"kind": "enterprise", "region": "330106", "address": ""}
    answer = come_in(client, "legal", form, **LEGAL)

    unit = Organisation.objects.get(credit_code=UNIT["credit_code"])
    assert answer["Location"] == "/employer/registration/"
    assert (unit.name, unit.state) == (UNIT["unit_name"], OrganisationState.REGISTERED)
    assert acting(client, "/employer/registration/").organisation_id == unit.pk
    assert "授权委托证明" in client.get("/employer/registration/").content.decode()


def test_what_is_missing_of_a_new_unit_is_asked_and_nothing_is_made(client):
    answer = come_in(client, "legal", **LEGAL)

    assert (answer.status_code, "请选择单位性质" in answer.content.decode()) == (422, True)
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()


def test_a_handler_comes_in_for_the_unit_and_only_for_it(client):
    """R-027: a legal token yields a session of that very unit: not of another, not of the person."""
    user = make_user(make_person("申报人子", document_number=NUMBER))
    mine = make_membership(user, a_unit())
    other = make_membership(user, make_organisation("别的单位"))
    come_in(client, "legal", **LEGAL)

    assert acting(client, "/employer/").organisation_id == mine.organisation_id
    assert client.get("/applicant/").status_code == 403
    assert client.post("/start/choose/", {"membership": other.pk}).status_code == 404
    assert client.post("/start/choose/", {"membership": ""}).status_code == 409
    assert "别的单位" not in client.get("/start/").content.decode()


def test_a_unit_session_ends_with_the_membership_and_becomes_nobodys(client):
    user = make_user(make_person("申报人子", document_number=NUMBER))
    mine = make_membership(user, a_unit())
    come_in(client, "legal", **LEGAL)
    Membership.objects.filter(pk=mine.pk).update(is_active=False)

    assert not acting(client).is_signed_in


def test_a_stranger_to_the_unit_is_refused(client):
    make_membership(make_user(name="经办人"), a_unit())
    answer = come_in(client, "legal", **LEGAL)

    assert (answer.status_code, "还不是它的经办人" in answer.content.decode()) == (409, True)
    assert not acting(client).is_signed_in


def test_a_personal_token_never_yields_a_unit_session(client):
    """R-027: neither by choosing nor by what an older session had chosen."""
    user = make_user(make_person("申报人子", document_number=NUMBER))
    mine = make_membership(user, a_unit())
    come_in(client)

    assert client.post("/start/choose/", {"membership": mine.pk}).status_code == 404
    session = client.session
    session[MEMBERSHIP_KEY] = mine.pk
    session.save()
    assert acting(client).role is Role.APPLICANT
    assert client.get("/employer/").status_code == 403


def test_a_personal_account_does_not_open_the_unit_door(client):
    away = client.get("/accounts/sso/legal/")["Location"].replace("account=legal", "account=person")
    answer = client.get("/accounts/sso/back/", chosen(away, **WHO))

    assert (answer.status_code, "不能采信" in answer.content.decode()) == (409, True)
    assert not acting(client).is_signed_in


def test_an_answer_to_nobodys_question_is_refused(client):
    """Forged or repeated: the state must be the one of this session, and counts once."""
    away = client.get("/accounts/sso/person/")["Location"]
    back = chosen(away, **WHO)
    assert client.get("/accounts/sso/back/", {**back, "state": "forged"}).status_code == 409
    assert client.get("/accounts/sso/back/", back).status_code == 409
    assert client.post("/accounts/sso/enter/").status_code == 409


def test_who_changes_their_mind_is_back_at_the_door(client):
    away = client.get("/accounts/sso/person/")["Location"]
    answer = client.get("/accounts/sso/back/", chosen(away, cancel="1"), follow=True)

    assert "您取消了登录" in answer.content.decode()


@pytest.mark.parametrize("fault", ["down", "wrong", "half"])
def test_a_broken_provider_is_told_and_the_next_attempt_works(client, provider, fault):
    provider.switch.turn(fault, times=1)
    assert client.get("/accounts/sso/person/").status_code == 409
    away = client.get("/accounts/sso/person/")["Location"]
    provider.switch.turn(fault, times=1)
    answer = client.get("/accounts/sso/back/", chosen(away, **WHO))
    assert (answer.status_code, "没有登录" in answer.content.decode()) == (409, True)
    cache.clear()

    assert come_in(client).status_code == 302


def test_without_a_provider_there_is_no_such_door(client, settings):
    settings.SIGN_ON_ISSUER = ""

    assert "政务服务网" not in client.get("/accounts/login/").content.decode()
    assert client.get("/accounts/sso/person/").status_code == 404


def test_passwords_can_be_switched_off_but_for_allocated_accounts(client, settings):
    """R-031: the departments' accounts stay; people and units come by the government's account."""
    settings.LOCAL_SIGN_IN = False
    office = make_membership(make_user(username="office"), make_organisation("人社局"), Role.COUNTY_HR)
    for user in (make_user(username="somebody"), office.user):
        user.set_password("a-long-enough-word")
        user.save()
    typed = {"password": "a-long-enough-word"}
    refused = client.post("/accounts/login/", {**typed, "login": "somebody"})

    assert "密码登录已关闭" in refused.content.decode()
    assert not acting(client).is_signed_in
    assert client.get("/accounts/signup/").status_code == 409
    assert "注册账号" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/login/", {**typed, "login": "office"}).status_code == 302
    assert acting(client).user_id == office.user_id
