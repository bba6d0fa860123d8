"""Conditions at the edges that the table of operators leaves: readings as values, missing fields, words for each state."""

import datetime as dt

import pytest

from tests.policy_engine.packs import small
from zhiping.policy_engine import PackError, judge, score
from zhiping.policy_engine.yamltext import parse

LOST = "{p: {question: 要求的数, not_supplied: lost, type: integer}}"
CHOICE = "{p: {question: 取哪个, value: 5, alternatives: [3], reading: C-41}}"
WORK = [{"from": "2018-01-01", "related": True}]

UNDETERMINED = [
    ("years_since: {fact: since}, gte: {param: p}", {}),
    ("years_since: {fact: since}, gte: {param: p}", {"since": "2018-01-01"}),
    ("years: work, gte: {param: p}", {}),
    ("years: work, gte: {param: p}", {"work": WORK}),
    ("some: prizes, count: {param: p}", {"prizes": []}),
    ("sum: hours, field: total, gte: {param: p}", {"hours": []}),
    ("sum: hours, field: total, average_over: {param: p}, gte: 3", {"hours": []}),
    ("every: hours, by: year, values: [2020], totals: [{fields: [total], gte: {param: p}}]", {"hours": []}),
    ("every: hours, by: year, values: {param: p}", {"hours": []}),
    ("at_least: {count: {param: p}, of: [{fact: a, is: true}]}", {"a": True}),
    ("ratio: [n, n], gte: {param: p}", {"n": 3}),
    ("fact: n, gte: {param: p}, lte: 100", {"n": 3}),
    ("some: prizes, where: {class: {lte: {param: p}}}", {"prizes": [{"grade": "low", "class": 1}]}),
    ("by: p, cases: {5: {fact: a, is: true}}", {"a": True}),
]


@pytest.mark.parametrize(("condition", "facts"), UNDETERMINED)
def test_value_not_supplied_makes_every_condition_undetermined(condition, facts):
    """R-396: and the sentence never invents a number."""
    verdict = judge(small(condition, parameters=LOST), "t", facts)

    assert verdict.verdict == "undetermined"
    assert verdict.in_words()


CHANGES = [
    (
        "all: [{fact: n, gte: 5}, {fact: a, is: true}]",
        {"n": 4, "a": True},
        {"kind": "value", "fact": "n", "from": 4, "to": 5, "missing": 1},
    ),
    ("all: [{fact: n, gte: 5}, {sum: hours, field: total, gte: 3}]", {"n": 4, "hours": []}, "all"),
    ("all: [{fact: n, gte: 5}, {fact: a, is: true}]", {"n": 4, "a": False}, None),
    ("any: [{fact: n, gte: 5}, {fact: a, is: true}]", {"n": 4, "a": False}, "value"),
    (
        "at_least: {count: 2, of: [{fact: a, is: true}, {fact: b, is: true}]}",
        {"a": True, "b": False},
        {"kind": "count", "missing": 1},
    ),
    (
        "some: prizes, where: {grade: high}, count: 2",
        {"prizes": [{"grade": "high"}]},
        {"kind": "records", "fact": "prizes", "missing": 1},
    ),
    (
        "every: hours, by: year, values: [2020, 2021]",
        {"hours": [{"year": 2020, "total": 1}]},
        {"kind": "every", "fact": "hours", "missing": [2021]},
    ),
    ("by: p, cases: {5: {fact: n, gte: 5}, 3: {fact: n, gte: 3}}", {"n": 4}, "value"),
    ("fact: n, gt: 5", {"n": 5}, "value"),
    ("years_since: {fact: since}, lt: 2", {"since": "2001-01-01"}, None),
    ("years: work, lt: 2", {"work": WORK}, None),
    ("not: {fact: n, gte: 5}", {"n": 6}, None),
    ("sum: hours, field: total, lte: 5", {"hours": [{"year": 2020, "total": 6}]}, None),
]


@pytest.mark.parametrize(("condition", "facts", "change"), CHANGES)
def test_smallest_change(condition, facts, change):
    found = judge(small(condition, parameters=CHOICE), "t", facts).pathways[0].clause("it")

    assert found.status == "not_met"
    assert (found.change or {}).get("kind") == change if isinstance(change, str) else found.change == change


DISTINCT = (
    "at_least: {{count: 2, distinct_evidence: true, of: [{}, {{some: prizes, where: {{grade: high}}}}]}}"
)
HIGH = {"grade": "high"}


@pytest.mark.parametrize(
    ("other", "facts", "status"),
    [
        (
            "{all: [{some: prizes, where: {grade: high}}, {fact: a, is: true}]}",
            {"a": True, "prizes": [HIGH]},
            "not_met",
        ),
        (
            "{all: [{some: prizes, where: {grade: high}}, {fact: a, is: true}]}",
            {"a": True, "prizes": [HIGH, HIGH]},
            "met",
        ),
        (
            "{any: [{some: prizes, where: {grade: low}}, {some: prizes, where: {grade: high}}]}",
            {"prizes": [HIGH]},
            "not_met",
        ),
        (
            "{any: [{some: prizes, where: {grade: low}}, {some: prizes, where: {grade: high}}]}",
            {"prizes": [HIGH, {"grade": "low"}]},
            "met",
        ),
        ("{some: prizes, count: 2}", {"prizes": [HIGH, {"grade": "low"}]}, "not_met"),
        ("{some: prizes, count: 2}", {"prizes": [HIGH, {"grade": "low"}, {"grade": "low"}]}, "met"),
        ("{some: prizes, count: {param: p}}", {"prizes": [HIGH]}, "not_met"),
        ("{fact: a, is: true}", {"a": True, "prizes": [HIGH]}, "met"),
        (
            "{by: p, cases: {5: {some: prizes, where: {grade: high}}, 3: {some: prizes}}}",
            {"prizes": [HIGH]},
            "not_met",
        ),
        (
            "{by: p, cases: {5: {some: prizes, where: {grade: high}}, 3: {fact: a, is: true}}}",
            {"prizes": [HIGH]},
            "met",
        ),
        ("{id: inner, text: 内, cite: 一, if_given: [n], fact: n, gte: 1}", {"prizes": [HIGH]}, "met"),
    ],
)
def test_distinct_evidence_through_combined_conditions(other, facts, status):
    """R-138: evidence used inside all, any, counts and readings is used up."""
    assert (
        judge(small(DISTINCT.format(other), parameters=CHOICE), "t", facts).pathways[0].clause("it").status
        == status
    )


ALSO = "years: work, where: {related: true}, also: {list: work, where: {related: false}}, gte: 4"


@pytest.mark.parametrize(
    ("work", "status"),
    [
        (
            [
                {"from": "2018-01-01", "to": "2019-12-31", "related": True},
                {"from": "2020-01-01", "related": False},
            ],
            "met",
        ),
        ([{"from": "2018-01-01", "to": "2019-12-31", "related": True}], "not_met"),
        ([{"from": "2018-01-01", "to": "2019-12-31", "related": True}, {"from": "2020-01-01"}], "unknown"),
        ([{"from": "2018-01-01", "to": "2019-12-31", "related": True}, {"related": False}], "unknown"),
    ],
)
def test_years_over_two_kinds_of_work_together(work, status):
    """R-127: enterprise years plus years appointed."""
    assert judge(small(ALSO), "t", {"work": work}).pathways[0].clause("it").status == status


def test_years_from_an_incomplete_start_are_unknown_only_if_they_matter():
    condition = "years: work, after: {latest: work, field: from, where: {related: true}}, gte: 4"
    sure = [{"from": "2017-01-01", "related": True}]

    assert judge(small(condition), "t", {"work": sure}).verdict == "eligible"
    assert judge(small(condition), "t", {"work": [*sure, {"from": "2020-01-01"}]}).verdict == "needs_evidence"
    assert judge(small(condition), "t", {"work": []}).verdict == "ineligible"
    assert judge(small(condition), "t", {}).verdict == "needs_evidence"
    assert (
        judge(small("years: work, after: {fact: since}, gte: 4"), "t", {"work": sure}).verdict
        == "needs_evidence"
    )


def test_time_zone_is_beijing_and_naive_time_is_taken_as_such():
    pack = small("window: [applicant]")

    assert judge(pack, "t", {}, at=dt.datetime(2021, 12, 12, 23, 59)).verdict == "eligible"
    assert "在期限内" in judge(pack, "t", {}, at=dt.date(2021, 12, 12)).pathways[0].clause("it").sentence
    assert (
        "不在期限内：个人申报（2021-06-01至2021-12-12 24:00截止）"
        in judge(pack, "t", {}, at=dt.date(2022, 1, 1)).in_words()
    )


def test_record_told_to_be_unconfirmed_is_no_proof():
    pack = small("some: prizes, where: {grade: high}, proof: any")

    assert (
        judge(pack, "t", {"prizes": [HIGH | {"evidence": "e", "confirmed": False}]}).verdict
        == "needs_evidence"
    )


@pytest.mark.parametrize(
    "condition",
    [
        "all: []",
        "not: 3",
        "at_least: {count: 1}",
        "always: 3",
        "fact: work, is: 1",
        "some: a",
        "years: work",
        "years: work, from: x, gte: 1",
        "years: work, also: 3, gte: 1",
        "years: work, also: {list: a}, gte: 1",
        "sum: hours, gte: 1",
        "sum: hours, field: none, gte: 1",
        "every: hours, by: none, values: [1]",
        "every: a, by: year",
        "ratio: [n], gte: 1",
        "attested: n, by: 单位",
        "attested: a",
        "attested: none, by: 单位",
        "score: raw, gte: 1",
        "fact: a",
        "fact: kind, in: x",
        "fact: n, gte: {x: 1}",
        "fact: n, gte: {cutoff: x}",
        "fact: n, gte: {fact: none}",
        "fact: since, gte: {earliest: a}",
        "fact: since, gte: {earliest: work, field: related}",
        "fact: n, gte: {dated: [{from: 1}]}",
        "fact: n, gte: [{x: 1}]",
        "fact: n, gte: {dated: [{from: 2021-01-01, to: 2020-01-01, value: 1}]}",
        "some: prizes, where: 3",
        "some: prizes, distinct: none",
        "some: prizes, proof: 3",
        "some: prizes, cuont: 1",
        "use: none",
        "by: none, cases: {}",
        "fact: n, gte: 1, kind: none",
        "fact: n, gte: 1, titles: [none]",
        "fact: n, gte: 1, if_given: [none]",
        "fact: n, gte: 1, exceptions: [{when: {fact: a, is: true}}]",
        "fact: n, gte: null",
        "fact: since, gte: yesterday",
        "fact: n, gte: 1, when: 3",
        "not_supplied: none",
        "no: none",
    ],
)
def test_condition_that_makes_no_sense_is_refused(condition):
    with pytest.raises(PackError) as refused:
        small(condition)

    assert all(problem.line for problem in refused.value.problems)


def test_moments_and_broken_days_in_yaml():
    assert parse("at: 2020-11-01T09:00:00+08:00")["at"] == dt.datetime.fromisoformat(
        "2020-11-01T09:00:00+08:00"
    )
    assert parse("n: 1.5e3")["n"] == 1500
    with pytest.raises(PackError):
        parse("n: .inf")


SCORED = """
scoring:
  id: s
  name: 标准
  cite: 一
  maximum: 10
  first_level:
    - id: all
      name: 全部
      cap: 10
      cite: 一
      rows:
        - id: degree
          text: 学历
          cite: 一
          mode: highest_only
          fields: {level: {type: choice, scale: grade, label: 等级}}
          points: [{where: {level: high}, points: 10}, {where: {level: middle}, points: 6}, {where: {level: low}, points: 0}]
        - id: service
          text: 年限
          cite: 一
          mode: full_years
          fields: {from: {type: date}, to: {type: date, optional: true}}
          points: [{where: {full_years: {gte: 20}}, points: 10}, {where: {full_years: {gte: 10}}, points: 6}]
"""


def scored():
    from tests.policy_engine.packs import SMALL
    from zhiping.policy_engine import load_pack_text

    filled = SMALL.format(condition="always: true", parameters="{}", definitions="{}", gates="[]")
    return load_pack_text(filled + SCORED)


def test_highest_only_and_years_of_service():
    """R-238, R-239, C-29: 19 years 11 months are 19 years."""
    degrees = score(scored(), [{"row": "degree", "level": "middle"}, {"row": "degree", "level": "high"}])
    years = score(scored(), [{"row": "service", "from": "2002-01-02"}])
    both = score(scored(), [{"row": "service", "from": "2002-01-01"}, {"row": "degree", "level": "low"}])

    assert degrees.total == 10
    assert {claim.reason for claim in degrees.judged} == {"", "只计最高的一项"}
    assert (years.total, both.total) == (6, 10)
    assert years.opens is None
