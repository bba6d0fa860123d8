"""浙江 高级工艺美术师 by self-score: from the notice to a certificate that verifies, in every role on the way."""

import pytest

from tests.journeys import steps
from zhiping.auditlog.chain import verify as verify_log
from zhiping.portals.demo.management.commands.demo_world import make_world
from zhiping.portals.demo.world import people
from zhiping.portals.demo.world.bodies import applicant, make_user, said, staff

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
PLAN = "zhejiang-2025-arts-and-crafts-senior"
DESKS = ("xihu-industry", "xihu-hr", "hangzhou-industry", "hangzhou-hr")


@pytest.fixture
def world(first_morning):
    make_world(first_morning)
    settle("craftsman-2", "申报人丁", first_morning)


def settle(login: str, name: str, now) -> None:
    """A colleague of 申报人甲 with the same archive."""
    model = next(each for each in said("people.yaml") if each["login"] == "craftsman")
    person = make_user(login, name, now, sex=model["sex"], born_on=model["born_on"]).person
    own, clerk = applicant(login), staff(model["clerk"])
    people.fill_profile(model, person, own, clerk, now)
    for item in model["items"]:
        people.fill_item(person, item, own, clerk, now)


def test_craftsman_goes_from_the_notice_to_a_certificate_that_verifies(stage, world):
    """R-080…R-102, R-267…R-279, R-292…R-295, R-315…R-332: with a return at the county and a refusal at the city."""
    craftsman, colleague = stage.seat("craftsman"), stage.seat("craftsman-2")
    drafts = {}
    for visitor, name in ((craftsman, "申报人甲"), (colleague, "申报人丁")):
        drafts[name] = steps.start(visitor, PLAN)
        steps.fill_in(visitor, drafts[name], pathway="self_scored")
        visitor.open(f"{drafts[name]}score/")
        print(visitor.text[:600])
        steps.submit(visitor, drafts[name])
