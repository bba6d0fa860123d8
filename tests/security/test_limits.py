"""Limits hold back who tries too much, and nobody else (checklist 5; threats 6, 24)."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "eine lange Losung"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


def sign_in_from(address: str, password: str) -> int:
    """200 when refused, 302 when signed in."""
    client = Client(REMOTE_ADDR=address)
    return client.post("/accounts/login/", {"login": "victim", "password": password}).status_code


def test_failures_elsewhere_do_not_shut_the_owner_out():
    """A rival who fails on purpose is stopped; the owner, in another network, still gets in."""
    user = make_user(make_person("申报人甲"), username="victim")
    user.set_password(PASSWORD)
    user.save()
    for _ in range(8):
        sign_in_from("203.0.113.5", "wrong")

    assert sign_in_from("203.0.113.5", PASSWORD) == 200
    assert sign_in_from("198.51.100.7", PASSWORD) == 302


def test_lookups_are_counted_by_visitor_behind_the_proxy(settings):
    """One visitor's lookups use up nobody else's, although all come through the same proxy."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client()

    def look(visitor: str) -> int:
        return client.get("/verify/unknown-code/", headers={"x-forwarded-for": visitor}).status_code

    assert [look("203.0.113.5") for _ in range(31)] == [404] * 30 + [409]
    assert look("198.51.100.7") == 404
