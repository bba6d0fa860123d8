"""What a pack may not look like, section by section; and the kinds of values and sections the example does not use."""

import datetime as dt

import pytest

from tests.policy_engine.packs import SMALL, example, small
from zhiping.policy_engine import PackError, chain_for, judge, load_pack_text, materials_for, score
from zhiping.policy_engine.demands import value_of
from zhiping.policy_engine.factbook import check_person

TEXT = SMALL.format(condition="fact: n, gte: 5", parameters="{}", definitions="{}", gates="[]")
SCORING = """
scoring:
  id: s
  name: 标准
  cite: 一
  maximum: 10
  terms: {text: 用语见评价条件, cite: 一}
  threshold: {pathway: normal, gte: 6, without: [], cite: 一}
  counts_if: [{id: note, text: 注, cite: 一, applies_to: [all], where: {date: {gte: 2014-11-30}}}]
  first_level:
    - id: all
      name: 全部
      cap: 10
      cite: 一
      rows:
        - {id: one, text: 一, cite: 一, fields: {level: {type: choice, scale: grade}}, definition: {text: 定义, cite: 一},
           points: [{where: {level: {gte: middle}}, points: 6}]}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("facts:", "facts:\n  bad: {type: choice, question: 无}", "“bad”是选项，却没有列出可选的值"),
        ("facts:", "facts:\n  bad: {type: choice, scale: none, question: 无}", "没有名为“none”的等级表"),
        ("facts:", "facts:\n  bad: {type: list, question: 无}", "“bad”是列表，却没有写每条记录的字段"),
        (
            "facts:",
            "facts:\n  bad: {type: list, question: 无, fields: {id: {type: text}}}",
            "字段名“id”是每条记录自带的",
        ),
        ("facts:", "facts:\n  bad: 3", "“bad”应是“键: 值”的形式"),
        ("scales: {", "scales: {bad: 3, ", "“bad”"),
        ("definitions: {}", "definitions: []", "“definitions”应是“名: 值”的形式"),
        ("definitions: {}", "definitions: {x: 3}", "“x”应是一个条件"),
        ("gates: []", "gates: [3]", "应是一个条件"),
        ("gates: []", "gates: 3", "“gates”应是一个列表"),
        ("parameters: {}", "parameters: {x: {question: 问, value: 1, reading: c41}}", "reading“c41”写法不对"),
        ("parameters: {}", "parameters: {x: {question: 问, not_supplied: none}}", "documents 里没有“none”"),
        (
            "parameters: {}",
            "parameters: {x: {question: 问, value: 1, cite: {document: none, article: 一}}}",
            "没有写在 documents 里",
        ),
        ("opens: 2021-06-01, closes: 2021-12-12,", "opens: 2021-06-01,", "没有截止日"),
        ("cite: 三}]", "cite: 三, after: none}]", "after 指向的窗口“none”不存在"),
        ("action: audit,", "action: audit, window: none,", "没有窗口“none”"),
        ("how: upload", "how: upload, when: 3", "“when”应是一个条件"),
        ("how: upload", "how: upload, titles: [none]", "“titles”里的“none”不存在"),
        ("    requires:", "    opens_if: [3]\n    requires:", "“opens_if”应是一个条件"),
        ("    requires:", "    forms: [none]\n    requires:", "forms 里的“none”不在 materials 里"),
        (
            "    requires:\n",
            "    requires:\n      - {id: it, text: 又, cite: 二, fact: a, is: true}\n",
            "里 id “it”重复",
        ),
        ("notice: {supplied: all}", "notice: 3", "“notice”应是“键: 值”的形式"),
        ("level: city", "level: city\n  year2: 1", "不认识的键“year2”"),
        (
            "    requires:\n",
            "    requires:\n      - {id: BAD, text: 坏, cite: 二, fact: a, is: true}\n",
            "写法不对",
        ),
        (
            "    requires:\n",
            "    requires:\n      - {id: x, text: 甲, cite: 二, all: [{id: it, text: 乙, cite: 二, fact: a, is: true}]}\n",
            "条款 id“it”重复",
        ),
    ],
)
def test_section_that_makes_no_sense_is_refused(old, new, said):
    assert old in TEXT
    with pytest.raises(PackError) as refused:
        load_pack_text(TEXT.replace(old, new, 1))

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pathway: normal", "pathway: none", "没有申报方式“none”"),
        ("applies_to: [all]", "applies_to: [none]", "none"),
        ("where: {date: {gte: 2014-11-30}}", "hint: 无", "counts_if 的条款缺少“where”"),
        (
            "where: {date: {gte: 2014-11-30}}",
            "where: {date: {gte: 2014-11-30}}, otherwise: maybe",
            "otherwise 只能是 decision",
        ),
        ("points: 6}", "points: six}", "points 应是数"),
        ("definition:", "mode: most, definition:", "mode“most”不认识"),
        (
            "- {id: one",
            "- {id: one, text: 二, cite: 一, points: [{points: 1}]}\n        - {id: one",
            "id “one”重复",
        ),
        ("      rows:\n", "      second_level: []\n      rows2:\n", "不认识的键“rows2”"),
    ],
)
def test_standard_that_makes_no_sense_is_refused(old, new, said):
    assert old in SCORING
    with pytest.raises(PackError) as refused:
        load_pack_text(TEXT + SCORING.replace(old, new, 1))

    assert said in str(refused.value)


def test_clause_above_all_rows_counts_for_each():
    found = score(
        load_pack_text(TEXT + SCORING),
        [
            {"row": "one", "level": "high", "date": "2014-11-29"},
            {"row": "one", "level": "中", "date": "2014-12"},
        ],
    )

    assert (found.total, found.opens) == (6, True)
    assert dict(found.judged[0].clauses) == {"note": "not_met"}


def it(condition, facts, **options):
    return (
        judge(small(condition, parameters=options.pop("parameters", "{}")), "t", facts, **options)
        .pathways[0]
        .clause("it")
    )


@pytest.mark.parametrize(
    ("condition", "facts", "status"),
    [
        ("fact: since, lte: {today: 0}", {"since": "2021-12-31"}, "met"),
        (
            "every: hours, by: year, values: {cutoff_years: [-1, 0]}",
            {"hours": [{"year": 2020, "total": 1}, {"year": 2021, "total": 1}]},
            "met",
        ),
        (
            "every: hours, by: year, values: {cutoff_years: [-2, -1]}",
            {"hours": [{"year": 2020, "total": 1}]},
            "not_met",
        ),
        (
            "every: hours, by: year, values: [2020], where: {total: {gte: 9}}",
            {"hours": [{"year": 2020}]},
            "unknown",
        ),
        ("every: hours, by: year, values: [2020]", {"hours": [{"total": 9}]}, "unknown"),
        ("sum: hours, field: total, where: {year: 2020}, gte: 9", {"hours": [{"total": 9}]}, "unknown"),
        (
            "years_since: {first_known: [{earliest: work, field: from}, {fact: since}]}, gte: 4",
            {"work": [], "since": "2018-01-01"},
            "met",
        ),
        (
            "years_since: {first_known: [{earliest: work, field: from}, {fact: since}]}, gte: 4",
            {"work": [], "since": "2018-01-02"},
            "not_met",
        ),
        (
            "fact: since, gte: {earliest: work, field: from}",
            {"work": [{"from": "2018-01-01"}], "since": "2019-01-01"},
            "met",
        ),
        (
            "fact: since, gte: {first_known: [{earliest: work, field: from}]}",
            {"work": [], "since": "2019-01-01"},
            "not_met",
        ),
        ("not: {some: prizes}", {"prizes": [{}]}, "not_met"),
        ("fact: grade, gte: {param: g}", {"grade": "high"}, "met"),
        ("otherwise: needs_decision, fact: n, gte: 5", {"n": 4}, "unknown"),
        (
            "years: work, where: {related: true}, also: {list: work, where: {related: false}}, gte: 1",
            {},
            "unknown",
        ),
        ("any: [{material: form}, {window: applicant}]", {}, "met"),
    ],
)
def test_further_conditions(condition, facts, status):
    found = it(condition, facts, parameters="{g: {question: 等级, value: middle, alternatives: [high]}}")

    assert found.status == status
    assert found.as_dict()["requires"]
    assert found.sentence is not None


def test_window_without_printed_days_is_undetermined():
    """C-01, C-71."""
    unprinted = TEXT.replace("opens: 2021-06-01, closes: 2021-12-12,", "stated: false,").replace(
        "fact: n, gte: 5", "window: applicant"
    )
    found = judge(load_pack_text(unprinted), "t", {}, at=dt.date(2021, 7, 1))

    assert found.verdict == "undetermined"
    assert "通知未印出期限" in found.in_words()


def test_title_filters_waivers_doors_and_forms():
    text = TEXT.replace(
        "gates: []",
        "gates: [{id: gate.a, kind: title, text: 甲, cite: 一, fact: a, is: true}, "
        "{id: gate.other, text: 他, cite: 一, titles: [other], fact: b, is: true}]",
    )
    text = text.replace(
        "level: intermediate, cite: 一}",
        "level: intermediate, cite: 一}, {id: other, name: 助理工艺美术师, level: assistant, cite: 一}",
    )
    text = text.replace(
        "    requires:",
        "    waives: [gate.a]\n    forms: [form]\n    opens_if: {fact: c, is: true}\n    otherwise: 请走正常申报\n    requires:",
    )
    text = text.replace("how: upload", "how: upload, when: {fact: d, is: true}, titles: [t]")
    pack = load_pack_text(text)
    found = judge(pack, "t", {"n": 5, "c": False}).pathways[0]

    assert (found.verdict, found.clause("gate.a").status, found.clause("gate.a").sentence) == (
        "ineligible",
        "waived",
        "本申报方式不要求",
    )
    assert found.in_words().endswith("请走正常申报。")
    assert found.clause("gate.other") is None
    assert not found.may_proceed
    assert judge(pack, "other", {"n": 5, "c": True}).verdict == "needs_evidence"
    assert [each["state"] for each in materials_for(pack, "t", "normal", {"d": False})] == ["needed"]
    assert [each["state"] for each in materials_for(pack, "助理工艺美术师", "exceptional", {"d": True})] == [
        "not_needed"
    ]


def test_chain_is_none_while_the_facts_that_choose_it_are_missing():
    pack = load_pack_text(TEXT.replace("    cite: 四\n", "    cite: 四\n    when: {fact: a, is: true}\n"))

    assert chain_for(pack, "t", "normal", {}) is None
    assert chain_for(pack, "t", "normal", {"a": False}) is None
    assert chain_for(pack, "t", "normal", {"a": True})["id"] == "only"


def test_values_outside_conditions_may_be_parameters():
    pack = example()

    assert value_of(pack, {"param": "unit_honours"}) == 99
    assert value_of(pack, {"param": "unit_honours"}, parameters={"unit_honours": 1}) == 1
    assert value_of(pack, 3) == 3


def test_month_as_end_is_its_last_day_and_a_checked_person_stays_as_it_is():
    """R-108."""
    pack = small("years: work, gte: 1")
    person = check_person(pack.facts, {"work": [{"from": "2020-12", "to": "2021-11", "related": True}]})

    assert person.values["work"][0]["to"] == dt.date(2021, 11, 30)
    assert check_person(pack.facts, person) is person
    assert judge(pack, "t", person).verdict == "eligible"
