"""Every plan of the notices: from a draft through the desks of its chain to acceptance, with a return and a refusal.

The plan is rolled over into this year by its office, with windows around the story's first morning. Two people of one
unit, whose archive holds more than any notice asks, apply; the first desk above the unit returns one of them, the last
desk before the office refuses the other.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.conf import settings

from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in, staff_actor
from tests.journeys import steps
from tests.journeys.visitor import HttpVisitor
from zhiping.applications.models import Application
from zhiping.applications.queries import current_step
from zhiping.applications.states import ApplicationState, StepState
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import beijing_day
from zhiping.organisations.models import Organisation, Region
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.models import Plan
from zhiping.plans.operations import (
    confirm_point,
    load_notice,
    propose_plan,
    publish_plan,
    roll_over,
    set_window,
)
from zhiping.plans.operations.publishing import follow_the_clock
from zhiping.plans.rules import rules_of

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
FIRST, SECOND = "申报人甲", "申报人丁"
REGISTER = "湖州市专业技术人员继续教育学时登记管理系统"
CRAFTS = {"assistant": "助理工艺美术师", "intermediate": "工艺美术师", "senior_associate": "高级工艺美术师"}
BELOW = {
    "senior_full": "senior_associate",
    "senior_associate": "intermediate",
    "intermediate": "assistant",
    "assistant": "technician",
    "technician": "",
}
DESKS = {Role.EMPLOYER_CLERK: "employer", Role.COMMITTEE_OFFICE: "committee"}
POINT, HR, CITY, TRADE = Role.ACCEPTANCE_POINT, Role.COUNTY_HR, Role.CITY_HR, Role.INDUSTRY_AUTHORITY
LOWER, OFFICE = Role.LOWER_COMMITTEE, Role.COMMITTEE_OFFICE
PROVINCIAL = (TRADE, HR, TRADE, CITY, OFFICE)
UPWARD, COUNTY = (TRADE, HR, CITY, OFFICE), (TRADE, HR, OFFICE)


@dataclass(frozen=True)
class Way:
    """One plan as it is walked: which title by which pathway, from which county, over which desks."""

    pack: str
    title: str
    pathway: str
    county: str
    desks: tuple[Role, ...]
    specialty: str = ""


WAYS = (
    Way("hangzhou-2020-arts-and-crafts-intermediate", "工艺美术师", "normal", "330106", (POINT, HR, OFFICE)),
    Way("zhejiang-2021-arts-and-crafts-senior", "高级工艺美术师", "normal", "330106", PROVINCIAL),
    Way("hangzhou-2021-arts-and-crafts-senior", "高级工艺美术师", "normal", "330106", PROVINCIAL),
    Way("zhejiang-2021-arts-and-crafts-senior-full", "正高级工艺美术师", "normal", "330106", PROVINCIAL),
    Way("hangzhou-2021-arts-and-crafts-senior-full", "正高级工艺美术师", "normal", "330106", PROVINCIAL),
    Way(
        "lishui-2021-arts-and-crafts-intermediate-junior",
        "工艺美术师",
        "normal",
        "331121",
        (HR, LOWER, OFFICE),
    ),
    Way(
        "lishui-2021-arts-and-crafts-intermediate-junior", "助理工艺美术师", "normal", "331122", (HR, OFFICE)
    ),
    Way(
        "jiaxing-2022-engineering-intermediate-junior",
        "助理工程师",
        "normal",
        "330421",
        (POINT, HR, OFFICE),
        "materials",
    ),
    Way("anji-2021-01-battery-engineering", "高级工程师", "normal", "330523", UPWARD),
    Way("anji-2021-02-party-school", "讲师", "normal", "330523", UPWARD),
    Way("anji-2021-03-express-engineering", "工程师", "normal", "330523", UPWARD),
    Way("anji-2021-04-journalism", "记者", "normal", "330523", UPWARD),
    Way("anji-2021-05-culture-library-museum", "馆员", "normal", "330523", UPWARD),
    Way("anji-2021-06-agriculture", "农艺师", "normal", "330523", UPWARD),
    Way("anji-2021-07-transport-engineering", "工程师", "normal", "330523", UPWARD),
    Way("anji-2021-08-water-engineering", "工程师", "normal", "330523", UPWARD),
    Way("anji-2021-09-first-engineering", "工程师", "normal", "330523", UPWARD),
    Way("anji-2021-10-second-engineering", "工程师", "normal", "330523", UPWARD),
    Way("anji-2021-11-natural-resources-engineering", "工程师", "normal", "330523", UPWARD),
    Way("anji-2021-12-construction-engineering", "高级工程师", "normal", "330523", UPWARD),
    Way("anji-2021-13-innovators", "工程师", "interview", "330523", UPWARD),
    Way("anji-2021-14-technical-school", "讲师", "normal", "330523", UPWARD),
    Way("anji-2021-15-arts-and-crafts", "工艺美术师", "normal", "330523", UPWARD),
    Way("anji-2021-16-law", "三级律师(公证员)", "normal", "330523", UPWARD),
    Way("anji-2021-17-economics", "高级经济师", "normal", "330523", UPWARD),
    Way("anji-2021-18-accounting-statistics-audit", "高级会计师", "normal", "330523", UPWARD),
    Way("anji-2021-19-broadcasting", "一级播音员", "normal", "330523", UPWARD),
    Way("anji-2021-20-sports-coach", "教练", "normal", "330523", UPWARD),
    Way("anji-2021-21-arts", "艺术三级", "normal", "330523", UPWARD),
    Way("anji-2021-22-literature", "文学创作三级", "normal", "330523", UPWARD),
    Way("anji-2021-23-health-senior", "主任(中)医(药、护、技)师", "normal", "330523", UPWARD),
    Way("anji-2021-24-school-senior", "正高级教师", "normal", "330523", UPWARD),
    Way("anji-2021-25-health-intermediate", "主任(中)医(药、护、技)师", "normal", "330523", COUNTY),
    Way("anji-2021-27-furniture-engineers", "工程师", "enterprise_evaluation", "330523", COUNTY),
    Way("anji-2021-28-initial", "工程师", "initial", "330523", COUNTY),
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.pack}-{way.title}")
def test_both_ends_of_the_chain(way, first_morning):
    """R-273, R-274, R-283…R-295."""
    plan = open_plan(way, first_morning)
    employer = make_bodies(way, plan)
    draft = apply(way, plan, employer, FIRST)
    apply(way, plan, employer, SECOND)
    first, second = Application.objects.order_by("pk")

    clerk = seat_of(first)
    for name in (FIRST, SECOND):
        steps.pass_case(clerk, "employer", name)
    if current_step(first).state == StepState.AUDITED:
        steps.publicise_in_unit(clerk)
        for name in (FIRST, SECOND):
            steps.forward_case(clerk, name)

    walked = []
    while (step := current_step(first)) is not None:
        walked.append(step.role)
        desk, visitor = DESKS.get(step.role, "authority"), seat_of(first)
        if len(walked) == 1:
            steps.return_case(visitor, desk, FIRST)
            steps.hand_in_again(draft.visitor, draft.path, self_report=f"{steps.REPORT}出处见证书。")
            steps.open_case(visitor, desk, FIRST)
            assert "出处见证书" in visitor.text
        steps.pass_case(visitor, desk, FIRST)
        if len(walked) == len(way.desks) - 1:
            steps.refuse_case(visitor, desk, SECOND)
        elif len(walked) < len(way.desks):
            steps.pass_case(visitor, desk, SECOND)
    first.refresh_from_db()
    second.refresh_from_db()

    assert tuple(walked) == way.desks
    assert first.state == (
        WAITS_FOR_FEE if rules_of(first.plan).data.get("fees") else ApplicationState.ACCEPTED
    )
    assert second.state == ApplicationState.REFUSED


WAITS_FOR_FEE = ApplicationState.PAYMENT_PENDING


def seat_of(application: Application) -> HttpVisitor:
    """Somebody who holds the desk at which the case stands."""
    step = current_step(application)
    visitor = HttpVisitor()
    sign_in(visitor.client, staff_actor(step.organisation, Role(step.role)))
    return visitor


def open_plan(way: Way, now) -> Plan:
    """Last notice as history, then this year's plan by rollover, confirmed, published by a second person, open."""
    source = load_notice(folder=settings.POLICY_PACKS / way.pack, now=now)
    first = staff_actor(source.office, Role.COMMITTEE_OFFICE)
    second = staff_actor(source.office, Role.COMMITTEE_OFFICE)
    plan = roll_over(plan=source, year=2025, actor=first, now=now)
    opens, closes = beijing_day(now), beijing_day(now) + timedelta(days=25)
    for window in plan.windows.order_by("position"):
        if window.who == "applicant":
            set_window(plan=plan, step=window.step, opens=opens, closes=closes, actor=first, now=now)
        else:
            closes += timedelta(days=14)
            set_window(plan=plan, step=window.step, opens=None, closes=closes, actor=first, now=now)
    for point in list(plan.confirmations.all()):
        confirm_point(plan=plan, key=point.key, actor=first, now=now)
    propose_plan(plan=plan, actor=first, now=now)
    plan.refresh_from_db()
    publish_plan(plan=plan, actor=second, now=now)
    follow_the_clock(now=now)
    plan.refresh_from_db()
    return plan


def make_bodies(way: Way, plan: Plan) -> Organisation:
    """The bodies of the county and its city that a chain may name, and an enterprise of the county."""
    for code in (way.county, way.county[:4] + "00"):
        name = Region.objects.get(pk=code).name
        for kind, words in (
            (OrganisationKind.ACCEPTANCE_POINT, "职称申报受理点"),
            (OrganisationKind.INDUSTRY_AUTHORITY, "经济和信息化局"),
            (OrganisationKind.HR_AUTHORITY, "人力资源和社会保障局"),
        ):
            make_organisation(f"{name}{words}", kind=kind, region=code)
    if LOWER in way.desks:
        lower = f"{Region.objects.get(pk=way.county).name}工艺美术初级职务评审委员会办公室"
        make_organisation(lower, kind=OrganisationKind.COMMITTEE_OFFICE, region=way.county)
    trade = Organisation.objects.get(kind=OrganisationKind.INDUSTRY_AUTHORITY, region_id=way.county)
    return make_organisation("示范制造有限公司", region=way.county, parent=trade)


def make_archive(name: str, employer: Organisation, level: str):
    """A person of the unit with one of everything, long enough ago for every rule."""
    person = make_person(name, born_on=date(1975, 6, 1))
    told = {
        "in_post": True, "is_civil_servant": False, "is_retired": False, "is_established": False,
        "personnel_relation": "local", "unit_affiliation": "county", "does_craft_work": True,
        "insured_in_province": True, "insured_in_city": True, "front_line_skill_post": True,
    }  # fmt: skip
    make_profile(person, employer, data=told)
    since = {"from": "2000-07-01", "employer_kind": "enterprise", "is_related": True}
    records = [
        ("education", {"level": "bachelor", "degree": "bachelor", "graduated_on": "2000-06-30", "is_related": True,
                       "mode": "full_time"}),
        ("employment", {**since, "work": "technical"}),
        ("skills", {"occupation": "电工", "skill_level": "senior_technician", "obtained_on": "2012-06-30", "is_related": True}),
        ("honours", {"name": "先进工作者", "level": "provincial", "issuer_kind": "government", "recipient": "person",
                     "granted_on": "2023-05-01"}),
        ("papers", {"title": "工艺改进", "kind": "journal", "level": "provincial", "author_role": "first",
                    "is_professional": True, "published_on": "2023-03-01"}),
        ("projects", {"name": "技术改造", "level": "provincial", "role": "lead", "completed_on": "2023-06-01"}),
        ("patents", {"name": "一种装置", "kind": "invention", "status": "granted", "rank": 1, "granted_on": "2022-08-01"}),
    ]  # fmt: skip
    if below := BELOW[level]:
        records += [
            (
                "titles",
                {
                    "title": CRAFTS.get(below, ""),
                    "level": below,
                    "obtained_on": "2012-12-01",
                    "in_city": True,
                },
            ),
            ("appointments", {"title": CRAFTS.get(below, ""), "level": below, "from": "2013-01-01"}),
        ]
    records += [("appraisals", {"year": year, "grade": "excellent"}) for year in range(2018, 2026)]
    hours = {"professional": 120, "public_general": 30, "public_industry": 30, "registered_in": REGISTER}
    records += [("ce_hours", {"year": year, **hours}) for year in range(2014, 2027)]
    for number, (category, data) in enumerate(records):
        make_item(person, category, data=data, label=f"{category}{number}", files=(make_file(person),))
    return person


@dataclass(frozen=True)
class Draft:
    visitor: HttpVisitor
    path: str


def apply(way: Way, plan: Plan, employer: Organisation, name: str) -> Draft:
    """From 马上申报 to the receipt."""
    title = plan.titles.get(name=way.title)
    visitor = HttpVisitor()
    sign_in(visitor.client, applicant_actor(make_archive(name, employer, title.level)))
    path = steps.start(visitor, plan.slug, way.title)
    chosen = {"specialty": way.specialty} if way.specialty else {}
    steps.fill_in(visitor, path, pathway=way.pathway, **chosen)
    steps.submit(visitor, path)
    return Draft(visitor, path)
