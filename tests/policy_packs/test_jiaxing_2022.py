"""嘉兴 2022 工程师、助理工程师: stories, and the skilled route against an independent brute-force reading.

R-148…R-154, R-167, R-180…R-182, R-190, R-194, R-290, R-301, R-308, R-313, R-326, C-48…C-50, C-73.
"""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiping.policy_engine.demands import chain_for, fees_for, materials_for
from zhiping.policy_engine.judge import judge
from zhiping.policy_engine.pack import load_pack

PACK = load_pack(Path(__file__).parents[2] / "policy_packs" / "jiaxing-2022-engineering-intermediate-junior")
FIRST, LAST = 2014 * 12, 2022 * 12 + 11
YEARS = (2019, 2020, 2021, 2022)
SUBJECTS = ("professional", "public_general", "public_industry", "total")
WORKER = {
    "works_in_city": True, "in_post": True, "employer_kind": "enterprise", "is_established": False,
    "specialty": "textile", "insured_in_city": True,
    "skills": [{"skill_level": "technician", "obtained_on": dt.date(2020, 1, 1), "is_related": True}],
    "employment": [{"from": dt.date(2012, 7, 1), "employer_kind": "enterprise", "work": "skill", "is_related": True}],
    "ce_hours": [{"year": year, "total": 90} for year in YEARS],
}  # fmt: skip


def of(facts, pathway="skilled", title="工程师", **more):
    return judge(PACK, title, facts, pathway=pathway, **more).pathways[0]


def first_day(month):
    return dt.date(month // 12, month % 12 + 1, 1)


def last_day(month):
    return first_day(month + 1) - dt.timedelta(days=1)


jobs_drawn = st.lists(
    st.tuples(
        st.integers(FIRST, LAST),
        st.integers(0, 60),
        st.sampled_from(["skill", "skill", "technical"]),
        st.booleans(),
    ),
    max_size=4,
)
skills_drawn = st.lists(
    st.tuples(
        st.sampled_from(["senior_worker", "technician", "senior_technician"]),
        st.integers(FIRST, LAST),
        st.booleans(),
    ),
    max_size=3,
)
hours_drawn = st.lists(
    st.tuples(
        st.sampled_from((2018, *YEARS)),
        st.sampled_from(SUBJECTS),
        st.sampled_from([30, 60, 89, 90, 180, 360]),
    ),
    max_size=7,
)


def skilled_by_hand(skills, jobs, hours, *, any_year):
    """技师 and 3 years after it and (every year 90 or the four years 360), by listing months and adding hours."""
    masters = [month for level, month, related in skills if related and level != "senior_worker"]
    worked = {m for begin, length, work, related in jobs if related and work == "skill"
              for m in range(begin, min(begin + length, LAST) + 1)}  # fmt: skip
    after = [month for month in worked if masters and month >= min(masters)]
    total = {year: sum(n for each, _, n in hours if each == year) for year in YEARS}
    first_three_done = all(total[year] >= 90 for year in YEARS[:3])
    transition = sum(total.values()) >= 360 and (any_year or not first_three_done)
    educated = (first_three_done and total[2022] >= 90) or transition
    return "eligible" if len(after) >= 36 and educated else "ineligible"


@settings(max_examples=300, deadline=None)
@given(skills_drawn, jobs_drawn, hours_drawn, st.booleans())
def test_skilled_route_agrees_with_counting_months_and_hours_by_hand(skills, jobs, hours, any_year):
    """R-151, R-180, R-181, C-49: both readings of the transition."""
    facts = WORKER | {
        "skills": [
            {"skill_level": level, "obtained_on": first_day(month), "is_related": related}
            for level, month, related in skills
        ],
        "employment": [
            {"from": first_day(begin), "to": last_day(begin + length), "work": work, "is_related": related,
             "employer_kind": "enterprise"}
            for begin, length, work, related in jobs
        ],
        "ce_hours": [{"year": year, subject: number} for year, subject, number in hours],
    }  # fmt: skip
    reading = {"transition_for": "any_year" if any_year else "first_three_years"}
    verdict = of(facts, parameters=reading)
    assert verdict.verdict == skilled_by_hand(skills, jobs, hours, any_year=any_year)


@settings(max_examples=200, deadline=None)
@given(st.dates(dt.date(2017, 1, 1), dt.date(2022, 12, 31)))
def test_three_years_after_any_day_agree_with_stepping_through_the_calendar(day):
    """C-41: the third anniversary may be at latest the day after the cut-off."""
    third = day.replace(year=day.year + 3) if (day.month, day.day) != (2, 29) else dt.date(day.year + 3, 3, 1)
    skills = [{"skill_level": "technician", "obtained_on": day, "is_related": True}]
    assert (of(WORKER | {"skills": skills}).verdict == "eligible") == (third <= dt.date(2023, 1, 1))


def test_technician_on_the_last_day_is_eligible_and_the_next_day_says_when():
    """R-151, R-395: the smallest change is a day."""
    assert of(WORKER).verdict == "eligible"
    late = of(
        WORKER
        | {"skills": [{"skill_level": "technician", "obtained_on": dt.date(2020, 1, 2), "is_related": True}]}
    )
    assert (late.verdict, late.deciding) == ("ineligible", ["skilled.technician"])
    assert late.clause("skilled.technician").change == {"kind": "years", "missing": 1, "on": "2023-01-01"}


def test_missing_hours_of_the_running_year_only_warn_until_the_year_ends():
    """R-190, C-48."""
    facts = WORKER | {"ce_hours": [{"year": year, "total": 90} for year in YEARS[:3]]}
    assert of(facts, at=dt.date(2022, 8, 31)).verdict == "eligible"
    assert of(facts, at=dt.date(2022, 8, 31)).clause("gate.continuing_education").status == "warning"
    final = of(facts)
    assert final.verdict == "ineligible"
    assert final.clause("ce.each_year").sentence.startswith("2022年")


def test_senior_engineer_is_not_a_title_of_this_plan():
    """R-162, C-72: 高级技师 leads no higher here than 工程师."""
    verdict = judge(PACK, "高级工程师", WORKER)
    assert (verdict.verdict, verdict.pathways) == ("not_offered", [])


@pytest.mark.parametrize(
    ("owner", "steps"),
    [
        ("county", ["unit", "acceptance_point", "county_hr", "committee"]),
        ("none", ["unit", "acceptance_point", "county_hr", "committee"]),
        ("municipal", ["unit", "committee"]),
        ("provincial", ["unit", "committee"]),
        ("ministry", ["unit", "committee"]),
    ],
)
def test_chain_by_owner_of_the_unit(owner, steps):
    """R-290, R-118: with the applicant five steps for a county unit, three for a municipal one."""
    chain = chain_for(PACK, "工程师", "skilled", {"unit_affiliation": owner})
    assert [each["id"] for each in chain["steps"]] == steps


def test_paper_dates_and_money_are_those_of_the_notice():
    """R-301, R-308, R-309, R-313, R-326."""
    assert [each["closes"].isoformat() for each in PACK.data["windows"]] == [
        "2022-08-31",
        "2022-09-14",
        "2022-09-30",
    ]
    form = PACK.data["review_form"]
    assert (form["copies"], form["double_sided"], form["to"]) == (2, True, "嘉兴市工程师协会")
    assert fees_for(PACK, "工程师", "skilled", WORKER) == []


def test_substitutes_are_asked_only_of_those_insured_elsewhere():
    """R-194."""
    asked = {
        insured: {
            each["id"]
            for each in materials_for(PACK, "工程师", "skilled", WORKER | {"insured_in_city": insured})
            if each["state"] == "needed"
        }
        for insured in (True, False)
    }
    assert asked[True] == {"insurance_record", "review_form"}
    assert asked[False] == {"labour_contract", "salary_statement", "tax_statement", "review_form"}
