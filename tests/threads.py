"""Several threads at once on a real database: fixtures that empty it between tests, and `together`."""

import threading
import time

import pytest
from django.core import serializers
from django.db import OperationalError, connection

from zhiping.auditlog.append_only import protect, unprotect
from zhiping.auditlog.models import LogHead
from zhiping.kernel.errors import Refused
from zhiping.kernel.models import CalendarException, CalendarYear
from zhiping.policies.frozen import freeze, thaw

KEPT = ("auditlog_logentry", "applications_snapshot", "achievements_copycheck")
PACKS = "policies_packversion"


_migrated: list[str] = []


def remember_migrated() -> None:
    """Keep what migrations wrote, before any test empties the database."""
    models = (CalendarYear, CalendarException, LogHead)
    rows = [row for model in models for row in model.objects.all()]
    _migrated[:] = [serializers.serialize("json", rows)]


@pytest.fixture(autouse=True, scope="module")
def first_rows(django_db_setup, django_db_blocker):
    """Each test here empties the database by deletes: triggers stand aside, and what migrations wrote comes back."""
    [rows] = _migrated
    with django_db_blocker.unblock():
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
