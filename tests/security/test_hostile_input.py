"""Whatever is sent to whichever page, the answer is a page and never a breakdown (reliability §3.2; checklist 30, 36, 59)."""

import re
import traceback

import pytest
from django.db import transaction
from django.test import Client

from tests.architecture.urls import Address, addresses
from tests.security.world import Town, make_town
from zhiping.kernel.actor import Role
from zhiping.web.pages import Audience

pytestmark = pytest.mark.django_db

HOSTILE = {
    "nothing": "",
    "NUL": "a\0b",
    "a digit that is no number": "²",
    "a number no column holds": "9" * 25,
    "a number no integer holds": "9" * 5000,
    "below zero": "-1",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "no day": "2026-02-30",
    "long": "长" * 70_000,
    "markup": '<script>alert(1)</script>\u202e#eval("1")',
    "braces": '{"a": [[[[{"b": 1e999}]]]]}',
}
ONE_BY_ONE = ("a digit that is no number", "first day")
KNOWN = (
    *(
        "version",
        "opinion",
        "reason",
        "outcome",
        "verdict",
        "item",
        "step",
        "application",
        "present",
        "title",
    ),
    *("claims", "membership", "answer", "code", "codes", "token", "confirmed", "mark-1", "place-1", "code-1"),
    *(
        "fix_until",
        "clause",
        "day",
        "move",
        "next",
        "key",
        "kept",
        "signature",
        "decision",
        "accept",
        "employer",
    ),
    *(
        "successor",
        "login",
        "password",
        "page",
        "state",
        "plan",
        "words",
        "q",
        "file",
        "name",
        "number",
        "text",
    ),
)
QUERY = (
    "page",
    "state",
    "plan",
    "words",
    "q",
    "file",
    "show",
    "code",
    "title",
    "next",
    "kind",
    "series",
    "level",
)
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")
ROLE_OF = {
    Audience.PUBLIC: Role.ANONYMOUS,
    Audience.SIGNED_IN: Role.APPLICANT,
    Audience.APPLICANT: Role.APPLICANT,
    Audience.EMPLOYER: Role.EMPLOYER_CLERK,
    Audience.COMMITTEE: Role.COMMITTEE_OFFICE,
    Audience.EXPERT: Role.COMMITTEE_MEMBER,
    Audience.OPERATOR: Role.SYSTEM_ADMIN,
    Audience.SUPERVISOR: Role.SUPERVISOR,
    Audience.TRAINING: Role.TRAINING_BODY,
    Audience.STAFF: Role.COMMITTEE_OFFICE,
    Audience.MACHINE: Role.ANONYMOUS,
}


@pytest.fixture
def town(now, at) -> Town:
    at(now)
    return make_town(now)


def visitors(address: Address) -> list[Role]:
    """Who gets past the door of a page: there the hostile value meets the view."""
    if address.audience is Audience.AUTHORITY:
        return [Role.COUNTY_HR if "applications" in address.route else Role.CITY_HR]
    return [ROLE_OF[address.audience]]


def real(address: Address, town: Town) -> str:
    """The address with arguments that name something which the visitor may see."""
    spaces = address.name.split(":")
    given: dict[str, object] = {}
    for depth in range(1, len(spaces) + 1):
        given |= town.named.get(":".join(spaces[:depth]), {})

    def put(found: re.Match[str]) -> str:
        kind, _, name = found[1].rpartition(":")
        return str(given.get(name, 999999 if kind == "int" else "none"))

    return "/" + re.sub(r"<([^>]+)>", put, address.route)


def bent(address: Address) -> list[str]:
    """The address with hostile arguments."""
    found = []
    for number, text in (
        ("9" * 25, "a%00b"),
        ("9" * 5000, "²"),
        ("0", "%ff%fe"),
        ("1", "长" * 300),
        ("1", "..%2f"),
    ):
        one = re.sub(r"<int:[^>]+>", number, address.route)
        found.append("/" + re.sub(r"<[^>]+>", text, one))
    return list(dict.fromkeys(found)) if "<" in address.route else []


class Try:
    """Sends requests, each undone afterwards, and keeps every breakdown."""

    def __init__(self, client: Client, role: Role) -> None:
        self.client, self.role = client, role
        self.broken: list[str] = []

    def send(self, method: str, url: str, data=None, what: str = "", **headers):
        jar = self.client.cookies.copy()
        try:
            with transaction.atomic():
                answer = getattr(self.client, method)(url, data or {}, **headers)
                if answer.streaming:
                    list(answer.streaming_content)
                transaction.set_rollback(True)
        except Exception as error:  # whatever escapes the view is what a visitor would see as 500
            last = traceback.extract_tb(error.__traceback__)
            ours = [
                f"{each.filename.rpartition('zhiping/')[2]}:{each.lineno}"
                for each in last
                if "/zhiping/" in each.filename
            ]
            self.broken.append(
                f"{method} {url[:80]} {what} ({self.role}): {type(error).__name__} {str(error)[:90]!r} at {ours[-1:]}"
            )
            return None
        finally:
            self.client.cookies = jar
        if answer.status_code >= 500:
            self.broken.append(f"{method} {url[:80]} {what} ({self.role}): {answer.status_code}")
        return answer


def fields_of(answer) -> dict[str, str]:
    """What a browser would send back, by name."""
    if answer is None or answer.streaming:
        return {}
    found = {}
    for hit in FIELD.finditer(answer.content.decode(errors="replace")):
        value = VALUE.search(hit[0])
        found[hit[1]] = value[1] if value else ""
    return found


def probe(address: Address, town: Town) -> list[str]:
    """Every hostile thing to one address, by everybody it is for."""
    broken = []
    for role in visitors(address):
        attempt = Try(town.client(role), role)
        url = real(address, town)
        for each in bent(address):
            attempt.send("get" if "GET" in address.view.methods else "post", each, what="hostile key")
        attempt.send("head", url, what="HEAD")
        shown = attempt.send("get", url, what="as it is") if "GET" in address.view.methods else None
        if shown is not None:
            for what, value in HOSTILE.items():
                attempt.send("get", url, dict.fromkeys(QUERY, value[:3000]), f"GET {what}")
            attempt.send("get", url + "?page=%ff%fe&words=%ed%a0%80&file=%00", what="GET invalid UTF-8")
        if "POST" in address.view.methods:
            known = fields_of(shown) or dict.fromkeys(KNOWN, "1")
            posts(attempt, url, known)
        broken += attempt.broken
    return broken


def posts(attempt: Try, url: str, known: dict[str, str]) -> None:
    """Nothing at all, everything hostile at once, one hostile value among good ones, broken bodies."""
    for what, value in HOSTILE.items():
        attempt.send(
            "post",
            url,
            dict.fromkeys((*KNOWN, *known), value[: 900_000 // (len(known) + 60)]),
            f"POST {what}",
        )
    for what in ONE_BY_ONE:
        for name in [each for each in known if each != "csrfmiddlewaretoken"][:8]:
            attempt.send("post", url, {**known, name: HOSTILE[what]}, f"POST {name}={what}")
    attempt.send(
        "post",
        url,
        b"\xff\xfe=%ff&version=%00&a",
        "POST bytes",
        content_type="application/x-www-form-urlencoded",
    )
    attempt.send(
        "post", url, b"--x\r\nbroken", "POST multipart", content_type="multipart/form-data; boundary=x"
    )
    attempt.send("post", url, {**known, "version": "²"}, "autosave", headers={"X-Autosave": "1"})


def test_no_page_breaks_down_whatever_is_sent_to_it(town):
    """Every URL × its visitors × hostile keys, queries, fields, bodies. One town for all, because it takes long to make."""
    broken = [each for address in addresses() for each in probe(address, town)]
    assert broken == []
