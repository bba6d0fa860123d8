"""The stage of the stories: the demo's world on its first morning, its clock moved by the bar of the pages."""

from datetime import datetime

import pytest

from tests.journeys.steps import Stage
from tests.journeys.visitor import HttpVisitor
from zhiping.kernel import clock
from zhiping.kernel.clock import DEMO_START
from zhiping.portals.demo.world.bodies import said
from zhiping.portals.demo.world.people import make_applicant


@pytest.fixture
def first_morning(db):
    """The demo's clock, put back to real time afterwards."""
    clock.set_demo_time(DEMO_START)
    yield clock.now()
    clock._offset_file().unlink()


@pytest.fixture
def stage(first_morning) -> Stage:
    return Stage(lambda login="": HttpVisitor())


def make_colleague(login: str, name: str, now: datetime) -> None:
    """Somebody else with the same archive as a demo applicant; signs in as "<login>-2"."""
    model = next(each for each in said("people.yaml") if each["login"] == login)
    make_applicant({**model, "login": f"{login}-2", "name": name}, now)
