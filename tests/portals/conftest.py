"""A plan whose rules ask for hours."""

from pathlib import Path

import pytest

from tests.factories.people import make_region
from zhiping.kernel import clock
from zhiping.plans.models import Plan
from zhiping.plans.operations import load_notice

JIAXING = (
    Path(__file__).resolve().parents[2] / "policy_packs" / "jiaxing-2022-engineering-intermediate-junior"
)


@pytest.fixture
def hours_plan(db):
    make_region("330400")
    load_notice(folder=JIAXING, now=clock.now())
    return Plan.objects.select_related("pack_version").get()
