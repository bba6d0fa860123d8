"""Work of the platform itself: once a day the decision log, which lies below this room, is recomputed."""

from datetime import datetime

from zhiping.auditlog.models import LogCheck, LogHead
from zhiping.auditlog.queries import breaks, last_check
from zhiping.jobs.queue import enqueue, periodic, task
from zhiping.kernel import clock


@task("auditlog.check")
def check() -> None:
    check_log(clock.now())


@periodic("jobs.check_the_log_daily")
def check_the_log_daily(now: datetime) -> None:
    """Queue the day's check once; the worker walks the log outside the tick (R-391)."""
    today = clock.beijing_day(now)
    newest = last_check()
    if newest is None or clock.beijing_day(newest.at) != today:
        enqueue("auditlog.check", key=f"log-check-{today:%Y%m%d}")


def check_log(now: datetime) -> LogCheck:
    """Walk the chain and write down how far it reached, how many places do not hold, and the first of them."""
    head = LogHead.objects.get(pk=1)
    number, first = 0, ""
    for place in breaks():
        number += 1
        first = first or f"第 {place.sequence} 条：{place.reason}"
    return LogCheck.objects.create(
        at=now, sequence=head.sequence, hash=head.hash, breaks=number, first_break=first
    )
