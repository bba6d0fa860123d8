"""浙江 高级工艺美术师 by self-score: from the notice to a certificate that verifies, in every role on the way."""

import pytest

from tests.journeys import steps
from tests.journeys.conftest import make_colleague
from zhiping.auditlog.queries import breaks
from zhiping.portals.demo.management.commands.demo_world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
PLAN = "zhejiang-2025-arts-and-crafts-senior"
NAME = "2025年度高级工艺美术师"
FIRST, SECOND = "申报人甲", "申报人丁"


@pytest.fixture
def world(first_morning):
    make_world(first_morning)
    make_colleague("craftsman", SECOND, first_morning)


def test_craftsman_goes_from_the_notice_to_a_certificate_that_verifies(stage, world):
    """R-080…R-102, R-267…R-279, R-292…R-295, R-315…R-332: with a return at the county and a refusal at the city."""
    craftsman, colleague = stage.seat("craftsman"), stage.seat("craftsman-2")
    employer, office = stage.seat("craft-employer"), stage.seat("craft-office-a")
    draft = apply(craftsman)
    other = apply(colleague)

    for name in (FIRST, SECOND):
        steps.pass_case(employer, "employer", name)
    steps.publicise_in_unit(employer)
    for name in (FIRST, SECOND):
        steps.forward_case(employer, name)

    return_and_mend(stage.seat("xihu-industry"), craftsman, draft)
    steps.pass_case(stage.seat("xihu-industry"), "authority", SECOND)
    for name in (FIRST, SECOND):
        steps.pass_case(stage.seat("xihu-hr"), "authority", name)
    steps.refuse_case(stage.seat("hangzhou-industry"), "authority", SECOND)
    colleague.open(other)
    assert "审核不通过" in colleague.text
    assert "申报条件第一条" in colleague.text
    for desk in ("hangzhou-industry", "hangzhou-hr", "hangzhou-committee"):
        steps.pass_case(stage.seat(desk), "authority", FIRST)
    steps.pass_case(office, "committee", FIRST)

    steps.post_list(office, NAME)
    office.press("结束公示，转入待评审")
    steps.hold_meeting(stage, office, NAME, agree=8)
    steps.post_list(office, NAME)
    office.press("结束公示，准备上报")
    steps.report_and_publish(
        office,
        NAME,
        {"浙江省人力资源和社会保障厅": stage.seat("province-hr")},
        number="浙人社演发〔2026〕12号",
    )

    number, pdf = steps.fetch_certificate(craftsman)
    steps.verify(stage, number, FIRST, pdf)
    assert list(breaks()) == []


def apply(visitor) -> str:
    """From 马上申报 to the receipt, with at least 70 points."""
    draft = steps.start(visitor, PLAN)
    steps.fill_in(visitor, draft, pathway="self_scored")
    visitor.open(f"{draft}score/")
    assert "已达到申报线" in visitor.text
    steps.submit(visitor, draft)
    return draft


def return_and_mend(county, craftsman, draft: str) -> None:
    """The county returns one field; only that one opens; the desk sees what was changed; then both bodies pass."""
    steps.return_case(county, "authority", FIRST)
    craftsman.open(f"{draft}achievements/")
    assert "这一页没有被退回" in craftsman.text
    steps.hand_in_again(craftsman, draft, self_report=f"{steps.REPORT}出处见获奖证书。")
    steps.open_case(county, "authority", FIRST)
    assert "退回后，申报人改了1处" in county.text
    assert "出处见获奖证书" in county.text
    county.press("通过", opinion="已改好，同意。")
