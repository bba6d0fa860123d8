"""Single sign-on by OpenID Connect: code flow with PKCE, signed ID tokens (protocol in sandbox/sign_on/__init__.py)."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import jwt
from django.conf import settings
from django.core.cache import cache

from zhiping.gateways.http import PAGE_SECONDS, Unreachable, Wrong, call

PERSON, LEGAL = "person", "legal"
ALGORITHMS = ("RS256", "ES256")
LEEWAY = 60  # seconds by which the two clocks may differ
KEPT_SECONDS = 300  # how long configuration and keys are remembered
EACH = PAGE_SECONDS / 3  # configuration, token and keys together stay within a page's patience


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in; kept in the visitor's session until the provider sends them back."""

    account: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is. For a legal person name, number and phone are the handler's."""

    account: str
    level: int
    name: str
    number: str
    phone: str
    unit_name: str = ""
    credit_code: str = ""
    legal_person: str = ""


def is_connected() -> bool:
    """Whether the settings name a provider."""
    return bool(settings.SIGN_ON_ISSUER)


def new_attempt(account: str) -> Attempt:
    return Attempt(account, *(secrets.token_urlsafe(32) for _ in range(3)))


def address_of(attempt: Attempt, *, back: str) -> str:
    """Where the visitor's browser goes; Unreachable or Wrong if the provider does not say."""
    challenge = hashlib.sha256(attempt.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": settings.SIGN_ON_CLIENT,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "account": attempt.account,
    }
    return f"{_configuration()['authorization_endpoint']}?{urlencode(asked)}"


def identity_for(attempt: Attempt, *, code: str, back: str, now: datetime) -> Identity:
    """Exchange the code and believe the token, or Wrong: signature, issuer, audience, nonce, time, kind of account."""
    body = urlencode(
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": settings.SIGN_ON_CLIENT,
            "client_secret": settings.SIGN_ON_KEY,
            "code_verifier": attempt.verifier,
        }
    ).encode()
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    told = _asked("POST", _configuration()["token_endpoint"], body, head)
    claims = _claims(str(told.get("id_token", "")))
    moment = now.timestamp()
    is_fresh = claims["iat"] <= moment + LEEWAY and moment < claims["exp"] + LEEWAY
    has_nonce = hmac.compare_digest(str(claims.get("nonce", "")), attempt.nonce)
    if not (is_fresh and has_nonce):
        raise Wrong("a token of another attempt or time")
    if claims.get("account") != attempt.account:
        raise Wrong(f"a token of a {claims.get('account')} where a {attempt.account} was asked")
    return _identity(claims)


def _identity(claims: Mapping[str, Any]) -> Identity:
    unit = claims.get("unit") if claims["account"] == LEGAL else {}
    try:
        found = Identity(
            account=claims["account"],
            level=int(claims["level"]),
            name=str(claims["name"]),
            number=str(claims["document_number"]),
            phone=str(claims.get("phone_number") or ""),
            unit_name=str(unit.get("name", "")),
            credit_code=str(unit.get("credit_code", "")),
            legal_person=str(unit.get("legal_person", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Wrong("a token that does not say who it is") from error
    if found.account == LEGAL and not found.credit_code:
        raise Wrong("a legal person without a credit code")
    return found


def _claims(token: str) -> dict[str, Any]:
    """The claims of a token signed by the provider with a key of its own; the time is the caller's to check."""
    try:
        kid = jwt.get_unverified_header(token).get("kid", "")
        return jwt.decode(
            token,
            _key(kid),
            algorithms=list(ALGORITHMS),
            audience=settings.SIGN_ON_CLIENT,
            issuer=settings.SIGN_ON_ISSUER,
            options={
                "require": ["exp", "iat", "iss", "aud", "sub", "nonce"],
                "verify_exp": False,  # the platform's clock decides, which the demo moves
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except jwt.PyJWTError as error:
        raise Wrong(f"a token that must not be believed: {error}") from error


def _key(kid: str) -> jwt.PyJWK:
    """The provider's key of this id; asked for anew once, for providers change their keys."""
    for fresh in (False, True):
        for each in _remembered("jwks", lambda: _configuration()["jwks_uri"], fresh=fresh).get("keys", ()):
            if isinstance(each, dict) and each.get("kid") == kid and each.get("kty") in {"RSA", "EC"}:
                return jwt.PyJWK.from_dict(each)
    raise Wrong(f"a token signed by a key that the provider does not have: {kid}")


def _configuration() -> dict[str, Any]:
    issuer = settings.SIGN_ON_ISSUER
    said = _remembered("configuration", lambda: f"{issuer}/.well-known/openid-configuration", fresh=False)
    ends = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if said.get("issuer") != issuer or not all(str(said.get(end, "")).startswith("http") for end in ends):
        cache.delete(f"sign-on-configuration-{issuer}")
        raise Wrong("the configuration of another provider")
    return said


def _remembered(what: str, address: Any, *, fresh: bool) -> dict[str, Any]:
    place = f"sign-on-{what}-{settings.SIGN_ON_ISSUER}"
    kept = None if fresh else cache.get(place)
    if kept is None:
        kept = _asked("GET", address(), b"", {})
        cache.set(place, kept, KEPT_SECONDS)
    return kept


def _asked(method: str, url: str, body: bytes, head: Mapping[str, str]) -> dict[str, Any]:
    answer = call(method, url, body=body, headers=head, seconds=EACH)
    if answer.status >= 500:
        raise Unreachable(f"status {answer.status}")
    try:
        said = json.loads(answer.body)
    except ValueError as error:
        raise Wrong("an answer that cannot be read") from error
    if answer.status != 200 or not isinstance(said, dict):
        raise Wrong(f"refused by the provider (status {answer.status})")
    return said
