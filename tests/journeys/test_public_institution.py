"""A public institution's engineer: competition, sealed form, the seat, one too many refused, certificate, appointment."""

import pytest

from tests.journeys import steps
from tests.journeys.conftest import make_colleague
from zhiping.portals.demo.management.commands.demo_world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
PLAN, NAME = "jiaxing-2026-engineering-intermediate-junior", "2026年"
FIRST, SECOND = "申报人己", "申报人庚"


@pytest.fixture
def world(first_morning):
    make_world(first_morning)
    make_colleague("centre-engineer", SECOND, first_morning)


def test_one_vacancy_one_recommendation_one_appointment(stage, world):
    """R-212…R-215, R-218, R-219, R-227, R-355: the loop from the vacant post to the filled one."""
    engineer, colleague = stage.seat("centre-engineer"), stage.seat("centre-engineer-2")
    centre, posts, office = (
        stage.seat(login) for login in ("centre-employer", "jiashan-posts", "jiaxing-office-a")
    )
    draft, other = begin(engineer), begin(colleague)
    steps.submit(engineer, draft)
    steps.submit(colleague, other)

    compete(centre, FIRST)
    centre.open("/employer/posts/forms/new/")
    centre.press("填表并送岗位管理部门签章", variant="POST_FORM_HZ_MID", unit_signer="人事科长甲")
    paper = centre.path
    posts.open("/authority/posts/")
    posts.follow("嘉善示范检验检测中心")
    posts.press("提交", outcome="seal", signer="岗位科长乙", opinion="情况属实，同意。")
    centre.open(paper)
    centre.wait_for("下载PDF（已签章）")
    assert centre.download("下载PDF").startswith(b"%PDF")

    steps.open_case(centre, "employer", SECOND)
    centre.press("通过", expect=409, opinion="同意推荐")
    assert "不在今年中级岗位的竞聘结果里" in centre.text
    steps.pass_case(centre, "employer", FIRST)
    steps.open_case(centre, "employer", SECOND)
    assert "没有可用的空缺" in centre.text
    steps.refuse_case(centre, "employer", SECOND)
    steps.publicise_in_unit(centre)
    steps.forward_case(centre, FIRST)
    for login in ("jiashan-point", "jiashan-hr"):
        steps.pass_case(stage.seat(login), "authority", FIRST)
    steps.pass_case(office, "committee", FIRST)
    decide(stage, office)

    number, _ = steps.fetch_certificate(engineer)
    centre.open("/employer/posts/")
    centre.follow("聘任", row=FIRST)
    centre.press("聘任", appointed_on=steps.today(centre), grade="专业技术十级")
    assert "岗位台账已更新" in centre.text
    assert number in centre.text
    assert "已聘任" in centre.text


def begin(visitor) -> str:
    draft = steps.start(visitor, PLAN, "工程师")
    steps.fill_in(visitor, draft, pathway="skilled", specialty="materials")
    return draft


def compete(centre, name: str) -> None:
    """One post opened, one person chosen for review, the promise given."""
    centre.open("/employer/posts/competitions/new/")
    centre.press("推出，下一步登记人员", name="中级岗位竞聘", group="intermediate", opened="1")
    told = {"person": centre.choice("person", name), "outcome": "review", "wanted_title": "工程师"}
    centre.press("登记", wanted_grade="专业技术十级", **told)
    centre.press("确定竞聘结果", is_committed="1")
    assert "竞聘结果已确定" in centre.text


def decide(stage, office) -> None:
    """Publicity, meeting, publicity, the city's document."""
    steps.post_list(office, NAME)
    office.press("结束公示，转入待评审")
    steps.hold_meeting(stage, office, NAME, agree=6)
    steps.post_list(office, NAME)
    office.press("结束公示，准备上报")
    bodies = {"嘉兴市人力资源和社会保障局": stage.seat("jiaxing-hr")}
    steps.report_and_publish(office, NAME, bodies, number="嘉人社演发〔2026〕5号")
