"""The decision log cannot be changed, cut or extended unseen (R-391)."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.factories.scaffold import organisation
from zhiping.auditlog.append_only import protect, unprotect
from zhiping.auditlog.models import LogEntry
from zhiping.auditlog.queries import breaks
from zhiping.auditlog.recording import record
from zhiping.kernel.actor import SYSTEM

TABLE = "auditlog_logentry"
pytestmark = pytest.mark.django_db


@pytest.fixture
def log(now):
    body = organisation()
    for note in ("甲", "乙", "丙"):
        record("organisation.note", actor=SYSTEM, now=now, subject=body, note=note, details={"数": 1})


def tamper(change) -> list[str]:
    unprotect(connection, TABLE)
    change()
    protect(connection, TABLE)
    return [f"{place.sequence} {place.reason}" for place in breaks()]


def test_an_untouched_log_verifies(log):
    assert list(breaks()) == []
    out = StringIO()
    call_command("log", "verify", stdout=out)
    assert "日志完整：3 条" in out.getvalue()


@pytest.mark.parametrize("statement", [{"note": "改"}, None])
def test_the_database_refuses_update_and_delete(log, statement):
    rows = LogEntry.objects.filter(sequence=2)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**statement) if statement else rows.delete()

    assert LogEntry.objects.get(sequence=2).note == "乙"


def test_a_changed_line_is_found_even_if_triggers_are_taken_away(log):
    assert tamper(lambda: LogEntry.objects.filter(sequence=2).update(note="改")) == [
        "2 内容与指纹不符，已被改动"
    ]


def test_a_removed_line_is_found(log):
    found = tamper(lambda: LogEntry.objects.filter(sequence=2).delete())

    assert found == ["3 第 2 条缺失", "3 与上一条的指纹不衔接"]


def test_a_removed_end_is_found_and_the_command_fails(log):
    assert tamper(lambda: LogEntry.objects.filter(sequence=3).delete()) == [
        "3 链头与最后一条不符，末尾有缺失"
    ]
    with pytest.raises(SystemExit):
        call_command("log", "verify", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_a_programming_error(now):
    unprotect(connection, TABLE)  # the test database is emptied afterwards
    try:
        with pytest.raises(RuntimeError, match="transaction"):
            record("organisation.note", actor=SYSTEM, now=now, subject=organisation())
    finally:
        protect(connection, TABLE)
