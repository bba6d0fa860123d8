"""Counts and lists of a desk are read off indexes; here they are held against every step looked at one by one."""

import itertools
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from tests.factories.applications import audited, make_world, submitted
from tests.factories.copies import Case
from tests.factories.people import applicant_actor, staff_actor
from tests.factories.plans import open_around
from zhiping.applications import transitions
from zhiping.applications.models import Step
from zhiping.applications.operations import withdraw_application
from zhiping.applications.operations.chain import reach_next
from zhiping.applications.queries.desks import OVERDUE, cases_at, late_steps, tally_at, waiting_for_publicity
from zhiping.applications.states import ACTIVE, HOLDING, ApplicationState, StepState
from zhiping.kernel.actor import EMPLOYER_ROLES, SYSTEM, Role
from zhiping.lifecycle.moving import available, move

pytestmark = pytest.mark.django_db
COPIES, MOVES = 19, 250
BACK = (transitions.RESET, transitions.SEND_BACK, transitions.TURN_DOWN)


@pytest.fixture
def worlds(now):
    """Two plans of one office whose cases lie on the same desks."""
    first = make_world(now)
    second = replace(first, plan=open_around(now, office=first.office))
    for world, name in ((first, "申报人甲"), (second, "申报人乙")):
        Case.of(submitted(now, world, name).person).copy(COPIES)
    return first, second


def of_desk(actor, now):
    """The steps of the actor's desk, told one by one from all there are."""
    roles = EMPLOYER_ROLES if actor.role in EMPLOYER_ROLES else {actor.role}
    for step in Step.objects.select_related("application"):
        case = step.application
        is_there = step.organisation_id == actor.organisation_id and step.role in roles
        is_gone = step.state == StepState.WAITING or case.state == ApplicationState.WITHDRAWN
        if is_there and not is_gone and case.person_id != actor.person_id:
            yield step


def wanted(steps, state, plan_id, now):
    """Those that the filters of the list ask for."""
    for step in steps:
        is_late = step.state in HOLDING and step.due_at is not None and step.due_at <= now
        fits = is_late if state == OVERDUE else step.state == state if state else step.state in ACTIVE
        if fits and plan_id in (None, step.application.plan_id):
            yield step


def stir(worlds, random, now):
    """Move steps at random along their arrows, open the next desk when one has passed, take cases back."""
    first = worlds[0]
    desks = (first.clerk, first.county_officer, first.officer, SYSTEM)
    living = Step.objects.exclude(application__state=ApplicationState.WITHDRAWN).order_by("pk")
    later = now + timedelta(days=2)
    for _ in range(MOVES):
        step = random.choice(living.select_related("application", "organisation"))
        if step.version == 1 and random.random() < 0.1:
            _take_back(step.application, now)
            continue
        Step.objects.filter(pk=step.pk).update(due_at=random.choice([None, now, later]))
        arrows = [(arrow, actor) for actor in desks for arrow in available(transitions.STEP, actor, step)]
        others = Step.objects.filter(application=step.application_id, state__in=sorted(ACTIVE)).exclude(
            pk=step.pk
        )
        fit = [each for each in arrows if each[0].target not in ACTIVE or not others.exists()]
        if not fit or step.opened_at is None:
            continue
        onward = [1 if each[0] in BACK else 4 for each in fit]  # else few cases ever leave the first desk
        [(arrow, actor)] = random.choices(fit, onward)
        move(step, arrow, actor=actor, now=now)
        if arrow.target == StepState.PASSED and step.position < 3:
            reach_next(step, now)


def _take_back(case, now):
    """As its person may while no desk has begun."""
    if case.state == ApplicationState.IN_REVIEW and not case.steps.filter(version__gt=1).exists():
        withdraw_application(application_id=case.pk, actor=applicant_actor(case.person), now=now)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_and_lists_agree_with_every_step_looked_at(worlds, now, seed):
    stir(worlds, Random(seed), now)
    first = worlds[0]
    someone = (
        Step.objects.filter(position=1, state=StepState.OPEN).select_related("application__person").first()
    )
    own = staff_actor(first.employer, Role.EMPLOYER_HEAD, person=someone.application.person)
    met = set()
    for actor in (first.clerk, own, first.county_officer, first.officer):
        steps, tally = list(of_desk(actor, now)), tally_at(actor, now)
        for state, world in itertools.product(["", OVERDUE, *StepState.values], [None, *worlds]):
            plan_id = world.plan.pk if world else None
            if state == StepState.WAITING:
                continue
            expected = {step.pk for step in wanted(steps, state, plan_id, now)}
            found = cases_at(actor, state=state, plan_id=plan_id, now=now)
            assert tally.number(state, plan_id) == len(expected), (actor.role, state, plan_id)
            assert {step.pk for step in found} == expected, (actor.role, state, plan_id)
            met |= {state} if expected else set()
    states = {"", OVERDUE, StepState.OPEN, StepState.PASSED}
    assert states <= met  # none agreed by being empty


def test_case_taken_back_leaves_the_desk_and_its_reminders(now):
    world = make_world(now)
    case, left = submitted(now, world, "申报人乙"), submitted(now, world, "申报人丙")
    withdraw_application(application_id=case.pk, actor=applicant_actor(case.person), now=now)

    due = left.steps.get(position=1).due_at
    assert case.steps.get(position=1).state == StepState.WAITING
    assert [step.application for step in cases_at(world.clerk, now=now)] == [left]
    assert tally_at(world.clerk, due).number(OVERDUE) == 1
    assert [step.application for step in late_steps(world.officer, due)] == [left]


def test_publicity_waits_for_the_plan_of_the_step(now):
    world = make_world(now)
    audited(now, world, "申报人乙")
    submitted(now, world, "申报人丙")

    found = waiting_for_publicity(world.clerk)
    assert [(row["plan_id"], row["plan"], row["passed"], row["unsettled"]) for row in found] == [
        (world.plan.pk, world.plan.name, 1, 1)
    ]
