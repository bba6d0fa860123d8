"""Each condition at its edges: met, not met, unknown and why, the sentence and the smallest change (R-107, R-395)."""

import datetime as dt

import pytest

from tests.policy_engine.packs import small
from zhiping.policy_engine import judge


def finding(condition, facts, **options):
    parameters = options.pop("parameters", "{}")
    definitions = options.pop("definitions", "{}")
    pack = small(condition, parameters=parameters, definitions=definitions)
    verdict = judge(pack, "工艺美术师", facts, **options)
    return verdict.pathways[0].clause("it")


WORK = [
    {"from": "2014-01-01", "to": "2014-12-31", "related": True},
    {"from": "2016-01-01", "to": "2016-12-31", "related": True},
    {"from": "2015-01-01", "to": "2015-12-31", "related": False},
]
LOW, HIGH = {"grade": "low"}, {"grade": "high"}

CASES = [
    # condition, facts, status, waits_for
    ("fact: n, gte: 5", {"n": 5}, "met", None),
    ("fact: n, gte: 5", {"n": 4}, "not_met", None),
    ("fact: n, gt: 5", {"n": 5}, "not_met", None),
    ("fact: n, lt: 5", {"n": 5}, "not_met", None),
    ("fact: n, lte: 5, gt: 1", {"n": 5}, "met", None),
    ("fact: n, gte: 5", {}, "unknown", "needs_evidence"),
    ("fact: n, is_not: 5", {"n": 5}, "not_met", None),
    ("fact: kind, in: [x, y]", {"kind": "y"}, "met", None),
    ("fact: kind, not_in: [x, y]", {"kind": "y"}, "not_met", None),
    ("fact: grade, gte: middle", {"grade": "high"}, "met", None),
    ("fact: grade, lt: middle", {"grade": "middle"}, "not_met", None),
    ("fact: grade, gte: middle", {"grade": "中"}, "met", None),
    ("fact: since, lte: 2021-12-31", {"since": dt.date(2021, 12, 31)}, "met", None),
    ("fact: since, gte: {last_years: 5}", {"since": "2016-12-31"}, "not_met", None),
    ("fact: since, gte: {last_years: 5}", {"since": "2017-01"}, "met", None),
    ("fact: since, lt: {cutoff: 0}", {"since": "2021-12-31"}, "not_met", None),
    ("fact: n, is: {cutoff_year: -1}", {"n": 2020}, "met", None),
    ("fact: n, gte: {2020-01-01: 4, 2021-12-31: 3}", {"n": 3}, "met", None),
    ("fact: n, gte: {2020-01-01: 4, 2022-01-01: 3}", {"n": 3}, "not_met", None),
    ("fact: n, gte: {2022-01-01: 3}", {"n": 3}, "unknown", "undetermined"),
    (
        "fact: n, gte: {dated: [{from: 2021-01-01, to: 2021-12-31, value: 4}, {from: 2022-01-01, value: 9}]}",
        {"n": 4},
        "met",
        None,
    ),
    ("fact: marks, includes: p", {"marks": ["p", "q"]}, "met", None),
    ("fact: marks, includes_any: [q, r]", {"marks": ["p"]}, "not_met", None),
    ("fact: marks, includes_all: [p, q]", {"marks": ["p", "q"]}, "met", None),
    ("fact: a, given: true", {"a": False}, "met", None),
    ("fact: a, given: true", {}, "unknown", "needs_evidence"),
    ("fact: ended, is_not: 2020-01-01", {}, "met", None),
    ("fact: ended, gte: 2020-01-01", {}, "not_met", None),
    ("ratio: [n, n], gte: 1, lte: 1", {"n": 3}, "met", None),
    ("ratio: [n, n], gt: 1", {"n": 3}, "not_met", None),
    ("ratio: [n, n], gte: 1", {"n": 0}, "not_met", None),
    ("ratio: [n, n], gte: 1", {}, "unknown", "needs_evidence"),
    ("years_since: {fact: since}, gte: 4", {"since": "2018-01-01"}, "met", None),
    ("years_since: {fact: since}, gte: 4", {"since": "2018-01-02"}, "not_met", None),
    ("years_since: {fact: since}, gte: 4", {}, "unknown", "needs_evidence"),
    ("years_since: {earliest: work, field: from}, gte: 7", {"work": WORK}, "met", None),
    ("years_since: {latest: work, field: from}, gte: 7", {"work": WORK}, "not_met", None),
    (
        "years_since: {latest: work, field: from, where: {related: false}}, gte: 7",
        {"work": WORK},
        "met",
        None,
    ),
    ("years_since: {earliest: work, field: from}, gte: 1", {"work": []}, "not_met", None),
    (
        "years_since: {earliest: work, field: from, where: {related: true}}, gte: 7",
        {"work": [{"from": "2010-01-01"}]},
        "unknown",
        "needs_evidence",
    ),
    ("years: work, where: {related: true}, gte: 2", {"work": WORK}, "met", None),
    ("years: work, where: {related: true}, gte: 3", {"work": WORK}, "not_met", None),
    ("years: work, gte: 3", {"work": WORK}, "met", None),
    ("years: work, after: 2015-01-01, where: {related: true}, gte: 2", {"work": WORK}, "not_met", None),
    (
        "years: work, where: {related: true}, gte: 3",
        {"work": [*WORK, {"from": "2020-01-01"}]},
        "unknown",
        "needs_evidence",
    ),
    ("years: work, gte: 1", {}, "unknown", "needs_evidence"),
    ("years: work, gte: 5", {"work": [{"from": "2017-01-01", "related": True}]}, "met", None),
    ("some: prizes, where: {grade: {gte: middle}}", {"prizes": [LOW, HIGH]}, "met", None),
    ("some: prizes, where: {grade: high}, count: 2", {"prizes": [LOW, HIGH]}, "not_met", None),
    ("some: prizes, where: {grade: [middle, high]}", {"prizes": []}, "not_met", None),
    ("some: prizes, where: {grade: high}", {}, "unknown", "needs_evidence"),
    ("some: prizes, where: {grade: high}", {"prizes": [{"class": 1}]}, "unknown", "needs_evidence"),
    ("some: prizes, where: {class: {lte: 2}}", {"prizes": [LOW]}, "not_met", None),
    (
        "some: prizes, where: [{grade: high}, {class: 1}]",
        {"prizes": [{"grade": "low", "class": 1}]},
        "met",
        None,
    ),
    ("some: prizes, distinct: grade, count: 2", {"prizes": [HIGH, HIGH]}, "not_met", None),
    ("some: prizes, distinct: grade, count: 2", {"prizes": [HIGH, LOW]}, "met", None),
    ("some: prizes, where: {grade: high}, proof: any", {"prizes": [HIGH]}, "unknown", "needs_evidence"),
    ("some: prizes, where: {grade: high}, proof: any", {"prizes": [HIGH | {"evidence": "c1"}]}, "met", None),
    (
        "some: prizes, where: {grade: high}, proof: [证书]",
        {"prizes": [HIGH | {"proof": "照片"}]},
        "unknown",
        "needs_evidence",
    ),
    (
        "some: prizes, where: {grade: high}, proof: [证书]",
        {"prizes": [HIGH | {"proof": "证书"}]},
        "met",
        None,
    ),
    (
        "some: prizes, where: {grade: high}, decision_where: {grade: middle}",
        {"prizes": [{"grade": "middle"}]},
        "unknown",
        "needs_decision",
    ),
    (
        "some: prizes, where: {grade: high}, decision_where: {grade: middle}",
        {"prizes": [LOW]},
        "not_met",
        None,
    ),
    ("no: prizes, where: {grade: low}", {"prizes": [HIGH]}, "met", None),
    ("no: prizes, where: {grade: low}", {"prizes": [HIGH, LOW]}, "not_met", None),
    ("no: prizes, where: {grade: low}", {"prizes": [{}]}, "unknown", "needs_evidence"),
    (
        "sum: hours, field: total, gte: 180",
        {"hours": [{"year": 2020, "total": 90}, {"year": 2021, "total": 90}]},
        "met",
        None,
    ),
    (
        "sum: hours, field: total, average_over: 2, gte: 90",
        {"hours": [{"year": 2020, "total": 179}]},
        "not_met",
        None,
    ),
    ("sum: hours, field: total, gte: 180", {"hours": [{"year": 2020}]}, "unknown", "needs_evidence"),
    (
        "every: hours, by: year, values: [2020, 2021], totals: [{fields: [total], gte: 90}]",
        {"hours": [{"year": 2020, "total": 45}, {"year": 2020, "total": 45}, {"year": 2021, "total": 90}]},
        "met",
        None,
    ),
    (
        "every: hours, by: year, values: [2020, 2021], totals: [{fields: [total], gte: 90}]",
        {"hours": [{"year": 2020, "total": 90}]},
        "not_met",
        None,
    ),
    (
        "every: hours, by: year, values: [2020], where: {total: {gte: 90}}",
        {"hours": [{"year": 2020, "total": 89}]},
        "not_met",
        None,
    ),
    (
        "every: hours, by: year, values: [2020], totals: [{fields: [total], gte: 90}]",
        {"hours": [{"year": 2020}]},
        "unknown",
        "needs_evidence",
    ),
    ("attested: a, by: 用人单位", {}, "unknown", "needs_evidence"),
    ("attested: a, by: 用人单位", {"a": False}, "not_met", None),
    ("decision: a, by: 受理点", {}, "unknown", "needs_decision"),
    ("decision: a, by: 受理点", {"a": True}, "met", None),
    ("not_supplied: lost", {}, "unknown", "undetermined"),
    ("material: form", {}, "not_judged", None),
    ("material: form", {"documents": []}, "unknown", "needs_evidence"),
    ("material: form", {"documents": ["form"]}, "met", None),
    ("window: applicant", {}, "not_judged", None),
    ("always: false", {}, "not_met", None),
    ("all: [{fact: a, is: true}, {fact: n, gte: 1}]", {"a": False}, "not_met", None),
    ("any: [{not_supplied: lost}, {attested: a, by: 单位}]", {}, "unknown", "needs_evidence"),
    ("any: [{not_supplied: lost}, {attested: a, by: 单位}]", {"a": True}, "met", None),
    ("any: [{not_supplied: lost}, {attested: a, by: 单位}]", {"a": False}, "unknown", "undetermined"),
    ("all: [{not_supplied: lost}, {attested: a, by: 单位}]", {}, "unknown", "undetermined"),
    ("all: [{decision: b, by: 受理点}, {attested: a, by: 单位}]", {}, "unknown", "needs_evidence"),
]


@pytest.mark.parametrize(("condition", "facts", "status", "waits_for"), CASES)
def test_condition(condition, facts, status, waits_for):
    found = finding(condition, facts)

    assert (found.status, found.waits_for) == (status, waits_for)
    assert found.as_dict()["sentence"] is not None
    assert found.clause.requires() or condition.startswith("always")


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [
        (dt.datetime.fromisoformat("2021-12-12T23:59:59+08:00"), "eligible"),
        (dt.datetime.fromisoformat("2021-12-13T00:00:00+08:00"), "ineligible"),
        (dt.datetime.fromisoformat("2021-12-12T16:00:00+00:00"), "ineligible"),
        (dt.date(2021, 5, 31), "ineligible"),
        (dt.date(2021, 6, 1), "eligible"),
    ],
)
def test_windows_close_at_midnight_in_beijing(moment, verdict):
    """R-393, C-39."""
    assert judge(small("window: applicant"), "t", {}, at=moment).verdict == verdict


def test_smallest_change_and_the_day_it_will_be_met():
    """R-395: what is missing, and for time the day."""
    years = finding("years_since: {fact: since}, gte: 5", {"since": "2018-07-01"})
    work = finding("years: work, gte: 5", {"work": [{"from": "2018-07-01", "related": True}]})
    ended = finding(
        "years: work, gte: 5", {"work": [{"from": "2010-01-01", "to": "2012-12-31", "related": True}]}
    )
    number = finding("fact: n, gte: 5", {"n": 3})
    hours = finding("sum: hours, field: total, gte: 100", {"hours": [{"year": 2020, "total": 90}]})

    assert years.change == {"kind": "years", "missing": 2, "on": "2023-06-30"}
    assert years.sentence == "自2018-07-01至2021-12-31满3年，要求不少于5年，还差2年，将于2023-06-30满足"
    assert work.change == {"kind": "years", "missing": 2, "on": "2023-06-30"}
    assert ended.change == {"kind": "years", "missing": 2, "on": None}
    assert number.change == {"kind": "value", "fact": "n", "from": 3, "to": 5, "missing": 2}
    assert hours.change["missing"] == 10


def test_any_names_the_alternative_that_comes_first():
    found = finding(
        "any: [{years_since: {fact: since}, gte: 9}, {years_since: {fact: since}, gte: 5}]",
        {"since": "2018-07-01"},
    )

    assert found.change["on"] == "2023-06-30"


def test_value_used_and_its_source_are_told():
    """R-395."""
    found = finding("fact: n, gte: 5", {"n": 6, "sources": {"n": "社保"}})

    assert found.used == [{"fact": "n", "label": "数目", "value": 6, "shown": "6", "source": "社保"}]
    assert found.as_dict()["cite"]["words"] == "小发〔2021〕1号 二"


def test_at_least_counts_each_piece_of_evidence_once():
    """R-138, C-12: and says how many are missing."""
    condition = (
        "at_least: {count: 2, distinct_evidence: true, of: [{some: prizes, where: {grade: {gte: middle}}}, "
        "{some: prizes, where: {grade: high}}]}"
    )
    one, two = (
        finding(condition, {"prizes": [HIGH]}),
        finding(condition, {"prizes": [HIGH, {"grade": "middle"}]}),
    )
    same = finding(condition, {"prizes": [HIGH | {"evidence": "e"}, {"grade": "middle", "evidence": "e"}]})
    perhaps = finding(condition, {"prizes": [HIGH, {}]})

    assert (one.status, two.status, same.status, perhaps.status) == ("not_met", "met", "not_met", "unknown")
    assert one.sentence == "满足1项，要求2项，还差1项"


READING = "{r: {question: 怎么读, value: strict, alternatives: [loose], reading: C-11}}"
LOST = "{n_needed: {question: 要求的数, not_supplied: lost, type: integer}}"


def test_a_reading_that_decides_is_named():
    """R-113, C-11: another reading would change the verdict."""
    pack = small("by: r, cases: {strict: {fact: n, gte: 5}, loose: {fact: n, gte: 3}}", parameters=READING)
    between, above = judge(pack, "t", {"n": 4}).pathways[0], judge(pack, "t", {"n": 5}).pathways[0]

    assert (between.verdict, between.decided_by) == (
        "ineligible",
        [
            {
                "parameter": "r",
                "reading": "C-11",
                "question": "怎么读",
                "value": "strict",
                "alternative": "loose",
                "verdict": "eligible",
            }
        ],
    )
    assert "取决于如何理解：怎么读（C-11）" in between.in_words()
    assert (above.verdict, above.decided_by) == ("eligible", [])
    assert judge(pack, "t", {"n": 4}, parameters={"r": "loose"}).verdict == "eligible"


def test_a_value_not_supplied_is_undetermined_until_it_is_entered():
    """R-121, R-396."""
    pack = small("fact: n, gte: {param: n_needed}", parameters=LOST)

    assert judge(pack, "t", {"n": 4}).verdict == "undetermined"
    assert "未附文件" in judge(pack, "t", {"n": 4}).in_words()
    assert judge(pack, "t", {"n": 4}, parameters={"n_needed": 4}).verdict == "eligible"


def test_definitions_are_used_by_name():
    found = finding("use: enough", {"n": 4}, definitions="{enough: {fact: n, gte: 5}}")

    assert found.status == "not_met"
