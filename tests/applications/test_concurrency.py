"""Two at once: one act (R-294, R-398)."""

import threading
import time

import pytest
from django.core import serializers
from django.db import OperationalError, connection

from tests.factories.applications import make_ready_draft, make_world, step_of, submitted
from tests.factories.people import applicant_actor
from zhiping.applications.models import Snapshot, Step, StepDecision
from zhiping.applications.operations import pass_step, submit_application
from zhiping.applications.states import StepState
from zhiping.auditlog.append_only import protect, unprotect
from zhiping.auditlog.models import LogHead
from zhiping.kernel.errors import Refused
from zhiping.kernel.models import CalendarException, CalendarYear
from zhiping.policies.frozen import freeze, thaw

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = ("auditlog_logentry", "applications_snapshot", "achievements_copycheck")
PACKS = "policies_packversion"


@pytest.fixture(autouse=True, scope="module")
def first_rows(django_db_setup, django_db_blocker):
    """Each test here empties the database by deletes: triggers stand aside, and what migrations wrote comes back."""
    with django_db_blocker.unblock():
        models = (CalendarYear, CalendarException, LogHead)
        rows = serializers.serialize("json", [row for model in models for row in model.objects.all()])
        for table in KEPT:
            unprotect(connection, table)
        thaw(connection, PACKS)
    yield rows
    with django_db_blocker.unblock():
        load(rows)
        for table in KEPT:
            protect(connection, table)
        freeze(connection, PACKS)


@pytest.fixture(autouse=True)
def _there(first_rows, transactional_db):
    load(first_rows)


def load(rows):
    for row in serializers.deserialize("json", rows):
        row.save()


def together(act, count=4):
    """Run the act in several threads at once; the answers and refusals."""
    barrier, answers = threading.Barrier(count), []

    def run():
        barrier.wait()
        for _ in range(2000):
            try:
                answers.append(act())
                break
            except Refused as refusal:
                answers.append(refusal)
                break
            except OperationalError:  # SQLite in memory does not wait for a lock by itself
                time.sleep(0.005)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_parallel_submits_with_one_token_are_one_act(now):
    draft = make_ready_draft(now, make_world(now))
    actor = applicant_actor(draft.person)
    answers = together(
        lambda: submit_application(application_id=draft.pk, token="t", actor=actor, now=now).number
    )

    assert len(answers) == 4
    assert len({str(answer) for answer in answers}) == 1
    assert Snapshot.objects.count() == 1
    assert Step.objects.filter(state=StepState.OPEN).count() == 1


def test_parallel_passes_are_one_decision(now):
    world = make_world(now)
    application = submitted(now, world)
    clerk = world.clerk

    def act():
        pass_step(step=step_of(application), opinion="同意", version=1, actor=clerk, now=now)

    answers = together(act)

    assert sum(answer is None for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 3
    assert StepDecision.objects.count() == 1
