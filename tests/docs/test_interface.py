"""The commands of docs/howto/call-the-interface.md, run as curl would send them (issue 3 §11)."""

import itertools
import json
import re
import shlex
from base64 import b64encode
from string import Template

import pytest
from django.core.cache import cache
from django.test import Client

from tests.docs.pages import ROOT
from tests.factories.committees import World
from tests.factories.exchange import Signer, make_client
from tests.factories.hours import make_course, make_training_body
from tests.factories.people import make_organisation, make_person
from tests.portals.api.test_plans import certify

pytestmark = pytest.mark.django_db
PAGE = (ROOT / "docs" / "howto" / "call-the-interface.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```bash\n(.*?)```", PAGE, re.S) for line in block.splitlines()]
WITH_VALUE = {"-H", "-d", "-u", "--data-binary"}


def curl(command, values, content=b""):
    """What curl would send, sent to the platform in this process."""
    command = re.sub(r"^TOKEN=\$\((.*?) \|.*\)$", r"\1", command)
    parts = shlex.split(Template(command).substitute(values))
    assert parts[:2] == ["curl", "-s"]
    headers, body = {}, None
    for name, value in itertools.pairwise(parts):
        if name == "-H":
            key, _, text = value.partition(": ")
            headers[key] = text
        elif name == "-u":
            headers["Authorization"] = "Basic " + b64encode(value.encode()).decode()
        elif name in {"-d", "--data-binary"}:
            body = content if value.startswith("@") else value.encode()
    assert {part for part in parts[3:] if part.startswith("-")} <= WITH_VALUE
    kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")
    browser = Client(enforce_csrf_checks=True)
    if body is None:
        return browser.get(parts[2], headers=headers)
    return browser.post(parts[2], body, content_type=kind, headers=headers)


def matching(part):
    found = [line for line in COMMANDS if part in line]
    assert found, part
    return found


def token(client, secret):
    values = {"ZHIPING": "", "CLIENT": client.identifier, "SECRET": secret}
    return curl(matching("/api/token")[0], values).json()["access_token"]


@pytest.fixture(autouse=True)
def _today(at, now):
    cache.clear()
    at(now)


def test_a_bureau_asks_as_the_page_says(now):
    world = World(now)
    found = certify(world, make_organisation(region="330106"), "A1")
    values = {
        "ZHIPING": "",
        "TOKEN": token(*make_client(world.city_hr, now)),
        "PLAN": world.plan.slug,
        "NUMBER": "A1",
        "NAME": found.holder_name,
    }

    [plans], [results] = matching("v1/plans?"), matching("/results")
    [counts], [verify] = matching("/statistics"), matching("/verify")

    assert curl(plans, values).json()["items"][0]["slug"] == world.plan.slug
    assert curl(results, values).json()["items"][0]["number"] == "A1"
    assert curl(counts, values).json()["total"] is None  # one person: hidden
    assert curl(verify, values).json()["state"] == "valid"


def test_a_training_body_pushes_hours_as_the_page_says(now):
    body = make_training_body()
    course, person = make_course(body), make_person()
    row = {"document": person.document_number, "name": person.name, "course": course.number}
    payload = json.dumps({"key": "B1", "rows": [{**row, "year": 2026, "hours": 12}]}).encode()
    values = {
        "ZHIPING": "",
        "TOKEN": token(*make_client(body, now)),
        "KEY": "k1",
        "SIGNATURE": Signer(body, now).sign(payload),
        "BATCH": "batch.json",
    }
    push, listed = matching("v1/hour-batches")

    assert curl(push, values, payload).status_code == 201
    assert curl(push, values, payload)["Idempotency-Replayed"] == "true"
    assert [each["key"] for each in curl(listed, values).json()["items"]] == ["B1"]


def test_every_command_of_the_page_is_run_here():
    parts = ("/api/token", "v1/plans?", "/results", "/statistics", "/verify", "v1/hour-batches")

    assert [line for line in COMMANDS if not any(part in line for part in parts)] == []
