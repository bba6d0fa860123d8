"""What every request meets: methods, forged forms, cookies, caches, foreign addresses (checklist 8, 10, 37, 53)."""

import re
import subprocess
import sys

import pytest
from django.test import Client

from tests.architecture.urls import addresses
from tests.factories.people import applicant_actor, make_person, make_user, sign_in
from zhiping.auditlog.models import LogEntry

pytestmark = pytest.mark.django_db
ALL = addresses()
MACHINES = [each for each in ALL if getattr(each.view, "csrf_exempt", False)]  # they show a key, no cookie
POSTED = [each for each in ALL if "POST" in each.view.methods and each not in MACHINES]
ONLY_POSTED = [each for each in POSTED if "GET" not in each.view.methods]
PASSWORD = "eine lange Losung"


@pytest.fixture
def applicant(client):
    person = make_person("申报人甲")
    sign_in(client, applicant_actor(person))
    return client


@pytest.mark.parametrize("address", POSTED, ids=lambda each: each.route)
def test_every_form_is_refused_without_its_token(address):
    """No view is exempt from the check against forged forms (checklist 10)."""
    answer = Client(enforce_csrf_checks=True).post(address.sample, {"version": "1"})

    assert answer.status_code == 403
    assert "页面" in answer.content.decode()


def test_only_machines_are_exempt_from_the_check_against_forged_forms():
    assert [each.route for each in MACHINES if not each.route.startswith(("api/", "callbacks/"))] == []


@pytest.mark.parametrize("address", MACHINES, ids=lambda each: each.route)
def test_what_is_exempt_takes_no_word_from_a_browser(address, applicant):
    """A forged form carries a cookie and no key or signature: it is answered as nobody's, and changes nothing."""
    before = LogEntry.objects.count()

    assert applicant.post(address.sample, {"version": "1"}).status_code in {400, 401, 403, 404, 405, 415, 422}
    assert LogEntry.objects.count() == before


@pytest.mark.parametrize("address", ONLY_POSTED, ids=lambda each: each.route)
def test_a_page_that_acts_is_not_run_by_head(address, applicant):
    """HEAD passes the check against forged forms like GET does, so it must not reach a view that only acts."""
    before = LogEntry.objects.count()

    assert applicant.head(address.sample).status_code == 405
    assert LogEntry.objects.count() == before


def test_pages_of_somebody_signed_in_are_not_kept_by_the_browser(applicant):
    """Nobody finds them behind the back button of a shared computer (checklist 53)."""
    for url in ("/applicant/", "/accounts/me/", "/applicant/archive/", "/plans/"):
        assert "no-store" in applicant.get(url)["Cache-Control"], url


def test_a_visitor_gets_no_cookie_from_pages_without_a_form(client):
    for url in ("/", "/plans/", "/publicity/", "/healthz"):
        client.get(url)
    assert "sessionid" not in client.cookies


def test_headers_of_every_answer(client):
    """nosniff, referrer policy, strict content policy; a page of ours is framed by nobody else."""
    for url in ("/", "/ballot/", "/accounts/login/", "/nothing-here/", "/healthz"):
        answer = client.get(url)
        policy = answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(client, target):
    """Checklist 34: `next` names a page of the platform or is ignored."""
    user = make_user(make_person("申报人甲"), username="somebody")
    user.set_password(PASSWORD)
    user.save()

    answer = client.post("/accounts/login/", {"login": "somebody", "password": PASSWORD, "next": target})

    assert answer.status_code == 302
    assert answer.url == "/start/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "\\\\evil.example"])
def test_the_demo_never_leads_to_another_site(client, target):
    make_user(make_person("演示人甲"), username="demo-somebody")

    assert "evil" not in client.post("/demo/login/demo-somebody/", {"next": target}).url
    assert client.post("/demo/clock/", {"move": "reset", "next": target}).url == "/"


def test_the_link_back_from_a_refusal_stays_on_the_platform(applicant):
    answer = applicant.post(
        "/start/choose/", {"membership": "999"}, headers={"referer": "https://evil.example/"}
    )

    assert answer.status_code == 404
    assert "evil.example" not in answer.content.decode()


def test_signing_in_starts_a_new_session_and_signing_out_ends_it(client):
    """No fixed session, and the cookie of a session that was left opens nothing (checklist 8)."""
    user = make_user(make_person("申报人甲"), username="somebody")
    user.set_password(PASSWORD)
    user.save()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["sessionid"] = session.session_key
    planted = session.session_key

    client.post("/accounts/login/", {"login": "somebody", "password": PASSWORD})
    own = client.cookies["sessionid"].value
    assert own != planted
    assert client.get("/accounts/me/").status_code == 200

    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = own
    assert thief.get("/accounts/me/").status_code == 302


def test_leaving_by_a_link_of_another_site_does_not_sign_out(applicant):
    """GET changes nothing, not even that."""
    applicant.get("/accounts/logout/")
    assert applicant.get("/accounts/me/").status_code == 200


SETTINGS = """
import django, os
from django.conf import settings
django.setup()
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
      settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_HTTPONLY,
      settings.SESSION_COOKIE_SAMESITE, settings.SECURE_HSTS_SECONDS >= 31536000, settings.DEBUG, settings.DEMO,
      settings.ALLOWED_HOSTS)
from django.core.exceptions import DisallowedHost
from django.test import Client, RequestFactory
try:
    print(RequestFactory().get("/", headers={"host": "evil.example"}).get_host())
except DisallowedHost:
    print("refused")
print(Client().get("/demo/", headers={"host": "zhiping.example"}).status_code)
"""


def test_production_cookies_hosts_and_transport(tmp_path):
    """`__Host-` cookies over TLS only, HSTS for a year, no foreign host, everything else to https."""
    given = {
        "DJANGO_SETTINGS_MODULE": "config.settings.prod",
        "ZHIPING_DATA_DIR": str(tmp_path),
        "ZHIPING_SECRET_KEY": "a" * 50,
        "ZHIPING_PRIVACY_KEY": "b" * 50,
        "ZHIPING_SIGNING_KEY_DIR": str(tmp_path / "signing"),
        "ZHIPING_HOSTS": "zhiping.example",
    }
    told = subprocess.run(
        [sys.executable, "-c", SETTINGS], env=given, capture_output=True, text=True, check=False
    )

    words, foreign, plain = told.stdout.strip().splitlines() or [told.stderr, "", ""]
    assert words == (
        "__Host-sessionid __Host-csrftoken True True True True Lax True False False ['zhiping.example']"
    ), told.stderr
    assert (foreign, plain) == ("refused", "301")


def test_error_pages_tell_nothing_of_the_inside(client):
    answer = client.get("/nothing-here/")
    assert re.search(r"Traceback|urlconf|zhiping\.(web|portals)", answer.content.decode()) is None
