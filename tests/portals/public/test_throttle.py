"""Verification is slowed down per visitor: behind a proxy the visitor's address counts, not the proxy's."""

import pytest
from django.core.cache import cache

from zhiping.portals.public.verify.throttle import MOST

pytestmark = pytest.mark.django_db
TOLD = {"number": "33000020262000001", "name": "申报人甲"}


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()


def ask(client, **headers) -> str:
    return client.post("/verify/", TOLD, headers=headers).content.decode()


def test_whoever_asks_too_often_is_told_when_to_come_back(client):
    answers = [ask(client) for _ in range(MOST + 1)]

    assert ["查询太频繁" in each for each in answers] == [False] * MOST + [True]


def test_visitors_behind_one_proxy_are_counted_apart(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(MOST + 1):
        first = ask(client, x_forwarded_for="198.51.100.7")

    second = ask(client, x_forwarded_for="198.51.100.8")

    assert "查询太频繁" in first
    assert "查询太频繁" not in second


def test_an_address_made_up_by_the_visitor_does_not_count(client, settings):
    """The proxy appends the true address; what stands before it is only what the visitor says."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    answers = [ask(client, x_forwarded_for=f"203.0.113.{n}, 198.51.100.7") for n in range(MOST + 1)]

    assert "查询太频繁" in answers[-1]
