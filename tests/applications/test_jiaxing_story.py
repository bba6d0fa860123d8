"""嘉兴 2022 工程师 by the skilled way, on the real pack: from the draft to the committee's desk (R-151, R-290)."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.factories.applications import World, make_ready_draft, publicise, step_of
from tests.factories.archive import make_item, make_profile
from tests.factories.people import applicant_actor, make_organisation, make_person, make_region, staff_actor
from tests.factories.plans import make_office, make_pack_version, make_plan
from zhiping.applications.models import Application
from zhiping.applications.operations import forward_case, pass_step, submit_application
from zhiping.applications.states import ApplicationState
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import BEIJING, end_of
from zhiping.kernel.errors import Refused
from zhiping.notices.tasks import close_due
from zhiping.organisations.states import OrganisationKind
from zhiping.policy_engine.pack import load_pack

pytestmark = pytest.mark.django_db
PACK = Path(__file__).resolve().parents[2] / "policy_packs" / "jiaxing-2022-engineering-intermediate-junior"
NOW = datetime(2022, 8, 29, 10, 0, tzinfo=BEIJING)
FORM = {"specialty": "environment", "committee": "嘉兴市工程技术中级专业技术资格评审委员会"}


@pytest.fixture
def town():
    """海宁市: an enterprise, its acceptance point and HR authority, and the committee's office in 嘉兴."""
    pack = load_pack(PACK)
    make_region("330481", "海宁市")
    office = make_office("嘉兴市工程技术中级评委会办公室", region="330400")
    point = make_organisation("海宁市职称申报受理点", kind=OrganisationKind.ACCEPTANCE_POINT, region="330481")
    county = make_organisation(
        "海宁市人力资源和社会保障局", kind=OrganisationKind.HR_AUTHORITY, region="330481"
    )
    authority = make_organisation(
        "海宁市经济和信息化局", kind=OrganisationKind.INDUSTRY_AUTHORITY, region="330481"
    )
    employer = make_organisation("海宁市示例环保有限公司", region="330481", parent=authority)
    plan = make_plan(
        version=make_pack_version(pack.text, slug=pack.id),
        office=office,
        region=make_region("330400", "嘉兴市"),
        cutoff_on=pack.cutoff,
    )
    return World(plan, office, employer, county), staff_actor(point, Role.ACCEPTANCE_POINT)


def technician(employer):
    person = make_person("申报人丑")
    make_profile(
        person,
        employer,
        data={
            "in_post": True,
            "is_civil_servant": False,
            "insured_in_city": True,
            "unit_affiliation": "county",
        },
    )
    work = {"from": "2012-01-01", "employer_kind": "enterprise", "work": "skill", "is_related": True}
    make_item(person, "employment", data=work, label=employer.name)
    skill = {"skill_level": "technician", "obtained_on": "2018-01-01", "is_related": True}
    make_item(person, "skills", data=skill, label="技师证书")
    for year in (2019, 2020, 2021, 2022):
        make_item(person, "ce_hours", data={"year": year, "total": 90}, label=f"{year} 年学时")
    return person


def submit(application, now):
    actor = applicant_actor(application.person)
    return submit_application(application_id=application.pk, token=f"t{application.pk}", actor=actor, now=now)


def titled(world, name):
    """The same world with the wanted title first, because a draft is begun for one."""
    world.plan.titles.exclude(name=name).update(position=9)
    return replace(world, plan=type(world.plan).objects.get(pk=world.plan.pk))


def test_skilled_engineer_reaches_the_committee(town):
    world, point = town
    world = titled(world, "工程师")
    application = submit(make_ready_draft(NOW, world, person=technician(world.employer), **FORM), NOW)
    keys = list(application.steps.order_by("position").values_list("key", flat=True))
    assert keys == ["unit", "acceptance_point", "county_hr", "office"]

    step = step_of(application)
    pass_step(step=step, opinion="符合", version=step.version, actor=world.clerk, now=NOW)
    publicity = publicise(NOW, world)
    assert publicity.ends_on.isoformat() == "2022-09-05"
    later = end_of(publicity.ends_on) + timedelta(hours=9)
    close_due(later)
    step = step_of(application)
    forward_case(step=step, opinion="公示无异议", version=step.version, actor=world.clerk, now=later)
    for actor in (point, world.county_officer, world.officer):
        step = step_of(application)
        pass_step(step=step, opinion="同意", version=step.version, actor=actor, now=later)
    assert Application.objects.get(pk=application.pk).state == ApplicationState.ACCEPTED


def test_three_years_as_technician_are_needed(town):
    """R-151: two years and some months are not three."""
    world, _ = town
    world = titled(world, "工程师")
    person = technician(world.employer)
    person.archive_items.get(category="skills").versions.update(
        data={"skill_level": "technician", "obtained_on": "2020-03-01", "is_related": True}
    )
    draft = make_ready_draft(NOW, world, person=person, **FORM)

    with pytest.raises(Refused, match="要求不少于3年"):
        submit(draft, NOW)


def test_the_first_moment_of_september_is_too_late(town):
    """三: 个人申报截止时间为8月31日."""
    world, _ = town
    world = titled(world, "工程师")
    draft = make_ready_draft(NOW, world, person=technician(world.employer), **FORM)

    with pytest.raises(Refused, match="2022-08-31 24:00 截止"):
        submit(draft, datetime(2022, 9, 1, tzinfo=BEIJING))
