"""Chains of the notices resolved to real bodies around the employer (R-283…R-291)."""

import pytest
from django.conf import settings

from tests.factories.people import make_organisation
from tests.factories.plans import make_office, make_pack_version, make_plan
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import BEIJING
from zhiping.kernel.errors import Refused
from zhiping.organisations.states import OrganisationKind as Kind
from zhiping.organisations.states import OrganisationState
from zhiping.plans.chain import chain_of
from zhiping.plans.rules import rules_of
from zhiping.policies.readable import readable
from zhiping.policy_engine import load_pack

pytestmark = pytest.mark.django_db


def plan_of(slug: str, office):
    pack = load_pack(settings.POLICY_PACKS / slug)
    text = readable({key: each for key, each in pack.data.items() if key != "extends"})
    return make_plan(office=office, version=make_pack_version(text, slug=slug))


def body(name: str, kind: str, region: str):
    return make_organisation(name, kind=kind, region=region)


@pytest.fixture
def office():
    return make_office(region="330000")


@pytest.fixture
def bodies(office):
    """Desks of 西湖区 and 杭州市, 南湖区 and 嘉兴市, and the province; the lookalikes must not be chosen."""
    return {
        "西湖受理点": body("西湖区职称申报受理点", Kind.ACCEPTANCE_POINT, "330106"),
        "西湖人社": body("西湖区人力资源和社会保障局", Kind.HR_AUTHORITY, "330106"),
        "西湖经信": body("西湖区经济和信息化局", Kind.INDUSTRY_AUTHORITY, "330106"),
        "西湖水利": body("西湖区水利局", Kind.INDUSTRY_AUTHORITY, "330106"),
        "市人社": body("杭州市人力资源和社会保障局", Kind.HR_AUTHORITY, "330100"),
        "市水利": body("杭州市水利局", Kind.INDUSTRY_AUTHORITY, "330100"),
        "市经信": body("杭州市经济和信息化局", Kind.INDUSTRY_AUTHORITY, "330100"),
        "代理": body("杭州市人才代理中心", Kind.PERSONNEL_AGENCY, "330100"),
        "南湖受理点": body("南湖区职称申报受理点", Kind.ACCEPTANCE_POINT, "330402"),
        "南湖人社": body("南湖区人力资源和社会保障局", Kind.HR_AUTHORITY, "330402"),
        "嘉兴人社": body("嘉兴市人力资源和社会保障局", Kind.HR_AUTHORITY, "330400"),
        "青田人社": body("青田县人力资源和社会保障局", Kind.HR_AUTHORITY, "331121"),
        "青田初评委": body("青田县工艺美术初级职务评审委员会办公室", Kind.COMMITTEE_OFFICE, "331121"),
        "缙云人社": body("缙云县人力资源和社会保障局", Kind.HR_AUTHORITY, "331122"),
        "缙云教育": body("缙云县中小学教师中级职务评审委员会办公室", Kind.COMMITTEE_OFFICE, "331122"),
        "省厅": body("浙江省文化和旅游厅", Kind.INDUSTRY_AUTHORITY, "330000"),
        "省经信": body("浙江省经济和信息化厅", Kind.INDUSTRY_AUTHORITY, "330000"),
        "省人社": body("浙江省人力资源和社会保障厅", Kind.HR_AUTHORITY, "330000"),
        "办公室": office,
    }


def employer(region: str, parent=None, **fields):
    return make_organisation(region=region, parent=parent, **fields)


def holders(plan, unit, bodies) -> list[str]:
    names = {each.pk: name for name, each in bodies.items()} | {unit.pk: "单位"}
    return [names[step.organisation_id] for step in chain_of(rules_of(plan), plan, unit)]


@pytest.mark.parametrize(
    ("slug", "region", "parent", "expected"),
    [
        ("zhejiang-2021-arts-and-crafts-senior", "330106", "西湖经信",
         ["单位", "西湖经信", "西湖人社", "市经信", "市人社", "办公室"]),
        ("zhejiang-2021-arts-and-crafts-senior", "330100", "市经信", ["单位", "市经信", "市人社", "办公室"]),
        ("zhejiang-2021-arts-and-crafts-senior", "330106", "省厅", ["单位", "省厅", "省经信", "办公室"]),
        ("zhejiang-2021-arts-and-crafts-senior", "330106", None,
         ["单位", "代理", "市经信", "市人社", "省经信", "办公室"]),
        ("hangzhou-2020-arts-and-crafts-intermediate", "330106", "西湖经信",
         ["单位", "西湖受理点", "西湖人社", "办公室"]),
        ("hangzhou-2020-arts-and-crafts-intermediate", "330106", "市经信",
         ["单位", "西湖受理点", "西湖人社", "办公室"]),
        ("jiaxing-2022-engineering-intermediate-junior", "330402", "南湖人社",
         ["单位", "南湖受理点", "南湖人社", "办公室"]),
        ("jiaxing-2022-engineering-intermediate-junior", "330402", "嘉兴人社", ["单位", "办公室"]),
        ("lishui-2021-arts-and-crafts-intermediate-junior", "331121", "青田人社",
         ["单位", "青田人社", "青田初评委", "办公室"]),
        ("lishui-2021-arts-and-crafts-intermediate-junior", "331122", "缙云人社", ["单位", "缙云人社", "办公室"]),
    ],
)  # fmt: skip
def test_the_chain_of_a_notice_goes_through_these_hands(slug, region, parent, expected, office, bodies):
    """R-283, R-284 (a unit of the city reports where it lies), R-285, R-287, R-289, R-290, R-293."""
    unit = employer(region, bodies.get(parent))

    assert holders(plan_of(slug, office), unit, bodies) == expected


def test_a_province_direct_full_senior_case_skips_the_department(office, bodies):
    """R-286, C-36."""
    unit = employer("330106", bodies["省厅"])

    found = holders(plan_of("zhejiang-2021-arts-and-crafts-senior-full", office), unit, bodies)

    assert found[:2] == ["单位", "省厅"]
    assert found[-1] == "办公室"


def test_each_step_names_role_and_due_moment(office, bodies):
    plan = plan_of("zhejiang-2021-arts-and-crafts-senior", office)
    steps = chain_of(rules_of(plan), plan, employer("330106", bodies["西湖经信"]))

    assert [step.role for step in steps] == [
        Role.EMPLOYER_CLERK,
        Role.INDUSTRY_AUTHORITY,
        Role.COUNTY_HR,
        Role.INDUSTRY_AUTHORITY,
        Role.CITY_HR,
        Role.COMMITTEE_OFFICE,
    ]
    assert [str(step.due_at.astimezone(BEIJING))[:10] for step in steps[:3]] == [
        "2022-04-22",
        "2022-05-13",
        "2022-05-13",
    ]


def test_a_missing_body_is_named(office, bodies):
    bodies["西湖受理点"].state = OrganisationState.SUSPENDED
    bodies["西湖受理点"].save(update_fields=["state"])
    plan = plan_of("hangzhou-2020-arts-and-crafts-intermediate", office)

    with pytest.raises(Refused, match="平台上没有登记"):
        chain_of(rules_of(plan), plan, employer("330106", bodies["西湖经信"]))


def test_an_agency_s_clients_go_through_the_agency_itself(office, bodies):
    """R-287: the agency acts with the rights of the employer and holds one step only."""
    plan = plan_of("zhejiang-2021-arts-and-crafts-senior", office)

    found = holders(plan, bodies["代理"], {name: each for name, each in bodies.items() if name != "代理"})

    assert found[0] == "单位"
    assert found.count("单位") <= 2
    assert found[-1] == "办公室"


def test_finding_a_chain_takes_few_queries(office, bodies, django_assert_max_num_queries):
    plan = plan_of("zhejiang-2021-arts-and-crafts-senior", office)
    unit, rules = employer("330106", bodies["西湖经信"]), rules_of(plan)

    with django_assert_max_num_queries(5):
        chain_of(rules, plan, unit)


def test_an_optional_committee_is_passed_where_it_exists(office, bodies):
    """C-34: the city's intermediate committee recommends if the platform knows it."""
    plan, unit = (
        plan_of("zhejiang-2021-arts-and-crafts-senior", office),
        employer("330106", bodies["西湖经信"]),
    )
    bodies["中评委"] = body("杭州市工艺美术中级职称评审委员会办公室", Kind.COMMITTEE_OFFICE, "330100")

    assert holders(plan, unit, bodies)[-2:] == ["中评委", "办公室"]
