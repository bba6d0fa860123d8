"""Sign-in, lock-out, second factor, registration, one-time links through the pages (R-026, R-031, R-035)."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import resolve

from tests.factories.people import (
    applicant_actor,
    make_membership,
    make_organisation,
    make_person,
    make_user,
    resident_number,
    sign_in,
    staff_actor,
)
from zhiping.auditlog.models import LogEntry
from zhiping.identity.models import User
from zhiping.kernel.actor import Role
from zhiping.organisations.states import OrganisationKind
from zhiping.portals.public.accounts.urls import urlpatterns
from zhiping.web.acting import MEMBERSHIP_KEY

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-word"
NUMBER = resident_number(9)
REGISTRATION = {
    "name": "申报人㛃",
    "document_kind": "resident",
    "document_number": NUMBER,
    "phone": "13800001234",
    "sex": "",
    "born_on": "",
    "username": "shenbao_09",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def text(response) -> str:
    return response.content.decode()


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def activate(client) -> str:
    """Turn the second factor on through the pages; the secret."""
    asked = client.get("/accounts/two-step/")
    client.post(asked.url, {"password": PASSWORD})
    shown = text(client.get("/accounts/two-step/"))
    assert "<svg" in shown
    assert "style=" not in shown
    secret = re.search(r"<code>([A-Z2-7]+)</code>", shown)[1]
    done = client.post("/accounts/two-step/", {"code": code_for(secret)})
    assert done.url == "/accounts/two-step/codes/"
    return secret


def test_every_account_page_is_declared_with_its_audience():
    for pattern in urlpatterns:
        assert hasattr(pattern.callback, "audience"), pattern.name


@pytest.mark.parametrize("path", ["email/", "password/reset/", "login/code/confirm/", "inactive/"])
def test_pages_of_allauth_that_are_not_used_do_not_exist(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_a_person_signs_in_and_out(client):
    user = with_password(make_user(username="jia_01"))

    done = client.post("/accounts/login/", {"login": "jia_01", "password": PASSWORD})

    assert done.url == "/start/"
    assert user.username in text(client.get("/accounts/me/"))
    client.post("/accounts/logout/")
    assert client.get("/accounts/me/").url.startswith("/accounts/login/")


def test_after_five_failures_the_right_password_is_refused_with_the_time_to_retry(client):
    with_password(make_user(username="jia_01"))
    for _ in range(5):
        shown = client.post("/accounts/login/", {"login": "jia_01", "password": "wrong"})
        assert "用户名或密码不对" in text(shown)

    locked = text(client.post("/accounts/login/", {"login": "jia_01", "password": PASSWORD}))

    assert re.search(r"请等 5 分钟，在 \d\d:\d\d 之后再试", locked)
    assert "_auth_user_id" not in client.session


def test_a_shut_account_cannot_sign_in(client):
    with_password(make_user(username="jia_01", is_active=False))

    done = client.post("/accounts/login/", {"login": "jia_01", "password": PASSWORD}, follow=True)

    assert "这个账号已停用" in text(done)
    assert "_auth_user_id" not in client.session


def test_registration_signs_in_and_shows_masked_numbers(client):
    done = client.post("/accounts/signup/", REGISTRATION, follow=True)

    shown = text(done)
    assert "申报人㛃" in shown
    assert NUMBER not in shown
    assert "138****1234" in shown


def test_a_second_registration_with_the_document_says_what_to_do_and_keeps_what_was_typed(client):
    make_person(document_number=NUMBER)

    shown = text(client.post("/accounts/signup/", REGISTRATION))

    assert "一个证件只能有一个账号" in shown
    assert "有错误：" in shown
    assert 'value="申报人㛃"' in shown
    assert PASSWORD not in shown
    assert not User.objects.filter(username="shenbao_09").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password_again": "another-word-1"}, "两次输入的密码不一样"),
        ({"password": "1234567890", "password_again": "1234567890"}, "密码"),
        ({"name": "申报人\U0003347b"}, "无法打印"),
        ({"phone": "1"}, "11 位"),
        ({"name": ""}, "请填写姓名"),
    ],
)
def test_a_wrong_registration_keeps_nothing(client, fields, words):
    shown = client.post("/accounts/signup/", {**REGISTRATION, **fields})

    assert shown.status_code == 422
    assert words in text(shown)
    assert not User.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(client):
    wrong = {"name": "申报人1", "document_number": "123", "phone": "1", "username": "x"}

    shown = text(client.post("/accounts/signup/", {**REGISTRATION, **wrong, "password_again": "y"}))

    for words in ("不能有“1”", "应为 18 位", "应为 11 位", "4 至 30 位小写", "两次输入的密码不一样"):
        assert words in shown


def test_the_phone_changes_only_with_the_password(client):
    user = with_password(make_user(username="jia_01"))
    sign_in(client, applicant_actor(user.person))

    wrong = client.post("/accounts/phone/", {"phone": "13900001111", "password": "wrong"})
    assert "密码不对" in text(wrong)
    client.post("/accounts/phone/", {"phone": "13900001111", "password": PASSWORD})

    user.person.refresh_from_db()
    assert user.person.phone == "13900001111"


def test_the_password_is_changed_with_the_old_one(client):
    user = with_password(make_user(username="jia_01"))
    sign_in(client, applicant_actor(user.person))
    new = {"password1": "another-word-12", "password2": "another-word-12"}

    assert "当前密码不对" in text(client.post("/accounts/password/", {"oldpassword": "x", **new}))
    assert client.post("/accounts/password/", {"oldpassword": PASSWORD, **new}).url == "/accounts/me/"

    user.refresh_from_db()
    assert user.check_password("another-word-12")


def test_outside_the_demo_staff_must_have_a_second_factor(client, settings):
    settings.DEMO = False
    membership = make_membership(with_password(make_user(username="jia_01")))
    client.post("/accounts/login/", {"login": "jia_01", "password": PASSWORD})

    turned = client.post("/start/choose/", {"membership": membership.pk})
    assert turned.url == "/accounts/two-step/"
    assert not client.session.get(MEMBERSHIP_KEY)
    activate(client)
    client.post("/start/choose/", {"membership": membership.pk})

    assert client.session[MEMBERSHIP_KEY] == membership.pk


def test_in_the_demo_staff_may_go_on_without_a_second_factor(client, settings):
    assert settings.DEMO
    membership = make_membership()
    sign_in(client, applicant_actor(membership.user.person))

    client.post("/start/choose/", {"membership": membership.pk})

    assert client.session[MEMBERSHIP_KEY] == membership.pk
    assert LogEntry.objects.get(verb="role.choose").details == {"role": "employer_clerk"}


def test_with_a_second_factor_the_password_alone_does_not_sign_in(client, monkeypatch):
    with_password(make_user(username="jia_01"))
    client.post("/accounts/login/", {"login": "jia_01", "password": PASSWORD})
    secret = activate(client)
    codes = re.findall(r"<code>(\w+)</code>", text(client.get("/accounts/two-step/codes/")))
    assert len(codes) == 10
    client.post("/accounts/logout/")

    asked = client.post("/accounts/login/", {"login": "jia_01", "password": PASSWORD})
    assert asked.url == "/accounts/code/"
    assert client.get("/accounts/me/").status_code == 302
    assert "验证码不对" in text(client.post("/accounts/code/", {"code": "000000"}))
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.post("/accounts/code/", {"code": code_for(secret)}).url == "/start/"
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": "jia_01", "password": PASSWORD})
    assert client.post("/accounts/code/", {"code": codes[0]}).url == "/start/"


def test_the_secret_of_the_second_factor_is_not_stored_in_the_clear(client):
    from allauth.mfa.models import Authenticator

    with_password(make_user(username="jia_01"))
    client.post("/accounts/login/", {"login": "jia_01", "password": PASSWORD})
    secret = activate(client)

    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_a_one_time_link_sets_the_password_once(client):
    admin = staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)
    user = make_user(username="ganbu_01")
    sign_in(client, admin)
    user.set_unusable_password()
    user.save()
    shown = text(client.post(f"/operator/accounts/people/{user.pk}/link/"))
    link = re.search(r'value="http://testserver(/accounts/first-password/[^"]+)"', shown)[1]
    client.post("/accounts/logout/")

    assert "ganbu_01" in text(client.get(link))
    new = {"password": "brand-new-word-1", "password_again": "brand-new-word-1"}
    assert client.post(link, new).url == "/accounts/login/"

    user.refresh_from_db()
    assert user.check_password("brand-new-word-1")
    assert "已用过或已过期" in text(client.get(link))
    assert "已用过或已过期" in text(client.get("/accounts/first-password/xx/yy/"))


def test_another_accounts_membership_cannot_be_chosen(client):
    membership = make_membership()
    sign_in(client, applicant_actor(make_person()))

    assert client.post("/start/choose/", {"membership": membership.pk}).status_code == 404
    assert not client.session.get(MEMBERSHIP_KEY)


def test_who_has_one_identity_goes_on_at_once(client):
    sign_in(client, applicant_actor(make_person()))

    assert client.get("/start/").status_code == 302


def test_an_ended_membership_ends_at_the_next_request(client):
    clerk = staff_actor(make_organisation())
    sign_in(client, clerk)
    assert client.get("/employer/registration/").status_code == 200

    type(User.objects.get(pk=clerk.user_id).memberships.get()).objects.update(is_active=False)

    assert client.get("/employer/registration/").status_code == 403


def test_the_choice_costs_few_queries(client, django_assert_max_num_queries):
    user = make_user()
    for _ in range(7):
        make_membership(user)
    sign_in(client, applicant_actor(user.person))

    with django_assert_max_num_queries(6):
        shown = text(client.get("/start/"))
    assert shown.count('name="membership"') == 8
    assert resolve("/start/").view_name == "public:start"


def test_an_account_without_a_password_is_told_so(client):
    """Logins of the demo have none; 修改密码 must not fail on them."""
    user = make_user()
    user.set_unusable_password()
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get("/accounts/password/", follow=True)

    assert answer.status_code < 500
    assert "这个账号没有密码，不用修改。" in answer.content.decode()


def test_an_empty_registration_says_of_each_field_what_to_do(client):
    """R-026: what was typed stays, a rare character too."""
    page = client.post("/accounts/signup/", {"name": "申报人𠮷"}).content.decode()

    assert "请再输入一次密码。" in page
    assert "请填写再输入" not in page
    assert 'value="申报人𠮷"' in page
