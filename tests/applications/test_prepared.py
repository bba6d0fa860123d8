"""What the pre-filled forms say, held against the real notices. Pure: nothing is saved."""

from datetime import date
from pathlib import Path

import pytest

from zhiping.applications.assessment import assess
from zhiping.applications.draft import Draft
from zhiping.applications.models import Application
from zhiping.applications.prepared import Form, exceptional, forms_of, referee, scoring
from zhiping.identity.models import Person
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan, PlanTitle
from zhiping.policy_engine.pack import load_pack

PACKS = Path("policy_packs").resolve()
SENIOR, JIAXING = "zhejiang-2021-arts-and-crafts-senior", "jiaxing-2022-engineering-intermediate-junior"
REFEREES = [
    {"name": "推荐人甲", "title": "正高级工艺美术师", "contact": "0571-00000000", "employer": "示范学院"},
    {"name": "推荐人乙", "title": "正高级工艺美术师", "contact": "0571-00000001", "employer": "示范馆"},
]


def judged(slug, way, now, **sections):
    pack = load_pack(PACKS / slug)
    title = pack.titles[0]
    application = Application(
        person=Person(name="申报人𠮷", born_on=date(1985, 3, 2)),
        plan=Plan(region_id="330000", name="计划"),
        title=PlanTitle(key=title["id"], name=title["name"]),
        employer=Organisation(name="示范青瓷厂", kind="enterprise", region_id="330106"),
        pathway_name="直接申报",
    )
    told = {"form": {"pathway": way, "self_report": "述职", "specialty_years": 12}, **sections}
    return assess(Draft(application, pack, told), now)


def test_each_referee_gets_a_sheet_of_their_own(now):
    """R-358."""
    found = judged(SENIOR, "direct", now, referral={"reason": "作品入选国家级展览", "referees": REFEREES})
    forms = [form for form in forms_of(found) if form.kind == "referee"]

    sheets = [referee(found.draft, form) for form in forms]

    assert [form.key for form in forms] == ["referee-1", "referee-2"]
    assert [sheet.referee for sheet in sheets] == ["推荐人甲", "推荐人乙"]
    assert {sheet.reasons for sheet in sheets} == {"作品入选国家级展览"}
    assert {sheet.title for sheet in sheets} == {"直接申报专家推荐表"}
    assert {form.material for form in forms} == {"recommendation_form"}


def test_sheet_without_referee_is_left_blank(now):
    found = judged(SENIOR, "direct", now)
    [form] = [form for form in forms_of(found) if form.kind == "referee"]

    assert referee(found.draft, form).referee == ""


def test_exceptional_sheet_holds_person_career_and_reasons(now):
    """R-357, R-359: opinions stay for pen and seal."""
    items = [
        {"item": 1, "version": 1, "number": 1, "category": "titles", "label": "助工",
         "data": {"title": "助理工程师", "level": "assistant", "obtained_on": "2018-01-01"}},
        {"item": 2, "version": 2, "number": 1, "category": "employment", "label": "厂",
         "data": {"from": "2012-07-01", "employer": "示范青瓷厂", "employer_kind": "enterprise", "work": "technical",
                  "post": "技术员", "is_related": True}},
    ]  # fmt: skip
    found = judged(JIAXING, "exceptional", now, achievements={"items": items}, referral={"reason": "获金奖"})
    [form] = [form for form in forms_of(found) if form.kind == "exceptional"]

    sheet = exceptional(found.draft, form)

    assert sheet.title == "破格推荐中级专业技术职务任职资格审批表"
    assert (sheet.name, sheet.birth_month, sheet.employer) == ("申报人𠮷", "1985年3月", "示范青瓷厂")
    assert (sheet.current_title, sheet.years_in_specialty, sheet.reasons) == ("助理工程师", 12, "获金奖")
    assert sheet.career == "2012-07-01至今 示范青瓷厂 技术员"
    assert all(not opinion.text for opinion in sheet.opinions)


def test_scoring_sheet_prints_every_row_of_the_standard(now):
    """R-361: rows without a claim stay empty."""
    found = judged(SENIOR, "normal", now)
    [form] = [form for form in forms_of(found) if form.kind == "scoring"]

    sheet = scoring(found, form)

    rows = [row for section in sheet.sections for part in section.parts for row in part.rows]
    assert len(rows) == len(found.draft.pack.scoring.rows)
    assert {row.points for row in rows} == {None}
    assert sheet.total is None
    assert all(isinstance(section.cap, int) for section in sheet.sections)


@pytest.mark.parametrize("way", ["normal", "skilled"])
def test_no_sheet_where_the_way_asks_for_none(now, way):
    forms = {form.kind for form in forms_of(judged(JIAXING, way, now))}

    assert forms <= {"integrity"}


def test_key_names_the_referee():
    assert Form("referee-2", "recommendation_form", "表").number == 1
    assert Form("scoring", "scoring_sheet", "表").kind == "scoring"
