"""What time does to plans."""

from datetime import datetime

from zhiping.jobs.queue import periodic
from zhiping.plans.operations import follow_the_clock


@periodic("plans.follow_the_clock")
def open_and_close(now: datetime) -> None:
    """Open plans whose windows have begun, close those whose windows have ended."""
    follow_the_clock(now=now)
