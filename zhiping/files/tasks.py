"""Once a day: files that no row names are swept away."""

from datetime import datetime

from zhiping.files.orphans import sweep_orphans
from zhiping.jobs.models import Job
from zhiping.jobs.queue import enqueue, periodic, task
from zhiping.kernel import clock


@task("files.sweep")
def sweep() -> None:
    """By the machine's time, which the files bear; the demo's clock must not make them old."""
    sweep_orphans(clock.machine_seconds())


@periodic("files.sweep_daily")
def sweep_daily(now: datetime) -> None:
    """Queue the day's sweep once; the worker walks the store outside the tick."""
    key = f"file-sweep-{clock.beijing_day(now):%Y%m%d}"
    if not Job.objects.filter(key=key).exists():
        enqueue("files.sweep", key=key)
