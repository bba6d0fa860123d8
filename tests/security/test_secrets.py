"""Traces that must not exist: of voters at the ballot, of ID numbers and telephones, of codes (reliability 3.6; checklist 45, 50, 58)."""

import json
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.factories.people import sign_in
from tests.security.world import make_town
from zhiping.committees.models import Ballot
from zhiping.identity.models import Person
from zhiping.jobs.queue import run_due
from zhiping.kernel.actor import Role

pytestmark = pytest.mark.django_db
BOX = {"committees.ballot", "committees.ballotcode"}


@pytest.fixture
def town(now, at):
    at(now)
    return make_town(now)


def columns() -> dict[str, list[dict]]:
    """Every row of every table as it lies in the database: encrypted columns as ciphertext."""
    found = {}
    for model in apps.get_models():
        names = [field.column for field in model._meta.concrete_fields]
        marks = ", ".join(f'"{name}"' for name in names)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {marks} FROM "{model._meta.db_table}"')
            found[model._meta.label_lower] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def vote(client: Client, town, code: str) -> None:
    page = client.post("/ballot/", {"code": code}).content.decode()
    cases = set(re.findall(r'name="(case-\d+)"', page))
    answer = client.post("/ballot/", {"code": code, "cast": "1", **dict.fromkeys(cases, "agree")})
    assert "已投" in answer.content.decode() or answer.status_code == 200


def test_a_ballot_changes_nothing_but_the_box(town):
    """Even of a voter who is signed in: no log line, session, message, job or time can be laid beside the ballot."""
    client = Client()
    sign_in(client, town.actors[Role.COMMITTEE_MEMBER])
    before = columns()

    vote(client, town, town.codes[0])

    after = columns()
    assert Ballot.objects.count() == 2
    assert {label for label in after if after[label] != before[label]} == BOX


def test_no_table_holds_a_code_or_who_drew_it(town):
    vote(Client(), town, town.codes[0])
    everything = json.dumps(columns(), default=str)

    assert [code for code in town.codes if code in everything or code.replace("-", "") in everything] == []
    for label in BOX:
        model = apps.get_model(label)
        assert not {f.related_model for f in model._meta.get_fields() if f.is_relation} & {
            Person,
            apps.get_model("identity.user"),
            apps.get_model("committees.member"),
            apps.get_model("committees.seat"),
        }


def test_a_code_in_the_address_is_not_taken(town):
    """What stands in an address stands in logs (finding of this review): the slip's QR carries it behind the “#”."""
    shown = Client().get("/ballot/", {"code": town.codes[0]}).content.decode()

    assert re.search(r'<input id="code"[^>]* value=""', shown)
    assert "case-" not in shown


def test_the_ballot_page_begins_no_session(town):
    client = Client()
    vote(client, town, town.codes[0])
    assert set(client.cookies) <= {"csrftoken"}


def test_no_number_or_telephone_lies_in_the_clear(town, now):
    """Whole ID numbers and phones are nowhere in the database but encrypted: logs, messages, snapshots, jobs."""
    run_due()
    people = list(Person.objects.all())
    text = json.dumps(columns(), default=str, ensure_ascii=False)

    assert len(people) > 10
    assert [p.name for p in people if p.document_number in text or (p.phone and p.phone in text)] == []


PAGES = {
    Role.EMPLOYER_CLERK: (
        "/employer/",
        "/employer/applications/{sent}/",
        "/employer/archive/?show=all",
        "/employer/registration/clerks/",
    ),
    Role.COUNTY_HR: ("/authority/", "/authority/applications/", "/authority/employers/"),
    Role.COMMITTEE_OFFICE: ("/committee/", "/committee/meetings/{meeting}/", "/committee/committees/"),
    Role.COMMITTEE_MEMBER: ("/expert/", "/expert/meetings/{meeting}/"),
    Role.SYSTEM_ADMIN: ("/operator/accounts/people/", "/operator/accounts/"),
}


@pytest.mark.parametrize("role", PAGES)
def test_pages_of_others_show_no_whole_number(town, role):
    """Masked for everybody who only needs to recognise it (checklist 50)."""
    client = town.client(role)
    numbers = [value for p in Person.objects.all() for value in (p.document_number, p.phone) if value]
    for url in PAGES[role]:
        answer = client.get(url.format(sent=town.submitted.pk, meeting=town.meeting.pk))
        assert answer.status_code == 200, url
        assert [n for n in numbers if n in answer.content.decode()] == []
