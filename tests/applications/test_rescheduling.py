"""A published plan's window is moved while cases are on their way (R-304): the desks' time moves with it."""

from datetime import datetime, timedelta

import pytest

from tests.factories.applications import audited, make_world, step_of, submitted
from tests.factories.people import make_membership, make_person, make_user
from zhiping.applications.models import Step
from zhiping.applications.operations import change_window, extend_step
from zhiping.applications.operations.rescheduling import end_words
from zhiping.auditlog.queries import history_of
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import beijing_day, end_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.plans.rules import days_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now):
    return make_world(now)


def clerk_of(organisation):
    person = make_person("单位经办人")
    make_membership(make_user(person=person), role=Role.EMPLOYER_CLERK, organisation=organisation)
    return person


def moved(world, now, days=5, step="unit", reason="系统停机", actor=None):
    opens, closes = days_of(world.plan.windows.get(step=step))
    later = closes + timedelta(days=days)
    count = change_window(
        plan=world.plan,
        step=step,
        opens=opens,
        closes=later,
        actor=actor or world.officer,
        now=now,
        reason=reason,
    )
    return count, end_of(later)


def test_the_desk_that_has_the_case_gets_the_new_end_and_is_told_why(world, now):
    step, clerk = step_of(submitted(now, world)), clerk_of(world.employer)
    stranger = clerk_of(make_world(now).employer)

    count, until = moved(world, now)

    step.refresh_from_db()
    assert (count, step.due_at) == (1, until)
    entry = history_of(world.plan).get(verb="plan.reschedule")
    assert (entry.note, entry.details["steps"]) == ("系统停机", 1)
    assert datetime.fromisoformat(entry.details["to"]) == until
    told = Message.objects.get(person=clerk, key="step.rescheduled")
    assert end_words(until) in told.title
    assert "系统停机" in told.body
    assert not Message.objects.filter(person=stranger, key="step.rescheduled").exists()


def test_more_time_takes_the_mark_of_being_late_away(world, now):
    step = step_of(submitted(now, world))
    Step.objects.filter(pk=step.pk).update(overdue_at=now)

    moved(world, now)

    step.refresh_from_db()
    assert step.overdue_at is None


def test_a_decided_step_an_extended_one_and_other_windows_keep_theirs(world, now):
    passed = step_of(submitted(now, world, "申报人甲"))
    Step.objects.filter(pk=passed.pk).update(state="passed")
    Step.objects.filter(application=passed.application).exclude(pk=passed.pk).delete()
    extended = step_of(audited(now, world, "申报人乙"))
    own = end_of(beijing_day(extended.due_at) + timedelta(days=20))
    extend_step(step=extended, due_at=own, reason="单位搬迁", actor=world.officer, now=now)
    elsewhere = step_of(submitted(now, make_world(now), "申报人丙"))
    before = {step.pk: step.due_at for step in (passed, extended, elsewhere)}

    count, until = moved(world, now)

    after = dict(Step.objects.filter(pk__in=before).values_list("pk", "due_at"))
    assert after == before
    assert until not in after.values()
    assert count == 0


def test_the_same_days_again_move_nothing_and_tell_nobody(world, now):
    submitted(now, world)
    clerk = clerk_of(world.employer)

    assert moved(world, now, days=0)[0] == 0
    assert not Message.objects.filter(person=clerk, key="step.rescheduled").exists()


def test_nobody_else_moves_the_desks_and_never_without_a_reason(world, now):
    step = step_of(submitted(now, world))
    with pytest.raises(Forbidden):
        moved(world, now, actor=world.county_officer)
    with pytest.raises(Refused, match="写明原因"):
        moved(world, now, reason=" ")
    before = step.due_at
    step.refresh_from_db()
    assert step.due_at == before
