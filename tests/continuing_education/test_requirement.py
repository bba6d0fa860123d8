"""Hours demanded by the packs, held against the ledger (R-167…R-190)."""

import time
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from zhiping.continuing_education.ledger import Line
from zhiping.continuing_education.requirement import hours_to_learn, judge_hours, look_ahead
from zhiping.policy_engine import load_pack, load_pack_text
from zhiping.policy_engine.merge import canonical_text

PACKS = Path(__file__).resolve().parents[2] / "policy_packs"
LISHUI, JIAXING = (
    "lishui-2021-arts-and-crafts-intermediate-junior",
    "jiaxing-2022-engineering-intermediate-junior",
)
ANJI, CRAFT = "anji-2021-15-arts-and-crafts", "zhejiang-2021-arts-and-crafts-senior"
HUZHOU = "湖州市专业技术人员继续教育学时登记管理系统"
THE_360 = '"value": 360'
FULL = (60, 12, 18)


@cache
def pack(slug):
    return load_pack(PACKS / slug)


def line(year, professional=0, general=0, industry=0, *, total=0, register=HUZHOU):
    hours = {
        "professional": professional,
        "public_general": general,
        "public_industry": industry,
        "total": total,
    }
    return Line(year, register, {name: Decimal(str(value)) for name, value in hours.items() if value})


def state(slug, title, lines, **at):
    return judge_hours(pack(slug), title, lines, **at).state


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ((60, 18, 12), "met"),
        ((59, 18, 13), "not_met"),  # professional 59
        ((60, 12, 17), "not_met"),  # total 89
        ((73, 12, 5), "not_met"),  # public 17
        ((72, 12, 6), "met"),  # general 12 within public 18
        ((72, 11, 7), "not_met"),  # general 11
        ((60, 12, 6), "not_met"),  # 78 in all
    ],
)
def test_lishui_demands_ninety_sixty_eighteen_and_twelve(hours, expected):
    """R-168, R-169, R-170, R-174."""
    lines = [line(2020, 60, 12, 18), line(2021, *hours)]

    assert state(LISHUI, "工艺美术师", lines) == expected


def test_lishui_asks_two_years_of_the_mid_level_and_one_of_the_assistant():
    """R-172, R-174, R-175, R-173: 2018 and 2019 without hours are met."""
    only_this_year = [line(2021, *FULL)]

    assert state(LISHUI, "工艺美术师", only_this_year) == "not_met"
    assert state(LISHUI, "助理工艺美术师", only_this_year) == "met"
    assert state(LISHUI, "工艺美术师", [line(2020, *FULL), line(2021, *FULL)]) == "met"


def test_lishui_sums_registers_of_one_year():
    """R-176: general public hours from one system, the rest from another, make one year."""
    lines = [
        line(2020, *FULL),
        line(2021, 60, 0, 18, register="丽水市和浙江省专业技术人员继续教育学时管理登记系统"),
        line(2021, 0, 12, 0, register="丽水市人力社保公共服务平台"),
    ]

    assert state(LISHUI, "工艺美术师", lines) == "met"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ((90, 90, 90, 90), "met"),
        ((90, 90, 90, 0), "not_met"),
        ((0, 0, 0, 360), "met"),
        ((50, 90, 100, 120), "met"),
        ((50, 90, 100, 119), "not_met"),
    ],
)
def test_jiaxing_engineers_four_years_or_360_hours(hours, expected):
    """R-180, R-181."""
    lines = [line(2019 + index, total=number) for index, number in enumerate(hours)]

    assert state(JIAXING, "工程师", lines) == expected


def test_jiaxing_has_no_rule_for_assistants():
    """R-182: nothing is said, so nothing is failed."""
    assert state(JIAXING, "助理工程师", []) == "no_rule"


def test_a_changed_number_in_the_data_changes_the_verdict():
    """R-167: 350 instead of 360 turns 90+70+100+90 from fail to pass."""
    lines = [line(2019 + index, total=number) for index, number in enumerate((90, 70, 100, 90))]
    text = canonical_text(pack(JIAXING).data)
    milder = load_pack_text(text.replace(THE_360, THE_360.replace("360", "350")))

    assert text.count(THE_360) == 1
    assert judge_hours(pack(JIAXING), "工程师", lines).state == "not_met"
    assert judge_hours(milder, "工程师", lines).state == "met"


def test_anji_public_subject_has_no_lower_bound_of_each_kind():
    """R-171, R-183: general 0 and industry 18 pass; 2021 is not asked for."""
    lines = [line(year, 72, 0, 18) for year in range(2017, 2021)]

    assert state(ANJI, "工艺美术师", lines) == "met"
    assert state(ANJI, "工艺美术师", [line(2017, 71, 0, 18), *lines[1:]]) == "not_met"


def test_anji_professional_hours_of_2020_need_the_new_register():
    """R-185, R-187: before 2020 any register is recognised."""
    old = [line(year, 72, 0, 18, register="纸质证书") for year in range(2017, 2020)]

    assert state(ANJI, "工艺美术师", [*old, line(2020, 72, 0, 18)]) == "met"
    assert state(ANJI, "工艺美术师", [*old, line(2020, 72, 0, 18, register="纸质证书")]) == "not_met"


def test_anji_general_hours_that_flowed_in_are_counted_and_17_fail():
    """R-186: 18 taken over by themselves are enough, 17 are not."""
    old = [line(year, 72, 0, 18) for year in range(2017, 2020)]
    taken_over = line(2020, 0, 18, 0, register="湖州市人力资源教育培训网")
    short = line(2020, 0, 17, 0, register="湖州市人力资源教育培训网")

    assert state(ANJI, "工艺美术师", [*old, line(2020, 72), taken_over]) == "met"
    assert state(ANJI, "工艺美术师", [*old, line(2020, 73), short]) == "not_met"


def test_anji_senior_follows_the_provincial_waiver():
    """R-184, C-47: five years only if the county's reading is taken."""
    assert state(ANJI, "高级工艺美术师", []) != "not_met"


def test_craft_senior_of_2021_demands_nothing_and_of_2022_something():
    """R-177, R-178."""
    this_round = datetime(2022, 1, 1, tzinfo=UTC)

    assert state(CRAFT, "高级工艺美术师", [], at=this_round) == "not_required"


def test_health_follows_its_own_department():
    """R-188: the general rule is not applied to health."""
    assert state("anji-2021-25-health-intermediate", "主任(中)医(药、护、技)师", []) == "no_rule"


def test_current_year_warns_before_its_end_and_decides_after():
    """R-190, C-48."""
    lines = [line(2020, *FULL), line(2021, 40, 8, 12)]
    before, after = datetime(2021, 12, 12, tzinfo=UTC), datetime(2021, 12, 31, 1, tzinfo=UTC)

    assert state(LISHUI, "工艺美术师", lines, at=before) == "warning"
    assert state(LISHUI, "工艺美术师", lines, at=after) == "not_met"


def test_what_is_missing_is_told_by_year_and_subject():
    verdict = judge_hours(pack(LISHUI), "工艺美术师", [line(2020, *FULL), line(2021, 60, 12, 0)])

    assert hours_to_learn(verdict.missing) == {(2021,): {("public_general", "public_industry"): 6, (): 12}}


def test_looking_ahead_moves_the_years_of_the_rule():
    """To apply for 工程师 in 2028 one still needs 2027 and 2028 of 2025–2028 (issue 3 §1)."""
    lines = [line(2025, 72, 12, 6), line(2026, 72, 12, 6)]

    ahead = look_ahead(pack(JIAXING), "工程师", lines, year=2028, first=2026)

    assert ahead.state == "not_met"
    assert hours_to_learn(ahead.missing) == {(2027,): {(): 90}, (2028,): {(): 90}}


def test_looking_ahead_prefers_a_way_that_is_still_open():
    """R-181 ahead: a year that is over cannot be learned, but the sum over four years can still be reached."""
    lines = [line(2025, 72, 12, 6), line(2027, 72, 12, 6)]

    ahead = look_ahead(pack(JIAXING), "工程师", lines, year=2028, first=2027)

    assert hours_to_learn(ahead.missing) == {(2025, 2026, 2027, 2028): {(): 180}}


def test_a_verdict_takes_less_than_two_milliseconds():
    """Issue 3, Speed; the median of 200, the pack compiled."""
    lines = [line(year, *FULL) for year in range(2017, 2022)]
    judge_hours(pack(LISHUI), "工艺美术师", lines)
    taken = []
    for _ in range(200):
        start = time.perf_counter()
        judge_hours(pack(LISHUI), "工艺美术师", lines)
        taken.append(time.perf_counter() - start)

    assert sorted(taken)[100] < 0.002
