"""Contract of single sign-on: code flow with PKCE against the provider, whole and in each way broken (R-026, R-368)."""

import http.client
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.cache import cache

from zhiping.gateways import sign_on
from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.sign_on import LEGAL, PERSON, address_of, identity_for, new_attempt

BACK = "http://127.0.0.1:8000/accounts/sso/back/"
WHO = {"name": "申报人子", "document_number": "339900199003079012", "phone": "19900009001", "level": "3"}
UNIT = {"unit_name": "示范新办装备有限公司", "credit_code": "91330106MADEM000X4", "legal_person": "甲"}


@pytest.fixture
def provider(sandbox, settings):
    cache.clear()
    found = sandbox.stand_ins["sign_on"]
    settings.SIGN_ON_ISSUER = found.base
    yield found
    cache.clear()


@pytest.fixture
def now(provider):
    return provider.around.clock.now()


def chosen(address, **said):
    """What the provider sends the browser back with after somebody chose who they are."""
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    there = http.client.HTTPConnection(parts.netloc)
    there.request("POST", parts.path, urlencode({**asked, **(said or WHO)}))
    back = there.getresponse().getheader("Location")
    there.close()
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


def begun(account=PERSON, **said):
    attempt = new_attempt(account)
    return attempt, chosen(address_of(attempt, back=BACK), **said)["code"]


def test_a_person_is_who_the_token_says(now):
    attempt, code = begun()
    who = identity_for(attempt, code=code, back=BACK, now=now)

    assert (who.account, who.name, who.number, who.level) == (PERSON, "申报人子", WHO["document_number"], 3)
    assert who.credit_code == ""


def test_a_legal_person_comes_with_its_code_and_its_handler(now):
    attempt, code = begun(LEGAL, **WHO, **UNIT)
    who = identity_for(attempt, code=code, back=BACK, now=now)

    assert (who.credit_code, who.unit_name, who.name) == (UNIT["credit_code"], UNIT["unit_name"], "申报人子")


def test_a_code_is_good_once_and_only_for_whoever_began(now):
    attempt, code = begun()
    identity_for(attempt, code=code, back=BACK, now=now)
    with pytest.raises(Wrong):
        identity_for(attempt, code=code, back=BACK, now=now)
    _, stolen = begun()
    with pytest.raises(Wrong):
        identity_for(new_attempt(PERSON), code=stolen, back=BACK, now=now)  # another verifier


def test_a_personal_token_is_no_legal_one(now, provider):
    """R-027: a token of the other kind is refused whoever mixes them up."""
    attempt = new_attempt(LEGAL)
    mixed = address_of(attempt, back=BACK).replace("account=legal", "account=person")

    with pytest.raises(Wrong, match="person where a legal"):
        identity_for(attempt, code=chosen(mixed, **WHO)["code"], back=BACK, now=now)


def test_an_old_token_and_one_of_another_attempt_are_refused(now, provider):
    """R-368: an expired token means: sign in again."""
    attempt, code = begun()
    with pytest.raises(Wrong, match="time"):
        identity_for(attempt, code=code, back=BACK, now=now + timedelta(minutes=7))

    attempt = new_attempt(PERSON)
    address = address_of(attempt, back=BACK).replace(attempt.nonce, "another-nonce")
    with pytest.raises(Wrong, match="another attempt"):
        identity_for(attempt, code=chosen(address, **WHO)["code"], back=BACK, now=now)


def test_a_token_for_another_client_is_refused(now, provider, settings):
    attempt, code = begun()
    with provider.around.shelf.lock:
        kept = provider.around.shelf.get("code", code)
        kept["claims"]["aud"] = "somebody-else"
        provider.around.shelf.put("code", code, kept)

    with pytest.raises(Wrong, match="must not be believed"):
        identity_for(attempt, code=code, back=BACK, now=now)


def test_keys_that_the_provider_changed_are_asked_for_anew(now, provider):
    attempt, code = begun()
    identity_for(attempt, code=code, back=BACK, now=now)
    del provider.signing
    attempt, code = begun()

    assert identity_for(attempt, code=code, back=BACK, now=now).name == "申报人子"


@pytest.mark.parametrize(
    ("fault", "error"),
    [("down", Unreachable), ("slow", Unreachable), ("wrong", Wrong), ("half", Unreachable)],
)
def test_a_broken_provider_signs_nobody_in_and_the_next_attempt_does(
    now, provider, fault, error, monkeypatch
):
    """`wrong` answers with a token that has no signature."""
    monkeypatch.setattr(sign_on, "EACH", 0.5)
    attempt, code = begun()
    provider.switch.turn(fault, times=1, seconds=2)
    with pytest.raises(error):
        identity_for(attempt, code=code, back=BACK, now=now)

    attempt, code = begun()
    assert identity_for(attempt, code=code, back=BACK, now=now).level == 3


@pytest.mark.parametrize("fault", ["down", "wrong", "half"])
def test_without_configuration_nobody_is_sent_away(provider, fault):
    provider.switch.turn(fault, times=1)
    with pytest.raises((Unreachable, Wrong)):
        address_of(new_attempt(PERSON), back=BACK)


def test_the_provider_sends_nobody_to_strangers(provider):
    address = address_of(new_attempt(PERSON), back="http://elsewhere.example/")
    parts = urlsplit(address)
    there = http.client.HTTPConnection(parts.netloc)
    there.request("GET", f"{parts.path}?{parts.query}")

    assert there.getresponse().status == 400
    there.close()
