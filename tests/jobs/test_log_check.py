"""The decision log is recomputed once a day by the worker (R-391)."""

from datetime import timedelta

import pytest

from zhiping.auditlog.models import LogCheck
from zhiping.jobs.models import Job
from zhiping.jobs.queue import run_due
from zhiping.jobs.tasks import check_the_log_daily
from zhiping.kernel import clock

pytestmark = pytest.mark.django_db


def test_once_a_day_and_not_twice(now, at):
    for moment in (now, now, now + timedelta(days=1)):
        at(moment)
        check_the_log_daily(clock.now())
        check_the_log_daily(clock.now())
        while run_due():
            pass

    assert [each.at for each in LogCheck.objects.order_by("pk")] == [now, now + timedelta(days=1)]
    assert Job.objects.filter(kind="auditlog.check", failed_at=None).count() == 2
    assert not LogCheck.objects.exclude(breaks=0).exists()
