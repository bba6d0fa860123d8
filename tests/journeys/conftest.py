"""The stage of the stories: the demo's world on its first morning, its clock moved by the bar of the pages."""

import pytest

from tests.journeys.steps import Stage
from tests.journeys.visitor import HttpVisitor
from zhiping.kernel import clock
from zhiping.kernel.clock import DEMO_START


@pytest.fixture
def first_morning(db):
    """The demo's clock, put back to real time afterwards."""
    clock.set_demo_time(DEMO_START)
    yield clock.now()
    clock._offset_file().unlink()


@pytest.fixture
def stage(first_morning) -> Stage:
    return Stage(HttpVisitor)
