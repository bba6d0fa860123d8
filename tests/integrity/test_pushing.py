"""Credit platforms are told once, with a receipt, whatever happens on the way (R-343)."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.factories.integrity import bar, confirmed, officer, proposed
from tests.factories.people import applicant_actor
from zhiping.auditlog.models import LogEntry
from zhiping.gateways.http import Unreachable, Wrong
from zhiping.integrity import tasks
from zhiping.integrity.models import CreditPush
from zhiping.integrity.operations import decide_appeal, file_appeal
from zhiping.integrity.sanction import standing_sanctions
from zhiping.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform(sandbox, settings):
    cache.clear()
    settings.CREDIT_URL = f"{sandbox.base}/credit"
    yield sandbox.stand_ins["credit"]
    cache.clear()


def recorded(now):
    """A record of the kind that goes to the platforms."""
    return confirmed(now, sanction=standing_sanctions()[0], kind="提供虚假材料")


def test_a_record_is_pushed_once_and_its_receipt_kept(now, platform):
    record = recorded(now)
    push = CreditPush.objects.get()
    assert Job.objects.filter(kind="integrity.push").count() == 1
    tasks.push(push.pk)
    tasks.push(push.pk)

    push.refresh_from_db()
    kept = platform.around.shelf.all("record")
    assert [each["receipt"] for each in kept] == [push.receipt]
    assert kept[0]["told"]["subject"]["code"] == record.person.document_number
    assert "伪造" not in str(kept)
    assert LogEntry.objects.filter(verb="integrity.publish").count() == 1


def test_what_the_notice_does_not_send_stays_here(now, platform):
    """丽水 names no platform."""
    confirmed(now, sanction=bar())
    proposed(now, sanction=standing_sanctions()[0], kind="提供虚假材料")

    assert not CreditPush.objects.exists()


@pytest.mark.parametrize(("fault", "error"), [("down", Unreachable), ("wrong", Wrong), ("half", Unreachable)])
def test_a_broken_platform_loses_nothing(now, platform, fault, error):
    recorded(now)
    push = CreditPush.objects.get()
    platform.switch.turn(fault, times=1)
    with pytest.raises(error):
        tasks.push(push.pk)
    push.refresh_from_db()
    assert (push.pushed_at, push.receipt) == (None, "")

    Job.objects.all().delete()
    tasks.push_again(now + timedelta(hours=2))
    assert Job.objects.filter(kind="integrity.push").count() == 1
    tasks.push(push.pk)
    push.refresh_from_db()
    assert push.receipt


def test_an_upheld_appeal_is_told_too(now, platform):
    record = recorded(now)
    appeal = file_appeal(record=record, text="不实", actor=applicant_actor(record.person), now=now)
    decide_appeal(
        appeal=appeal, upheld=True, decision="成立", version=1, actor=officer(record.recorded_for), now=now
    )
    for push in CreditPush.objects.all():
        tasks.push(push.pk)

    assert [each["act"] for each in platform.around.shelf.all("record")] == ["publish", "withdraw"]


def test_without_a_platform_pushes_wait(now, settings):
    settings.CREDIT_URL = ""
    recorded(now)
    tasks.push(CreditPush.objects.get().pk)
    Job.objects.all().delete()
    tasks.push_again(now + timedelta(hours=2))

    assert CreditPush.objects.get().pushed_at is None
    assert not Job.objects.exists()
