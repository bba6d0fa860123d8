"""The gate of the interface: token, scope, expiry, idempotency, paging, problems (issue 3 §11, R-031, R-391)."""

import base64
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser

from tests.factories.exchange import Machine, Signer, make_client, token_for
from tests.factories.hours import make_authority, make_batch, make_course, make_training_body
from tests.factories.people import make_organisation, make_person, sign_in, staff_actor
from zhiping.auditlog.models import LogEntry
from zhiping.continuing_education.models import HourBatch, HourRecord
from zhiping.exchange.models import AccessToken, Client, KeptAnswer
from zhiping.exchange.operations import revoke_client
from zhiping.exchange.states import Scope
from zhiping.exchange.tasks import forget
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Refused
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind, OrganisationState
from zhiping.portals.api import gate

pytestmark = pytest.mark.django_db
BATCHES = "/api/v1/hour-batches"


@pytest.fixture(autouse=True)
def _today(at, now):
    cache.clear()
    at(now)


@pytest.fixture
def body():
    return make_training_body()


@pytest.fixture
def machine(body, now):
    return Machine(token_for(body, now))


def problem(response) -> str:
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == response.status_code
    assert told["title"]
    return told["code"]


def ask(**form):
    return Browser(enforce_csrf_checks=True).post(
        "/api/token",
        "&".join(f"{k}={v}" for k, v in form.items()),
        content_type="application/x-www-form-urlencoded",
    )


def grant(client: Client, secret: str, **form):
    return ask(grant_type="client_credentials", client_id=client.identifier, client_secret=secret, **form)


def batch_of(body, *, key="B1", people=1):
    course = make_course(body)
    rows = [
        {"document": p.document_number, "name": p.name, "course": course.number, "year": 2026, "hours": 12}
        for p in (make_person(f"学员{n}") for n in range(people))
    ]
    return json.dumps({"key": key, "rows": rows}, ensure_ascii=False).encode()


def test_a_client_gets_a_token_for_a_quarter_of_an_hour(body, now, at):
    client, secret = make_client(body, now)

    told = grant(client, secret).json()

    assert told["token_type"] == "Bearer"
    assert told["expires_in"] == 900
    machine = Machine(told["access_token"])
    assert machine.get(BATCHES).status_code == 200
    at(now + timedelta(minutes=14, seconds=59))
    assert machine.get(BATCHES).status_code == 200
    at(now + timedelta(minutes=15))
    assert problem(machine.get(BATCHES)) == "token_invalid"


def test_http_basic_works_too(body, now):
    client, secret = make_client(body, now)
    pair = base64.b64encode(f"{client.identifier}:{secret}".encode()).decode()

    done = Browser().post(
        "/api/token",
        "grant_type=client_credentials",
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Basic {pair}"},
    )

    assert done.status_code == 200
    assert done["Cache-Control"] == "no-store"


def test_secrets_and_tokens_are_kept_as_digests_only(body, now):
    client, secret = make_client(body, now)
    token = grant(client, secret).json()["access_token"]

    kept = str(Client.objects.values()) + str(AccessToken.objects.values()) + str(LogEntry.objects.values())

    assert secret not in kept
    assert token not in kept


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"scope": "results:read"}, "invalid_scope"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_what_does_not_fit_gets_no_token(body, now, form, error):
    client, secret = make_client(body, now)
    right = {"grant_type": "client_credentials", "client_id": client.identifier, "client_secret": secret}

    done = ask(**right | form)

    assert done.json()["error"] == error
    assert not AccessToken.objects.exists()


def test_a_revoked_client_and_a_suspended_body_are_out_at_once(body, now):
    first, second = make_client(body, now), make_client(body, now)
    machines = [Machine(grant(*each).json()["access_token"]) for each in (first, second)]
    admin = staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)

    revoke_client(client=first[0], reason="停止合作", version=1, actor=admin, now=now)

    assert problem(machines[0].get(BATCHES)) == "token_invalid"
    assert grant(*first).status_code == 401
    assert machines[1].get(BATCHES).status_code == 200
    Organisation.objects.filter(pk=body.pk).update(state=OrganisationState.SUSPENDED)
    assert problem(machines[1].get(BATCHES)) == "token_invalid"
    assert grant(*second).status_code == 401


def test_a_session_of_a_person_opens_nothing(client, body):
    sign_in(client, staff_actor(body, Role.TRAINING_BODY))

    assert problem(client.get(BATCHES)) == "token_missing"


def test_a_token_opens_only_its_scope(body, now):
    machine = Machine(token_for(body, now, [Scope.CERTIFICATES_VERIFY]))

    assert problem(machine.get(BATCHES)) == "scope_missing"
    assert problem(machine.post(BATCHES, b"{}")) == "scope_missing"


def test_a_body_gets_no_scope_that_is_not_its_business(body, now):
    """A training body never reads results (R-031: access is allocated)."""
    with pytest.raises(Refused):
        make_client(body, now, [Scope.RESULTS_READ])


def test_a_batch_is_entered_once_however_often_it_is_sent(machine, body, now):
    payload, signer = batch_of(body, people=3), Signer(body, now)
    head = {"Batch-Signature": signer.sign(payload), "Idempotency-Key": "k1"}

    first, again = machine.post(BATCHES, payload, **head), machine.post(BATCHES, payload, **head)

    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert first.json()["size"] == 3
    assert HourRecord.objects.count() == 3
    assert HourBatch.objects.get().received_from_id is None


def test_the_same_key_with_other_content_is_a_conflict(machine, body, now):
    signer = Signer(body, now)
    one, other = batch_of(body), batch_of(body, key="B2")
    machine.post(BATCHES, one, **{"Batch-Signature": signer.sign(one), "Idempotency-Key": "k1"})

    done = machine.post(BATCHES, other, **{"Batch-Signature": signer.sign(other), "Idempotency-Key": "k1"})

    assert problem(done) == "idempotency_conflict"
    assert HourBatch.objects.count() == 1


def test_keys_of_two_clients_have_nothing_to_do_with_each_other(machine, body, now):
    other_body = make_training_body("另一所培训学校")
    for each, caller in ((body, machine), (other_body, Machine(token_for(other_body, now)))):
        payload = batch_of(each)
        head = {"Batch-Signature": Signer(each, now).sign(payload), "Idempotency-Key": "k1"}
        assert caller.post(BATCHES, payload, **head).status_code == 201


def test_a_refused_batch_leaves_its_key_free(machine, body, now):
    signer, payload = Signer(body, now), batch_of(body)
    head = {"Idempotency-Key": "k1"}

    assert problem(machine.post(BATCHES, payload, **head, **{"Batch-Signature": "x"})) == "refused"
    assert not KeptAnswer.objects.exists()
    done = machine.post(BATCHES, payload, **head, **{"Batch-Signature": signer.sign(payload)})
    assert done.status_code == 201


def test_a_change_without_a_key_is_not_made(machine, body, now):
    payload = batch_of(body)

    done = machine.post(BATCHES, payload, **{"Batch-Signature": Signer(body, now).sign(payload)})

    assert problem(done) == "idempotency_key_missing"
    assert not HourBatch.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "content_type"),
        (b"[1", "invalid"),
        (b'{"key": "a", "rows": []}', "invalid"),
        (b'{"key": "a\\u0000", "rows": [{}]}', "invalid"),
        (b'{"key": "\\ud800", "rows": [{}]}', "invalid"),
        (b" " * 5_000_001, "too_large"),
    ],
)
def test_what_is_no_batch_is_said_to_be_none(machine, content, code):
    assert problem(machine.post(BATCHES, content, **{"Idempotency-Key": "k"})) == code


def test_other_methods_and_addresses_are_answered_as_problems(machine):
    done = machine.browser.delete(BATCHES, headers={"Authorization": f"Bearer {machine.token}"})

    assert problem(done) == "method_not_allowed"
    assert done["Allow"] == "GET, POST"
    assert problem(machine.get("/api/v2/anything")) == "not_found"


def test_pages_follow_each_other_without_gap_or_double(machine, body, now):
    course = make_course(body)
    other = make_course()
    mine = [make_batch(body, course, make_person(), now).pk for _ in range(5)]
    make_batch(other.provider, other, make_person(), now)

    seen, cursor = [], ""
    while cursor is not None:
        told = machine.get(BATCHES, limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [each["id"] for each in told["items"]]
        cursor = told["next"]

    assert seen == mine


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 201}, {"cursor": "x"}, {"colour": "red"}, {"limit": ["1", "2"]}]
)
def test_a_strange_query_is_refused(machine, query):
    assert problem(machine.get(BATCHES, **query)) == "invalid"


def test_every_call_of_a_client_is_in_the_log(machine, body, now):
    course = make_course(body)
    make_batch(body, course, make_person(), now)

    machine.get(BATCHES)
    machine.post(BATCHES, b"{}")

    lines = list(LogEntry.objects.filter(verb="api.call").order_by("sequence"))
    assert [(x.details["operation"], x.details["status"], x.details["rows"]) for x in lines] == [
        ("list_batches", 200, 1),
        ("push_hours", 422, 0),
    ]
    assert {x.actor_organisation for x in lines} == {body.pk}


def test_too_many_calls_are_slowed_down(machine, now):
    span = int(now.timestamp()) // gate.SPAN_SECONDS
    cache.set(f"api:{Client.objects.get().pk}:list_batches:{span}", 599)

    assert machine.get(BATCHES).status_code == 200
    done = machine.get(BATCHES)
    assert problem(done) == "too_many"
    assert done["Retry-After"]


def test_what_has_run_out_is_forgotten(machine, body, now):
    payload = batch_of(body)
    head = {"Batch-Signature": Signer(body, now).sign(payload), "Idempotency-Key": "k1"}
    machine.post(BATCHES, payload, **head)

    forget(now + timedelta(days=1))
    assert not AccessToken.objects.exists()
    assert KeptAnswer.objects.exists()
    forget(now + timedelta(days=31))
    assert not KeptAnswer.objects.exists()


def test_an_authority_that_is_no_training_body_cannot_register_hours(now):
    """HR bodies have no such scope; were it written into the row, the operation itself says no."""
    bureau = make_authority()
    client, secret = make_client(bureau, now)
    Client.objects.filter(pk=client.pk).update(scopes=[Scope.HOURS_WRITE])
    machine = Machine(grant(client, secret).json()["access_token"])
    line = {"document": "1", "name": "甲", "course": "K", "year": 2026, "hours": 1}

    done = machine.post(BATCHES, {"key": "a", "rows": [line]}, **{"Idempotency-Key": "k"})

    assert problem(done) == "forbidden"
