"""What time does by itself: reminders told once (R-280, R-351)."""

from datetime import timedelta

import pytest

from tests.factories.applications import make_draft, make_world, submitted
from zhiping.applications.tasks import remind_drafts, remind_employers
from zhiping.messaging.models import Message

pytestmark = pytest.mark.django_db


def test_open_draft_is_reminded_once_before_the_end(now):
    world = make_world(now)
    draft = make_draft(now, world, "申报人乙")
    submitted(now, world, "申报人丙")
    closes = world.plan.windows.get(step="applicant").closes_at

    remind_drafts(closes - timedelta(days=3, seconds=1))
    assert not Message.objects.filter(key="application.closing").exists()
    for back in (3, 2, 1):
        remind_drafts(closes - timedelta(days=back))
    assert [each.person for each in Message.objects.filter(key="application.closing")] == [draft.person]


def test_employer_is_reminded_after_three_working_days(now):
    world = make_world(now)
    clerk = world.clerk
    submitted(now, world)

    remind_employers(now + timedelta(days=3))
    assert not Message.objects.filter(key="step.waiting").exists()
    for days in (4, 5):
        remind_employers(now + timedelta(days=days))
    assert [each.person_id for each in Message.objects.filter(key="step.waiting")] == [clerk.person_id]
