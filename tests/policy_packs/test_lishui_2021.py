"""丽水 2021 工艺美术师、助理工艺美术师: stories, and the yearly hours against a reading by hand.

R-145…R-147, R-168…R-176, R-190, R-289, R-300, R-308, R-320, R-339…R-341, C-44, C-45, C-48, C-52, C-53, C-55, C-71.
"""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiping.policy_engine.demands import chain_for, fees_for
from zhiping.policy_engine.judge import judge
from zhiping.policy_engine.pack import load_pack

PACK = load_pack(
    Path(__file__).parents[2] / "policy_packs" / "lishui-2021-arts-and-crafts-intermediate-junior"
)
ENTERED = {
    "intermediate_education": "college",
    "intermediate_years": 4,
    "assistant_education": "college",
    "assistant_years": 4,
}
FULL = {"professional": 60, "public_general": 12, "public_industry": 6, "total": 12}
MAKER = {
    "works_in_city": True, "employer_kind": "enterprise", "does_craft_work": True, "insured_in_province": True,
    "education": [{"level": "college", "graduated_on": dt.date(2012, 6, 30), "verified_online": True}],
    "employment": [{"from": dt.date(2012, 7, 1), "employer_kind": "enterprise", "work": "technical", "is_related": True}],
    "titles": [{"title": "助理工艺美术师", "level": "assistant", "obtained_on": dt.date(2017, 12, 31), "in_city": True}],
    "appraisals": [{"year": 2020, "grade": "qualified"}, {"year": 2021, "grade": "excellent"}],
    "ce_hours": [{"year": 2020} | FULL, {"year": 2021} | FULL],
}  # fmt: skip


def of(facts, pathway="normal", title="工艺美术师", parameters=ENTERED, **more):
    return judge(PACK, title, facts, pathway=pathway, parameters=parameters, **more).pathways[0]


hours = st.fixed_dictionaries(
    {
        "professional": st.integers(58, 80),
        "public_general": st.integers(10, 20),
        "public_industry": st.integers(4, 10),
        "total": st.integers(0, 14),
    }
)


def enough(year):
    public = year["public_general"] + year["public_industry"]
    return (
        year["professional"] + public + year["total"] >= 90
        and year["professional"] >= 60
        and public >= 18
        and year["public_general"] >= 12
    )


@settings(max_examples=300, deadline=None)
@given(
    hours, hours, st.sampled_from(["工艺美术师", "助理工艺美术师"]), st.sampled_from(["this_year", "general"])
)
def test_yearly_hours_agree_with_the_table_read_by_hand(before, now, title, rule):
    """R-168…R-175, C-45: 90/60/18/12; the assistant level needs 2021 only, unless the general rule is read."""
    facts = MAKER | {"ce_hours": [{"year": 2020} | before, {"year": 2021} | now]}
    two_years = title == "工艺美术师" or rule == "general"
    expected = enough(now) and (enough(before) or not two_years)
    verdict = of(facts, title=title, parameters=ENTERED | {"ce_rule": rule})
    assert verdict.verdict == ("eligible" if expected else "ineligible")


def test_a_short_running_year_warns_but_a_short_past_year_does_not_pass():
    """R-190, C-48: 2021 may still be completed, 2020 may not."""
    short = {"professional": 60, "public_general": 0, "public_industry": 0}
    at = dt.date(2021, 12, 12)
    assert (
        of(MAKER | {"ce_hours": [{"year": 2020} | FULL, {"year": 2021} | short]}, at=at).verdict == "eligible"
    )
    past = of(MAKER | {"ce_hours": [{"year": 2020} | short, {"year": 2021} | FULL]}, at=at)
    assert (past.verdict, past.deciding) == ("ineligible", ["gate.ce_2020"])


def test_direct_application_is_for_the_intermediate_title_and_waits_for_its_document():
    """R-146, R-147, R-396."""
    direct = of(MAKER | {"documents": ["exceptional_form"]}, "direct", parameters=None)
    assert (direct.verdict, direct.deciding) == ("undetermined", ["direct.rules"])
    assert "直通车" in direct.in_words()
    assert of(MAKER, "direct", "助理工艺美术师", None).verdict == "not_offered"


def test_a_title_from_elsewhere_counts_from_its_day_once_confirmed():
    """R-115."""
    title = {
        "title": "助理工艺美术师",
        "level": "assistant",
        "obtained_on": dt.date(2016, 12, 31),
        "in_city": False,
    }
    unconfirmed = of(MAKER | {"titles": [title]})
    assert (unconfirmed.verdict, unconfirmed.deciding) == ("ineligible", ["gate.title_confirmed"])
    assert of(MAKER | {"titles": [title | {"confirmed": True}]}).verdict == "eligible"


@pytest.mark.parametrize(
    ("region", "title", "reading", "amount"),
    [
        ("331102", "工艺美术师", "by_chain", 180),
        ("331121", "工艺美术师", "by_chain", 260),
        ("331181", "工艺美术师", "by_chain", 260),
        ("331102", "工艺美术师", "every", 260),
        ("331181", "助理工艺美术师", "by_chain", 100),
    ],
)
def test_fees_by_title_and_by_the_committee_that_recommends(region, title, reading, amount):
    """R-320, C-55."""
    told = fees_for(
        PACK, title, "normal", {"region_code": region}, parameters={"charge_recommendation": reading}
    )
    assert sum(each["amount"] for each in told if each["state"] == "needed") == amount


@pytest.mark.parametrize(
    ("region", "through"), [("331121", True), ("331181", True), ("331122", False), ("331102", False)]
)
def test_only_qingtian_and_longquan_go_through_a_preliminary_committee(region, through):
    """R-289."""
    steps = [each["id"] for each in chain_for(PACK, "工艺美术师", "normal", {"region_code": region})["steps"]]
    assert ("lower_committee" in steps) is through
    assert steps[0] == "unit"
    assert steps[-1] == "committee"


def test_dates_copies_and_bar_are_those_of_the_notice():
    """R-300, R-308, R-340, C-53, C-71: the opening day is not printed and stays open."""
    windows = {each["id"]: each for each in PACK.data["windows"]}
    assert windows["applicant"].get("opens") is None
    assert [each["closes"].isoformat() for each in windows.values()] == [
        "2021-12-12", "2021-12-23", "2021-12-31", "2022-01-07"]  # fmt: skip
    assert PACK.data["review_form"]["copies"] == 3
    fraud = PACK.data["sanctions"][0]
    assert (fraud["years"], fraud["bars"]) == (3, ["senior_full", "senior_associate"])
