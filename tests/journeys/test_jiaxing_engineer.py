"""嘉兴 工程师 by the skilled way: the unit, the county's acceptance point and HR, the committee's office, a certificate."""

import pytest

from tests.journeys import steps
from tests.journeys.conftest import make_colleague
from zhiping.auditlog.queries import breaks
from zhiping.portals.demo.management.commands.demo_world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
PLAN, NAME = "jiaxing-2026-engineering-intermediate-junior", "2026年"
FIRST, SECOND = "申报人乙", "申报人戊"


@pytest.fixture
def world(first_morning):
    make_world(first_morning)
    make_colleague("engineer", SECOND, first_morning)


def test_technician_becomes_an_engineer_by_the_skilled_way(stage, world):
    """R-157…R-166, R-273, R-274: returned by the acceptance point; a colleague is refused by the county."""
    engineer, colleague = stage.seat("engineer"), stage.seat("engineer-2")
    employer, office = stage.seat("engineering-employer"), stage.seat("jiaxing-office-a")
    draft = apply(engineer)
    apply(colleague)

    for name in (FIRST, SECOND):
        steps.pass_case(employer, "employer", name)
    steps.publicise_in_unit(employer)
    for name in (FIRST, SECOND):
        steps.forward_case(employer, name)

    point, county = stage.seat("jiashan-point"), stage.seat("jiashan-hr")
    steps.return_case(point, "authority", FIRST)
    steps.hand_in_again(engineer, draft, self_report=f"{steps.REPORT}出处见验收报告。")
    for name in (FIRST, SECOND):
        steps.pass_case(point, "authority", name)
    steps.refuse_case(county, "authority", SECOND)
    steps.pass_case(county, "authority", FIRST)
    steps.pass_case(office, "committee", FIRST)

    steps.post_list(office, NAME)
    office.press("结束公示，转入待评审")
    steps.hold_meeting(stage, office, NAME, agree=6)
    steps.post_list(office, NAME)
    office.press("结束公示，准备上报")
    bodies = {"嘉兴市人力资源和社会保障局": stage.seat("jiaxing-hr")}
    steps.report_and_publish(office, NAME, bodies, number="嘉人社演发〔2026〕3号")

    number, pdf = steps.fetch_certificate(engineer)
    steps.verify(stage, number, FIRST, pdf)
    assert list(breaks()) == []


def apply(visitor) -> str:
    draft = steps.start(visitor, PLAN, "工程师")
    steps.fill_in(visitor, draft, pathway="skilled", specialty="materials")
    steps.submit(visitor, draft)
    return draft
