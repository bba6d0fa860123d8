"""Every operation of the interface asked with made-up input: nothing breaks, and the document tells the truth (reliability I3)."""

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.factories.committees import World, make_application
from tests.factories.exchange import token_for
from tests.factories.hours import make_batch, make_course, make_training_body
from tests.factories.people import make_person
from zhiping.exchange.states import Scope
from zhiping.portals.api.openapi import document

EXAMPLES = 8  # of each operation and mode; the whole file takes about fifteen seconds
HEAD = {"Accept-Encoding": "identity"}
schema = schemathesis.openapi.from_dict(document("http://testserver"))
schema.app = WSGIHandler()
OPERATIONS = [found.ok() for found in schema.get_all_operations()]
PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    ignored_auth,
]
REPEATABLE = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def tokens(db, at, now):
    cache.clear()
    at(now)
    world, school = World(now), make_training_body()
    make_application(world.plan)
    make_batch(school, make_course(school), make_person(), now)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the test's transaction lives in this connection
    yield {Scope.HOURS_WRITE: token_for(school, now), None: token_for(world.office, now)}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_is_in_the_document():
    assert {each.label for each in OPERATIONS} == {
        "GET /api/v1/hour-batches",
        "POST /api/v1/hour-batches",
        "POST /api/v1/certificates/verify",
        "GET /api/v1/plans",
        "GET /api/v1/plans/{slug}/results",
        "GET /api/v1/plans/{slug}/statistics",
    }


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda m: m.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_operation_keeps_its_promises(operation, mode, tokens):
    """No 5xx, no answer that the document does not name, no wrong input taken, no call without its token."""
    mine = tokens.get(Scope.HOURS_WRITE if "hour-batches" in operation.path else None)
    seen = set()

    @REPEATABLE
    @given(case=operation.as_strategy(mode))
    def ask(case):
        seen.add(
            case.call_and_validate(
                headers=HEAD | {"Authorization": f"Bearer {mine}"}, checks=PROMISES
            ).status_code
        )

    ask()
    assert seen
    if mode is GenerationMode.NEGATIVE:
        assert not seen & {200, 201}
