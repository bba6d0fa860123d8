"""Registering, enqueueing and running jobs. The lease is real time: the demo clock must not shorten it."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from zhiping.jobs.models import Job
from zhiping.kernel import clock

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)
MAX_ATTEMPTS = 5
_kinds: dict[str, Callable[..., None]] = {}
_periodic: dict[str, Callable[[datetime], None]] = {}


def task(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function (keyword arguments only, plain values) as the work of `kind` ("context.verb")."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _kinds[kind] = function
        return function

    return register


def periodic(name: str) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Register a function of `now` that runs on every tick: "publicity is over", "the deadline has passed"."""

    def register(function: Callable[[datetime], None]) -> Callable[[datetime], None]:
        _periodic[name] = function
        return function

    return register


def enqueue(kind: str, *, key: str | None = None, delay: timedelta = timedelta(0), **payload: Any) -> None:
    """Queue one call in the current transaction; with a `key` already queued, do nothing."""
    if kind not in _kinds:
        raise KeyError(f"no task registered for {kind}")
    job = Job(kind=kind, payload=payload, key=key, due_at=datetime.now(UTC) + delay)
    if key is None:
        job.save(force_insert=True)
        return
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        logger.debug("job %s is queued already", key)


def run_due(limit: int = 20) -> int:
    """Run up to `limit` due jobs one after the other; gives the number run."""
    done = 0
    while done < limit and (job := _claim()):
        _run(job)
        done += 1
    return done


def run_periodic(now: datetime | None = None) -> None:
    """Run every periodic task once, each in its own transaction; one that fails does not stop the others."""
    moment = now or clock.now()
    for name, function in _periodic.items():
        try:
            with transaction.atomic():
                function(moment)
        except Exception:
            logger.exception("periodic task %s failed", name)


def _claim() -> Job | None:
    moment = datetime.now(UTC)
    waiting = Job.objects.filter(done_at=None, failed_at=None, due_at__lte=moment)
    free = waiting.filter(Q(leased_until=None) | Q(leased_until__lt=moment))
    for job in free.order_by("due_at", "pk")[:5]:
        mine = Job.objects.filter(pk=job.pk, leased_until=job.leased_until, done_at=None)
        if mine.update(leased_until=moment + LEASE, attempts=F("attempts") + 1):
            job.refresh_from_db()
            return job
    return None


def _run(job: Job) -> None:
    try:
        _kinds[job.kind](**job.payload)
    except Exception as error:
        logger.exception("job %s failed", job)
        moment = datetime.now(UTC)
        job.error = repr(error)
        job.failed_at = moment if job.attempts >= MAX_ATTEMPTS else None
        job.due_at = moment + timedelta(seconds=2**job.attempts)
        job.leased_until = None
        job.save(update_fields=["error", "failed_at", "due_at", "leased_until"])
    else:
        Job.objects.filter(pk=job.pk).update(done_at=datetime.now(UTC), leased_until=None)
