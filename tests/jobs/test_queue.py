"""A committed job runs at least once, a rolled-back one never, a dead worker's one again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from zhiping.jobs import queue
from zhiping.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch):
    calls: list[dict[str, object]] = []

    def work(**payload: object) -> None:
        calls.append(payload)
        if payload.get("fails"):
            raise ValueError("坏数据")

    monkeypatch.setitem(queue._kinds, "test.work", work)
    return calls


def test_a_job_runs_once_with_its_payload(ran):
    queue.enqueue("test.work", number=7)

    assert queue.run_due() == 1
    assert queue.run_due() == 0
    assert ran == [{"number": 7}]


def test_the_same_key_is_queued_once(ran):
    queue.enqueue("test.work", key="case-1", number=1)
    queue.enqueue("test.work", key="case-1", number=2)
    queue.run_due()

    assert ran == [{"number": 1}]


def test_a_rolled_back_change_leaves_no_job(ran):
    with pytest.raises(ValueError, match="undo"), transaction.atomic():
        queue.enqueue("test.work")
        raise ValueError("undo")

    assert queue.run_due() == 0


def test_a_failing_job_is_tried_again_later_and_finally_set_aside_with_its_error(ran):
    queue.enqueue("test.work", fails=True)
    for _ in range(queue.MAX_ATTEMPTS):
        Job.objects.update(due_at=datetime.now(UTC))
        queue.run_due()

    job = Job.objects.get()
    assert len(ran) == queue.MAX_ATTEMPTS
    assert job.failed_at is not None
    assert "坏数据" in job.error


def test_a_job_of_a_dead_worker_runs_again_when_its_lease_is_over(ran):
    queue.enqueue("test.work")
    Job.objects.update(leased_until=datetime.now(UTC) + timedelta(seconds=30), attempts=1)
    assert queue.run_due() == 0

    Job.objects.update(leased_until=datetime.now(UTC) - timedelta(seconds=1))
    assert queue.run_due() == 1


def test_an_unknown_kind_is_refused_where_it_is_enqueued():
    with pytest.raises(KeyError, match="nothing"):
        queue.enqueue("nothing.registered")


def test_a_failing_periodic_task_does_not_stop_the_others(monkeypatch, now):
    seen = []

    def fails(_: datetime) -> None:
        raise ValueError("first")

    monkeypatch.setattr(queue, "_periodic", {"a": fails, "b": seen.append})
    queue.run_periodic(now)

    assert seen == [now]
