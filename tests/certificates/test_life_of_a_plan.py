"""A plan follows what is done for it, from its closing to the archive (domain §9.3)."""

import pytest

from tests.certificates.test_way_to_certificate import (
    issue,
    passed_and_publicised,
    vote_through,
)
from tests.factories.committees import World, make_application
from zhiping.applications.states import ApplicationState
from zhiping.auditlog.queries import history_of
from zhiping.certificates.operations import (
    archive_finished_plan,
    export_review_form,
    follow_acts,
    note_paper,
)
from zhiping.certificates.states import PaperEvent
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.plans.models import Plan
from zhiping.plans.states import PlanState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now):
    made = World(now)
    Plan.objects.filter(pk=made.plan.pk).update(state=PlanState.CLOSED)
    made.plan.refresh_from_db()
    return made


def state_of(world):
    world.plan.refresh_from_db()
    return world.plan.state


def return_paper(world, application):
    application.refresh_from_db()
    form = export_review_form(application=application, actor=world.clerk, now=world.now)
    note_paper(form=form, event=PaperEvent.RETURNED, copies=1, actor=world.clerk, now=world.now)


def test_a_plan_goes_from_review_to_results_to_issued_with_each_act_in_the_log(world):
    applications = passed_and_publicised(world)
    assert state_of(world) == PlanState.RESULT_PUBLICITY
    issue(world, applications)

    assert state_of(world) == PlanState.ISSUED
    said = list(history_of(world.plan).order_by("sequence").values_list("verb", "note"))
    assert [verb for verb, _ in said] == ["plan.start_review", "plan.show_results", "plan.issue"]
    assert said[2][1] == "示范人社发〔2026〕12号"


def test_a_plan_that_was_still_open_at_its_first_session_is_caught_up_after_closing(world):
    Plan.objects.filter(pk=world.plan.pk).update(state=PlanState.OPEN)
    world.plan.refresh_from_db()
    passed_and_publicised(world)
    assert state_of(world) == PlanState.OPEN
    assert follow_acts(now=world.now) == 0

    Plan.objects.filter(pk=world.plan.pk).update(state=PlanState.CLOSED)
    assert follow_acts(now=world.now) == 1
    assert state_of(world) == PlanState.RESULT_PUBLICITY
    assert follow_acts(now=world.now) == 0


def test_time_archives_a_plan_when_the_last_paper_went_back(world):
    applications = passed_and_publicised(world, 2)
    issue(world, applications)
    return_paper(world, applications[0])
    assert (follow_acts(now=world.now), state_of(world)) == (0, PlanState.ISSUED)

    return_paper(world, applications[1])
    assert (follow_acts(now=world.now), state_of(world)) == (1, PlanState.ARCHIVED)


def test_the_office_archives_only_when_every_application_has_an_outcome(world):
    applications = passed_and_publicised(world)
    issue(world, applications)
    waiting = make_application(world.plan, state=ApplicationState.ACCEPTED)
    with pytest.raises(Refused, match="还有 1 件申报没有结果"):
        archive_finished_plan(plan=world.plan, actor=world.clerk, now=world.now)
    waiting.delete()
    world.plan.refresh_from_db()
    with pytest.raises(Forbidden):
        archive_finished_plan(plan=world.plan, actor=world.official, now=world.now)

    archive_finished_plan(plan=world.plan, actor=world.clerk, now=world.now)
    assert state_of(world) == PlanState.ARCHIVED


def test_a_plan_without_certificates_is_never_archived_by_time(world):
    vote_through(world, [make_application(world.plan)], agree=0)
    Plan.objects.filter(pk=world.plan.pk).update(state=PlanState.ISSUED)

    assert (follow_acts(now=world.now), state_of(world)) == (0, PlanState.ISSUED)
