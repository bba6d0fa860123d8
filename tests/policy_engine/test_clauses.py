"""When a clause applies, exceptions with their own citation, warnings, waivers, and what a pathway makes of them."""

import datetime as dt

from tests.policy_engine.packs import example, small
from zhiping.policy_engine import judge
from zhiping.policy_engine.words import requirements_in_words

PERSON = {
    "in_post": True,
    "is_civil_servant": False,
    "employer_kind": "enterprise",
    "unit_affiliation": "municipal",
    "ce_hours": [
        {"year": 2019, "total": 90, "professional": 60},
        {"year": 2020, "total": 90, "professional": 60},
    ],
}


def it(condition, facts, **options):
    return judge(small(condition), "t", facts, **options).pathways[0].clause("it")


def test_clause_that_does_not_apply_counts_as_met():
    verdict = judge(small("when: {fact: a, is: true}, fact: n, gte: 5"), "t", {"a": False, "n": 1})

    assert verdict.verdict == "eligible"
    assert verdict.pathways[0].clause("it").status == "not_applicable"


def test_clause_whose_application_is_unknown_is_open_only_if_it_would_fail():
    condition = "when: {fact: a, is: true}, fact: n, gte: 5"

    assert it(condition, {"n": 5}).status == "met"
    assert it(condition, {"n": 4}).status == "unknown"


def test_clause_not_judged_until_a_fact_is_given():
    condition = "if_given: [n], fact: n, gte: 5"

    assert it(condition, {}).status == "not_judged"
    assert it(condition, {"n": 4}).status == "not_met"


def test_failure_only_warns_before_the_day():
    """R-190, C-48."""
    condition = "warning_before: 2021-12-31, fact: n, gte: 5"

    assert it(condition, {"n": 4}, at=dt.date(2021, 12, 30)).status == "warning"
    assert it(condition, {"n": 4}, at=dt.date(2021, 12, 31)).status == "not_met"
    assert "2021-12-31起必须满足" in it(condition, {"n": 4}, at=dt.date(2021, 12, 30)).sentence


LESS = "{id: less, text: 基层可放宽, cite: 三, when: {fact: a, is: true}, then: {fact: n, gte: 3}}"
MORE = "{id: more, text: 另有要求, cite: 三, when: {fact: b, is: true}, then: {fact: n, gte: 9}}"


def test_exception_replaces_the_condition_and_is_cited():
    condition = f"fact: n, gte: 5, exceptions: [{LESS}]"
    found = judge(small(condition), "t", {"n": 4, "a": True}).pathways[0]

    assert (found.verdict, found.clause("less").status) == ("eligible", "met")
    assert found.clause("it").sentence == "适用例外：基层可放宽"
    assert it(condition, {"n": 4, "a": False}).status == "not_met"
    assert it(condition, {"n": 2, "a": True}).status == "not_met"
    assert it(condition, {"n": 4}).status == "unknown"
    assert it(condition, {"n": 5}).status == "met"


def test_two_exceptions_that_disagree_are_for_people_to_decide():
    condition = f"fact: n, gte: 5, exceptions: [{LESS}, {MORE}]"
    disagree = it(condition, {"n": 4, "a": True, "b": True})

    assert (disagree.status, disagree.waits_for) == ("unknown", "needs_decision")
    assert it(condition, {"n": 9, "a": True, "b": True}).status == "met"
    assert it(condition, {"n": 2, "a": True, "b": True}).status == "not_met"


def test_exceptions_nest():
    inner = "{id: inner, text: 再例外, cite: 四, when: {fact: c, is: true}}"
    outer = f"{{id: outer, text: 例外, cite: 三, when: {{fact: b, is: true}}, then: {{fact: n, gte: 9}}, exceptions: [{inner}]}}"
    condition = f"fact: n, gte: 5, exceptions: [{outer}]"

    assert it(condition, {"n": 6, "b": True, "c": False}).status == "not_met"
    assert it(condition, {"n": 6, "b": True, "c": True}).status == "met"


def test_deciding_clauses_are_the_innermost_that_fail():
    found = judge(
        example(),
        "工艺美术师",
        PERSON
        | {
            "is_backbone": False,
            "education": [],
            "employment": [
                {"from": "2014-01-01", "employer_kind": "enterprise", "work": "technical", "is_related": True}
            ],
        },
        pathway="enterprise_exempt",
    ).pathways[0]

    assert found.verdict == "ineligible"
    assert found.deciding == ["exempt.backbone", "exempt.degrees", "exempt.college", "exempt.bachelor"]
    assert "业务骨干——用人单位意见：否（示例发〔2020〕1号 附件1 一）" in found.in_words()


def test_open_point_that_cannot_change_the_result_does_not_decide():
    gates = "[{id: gate.n, text: 数, cite: 一, kind: other, fact: n, gte: 5}]"
    found = judge(small("fact: a, is: true", gates=gates), "t", {"n": 4}).pathways[0]

    assert (found.verdict, found.deciding) == ("ineligible", ["gate.n"])


def test_pathway_not_listed_and_pathway_not_for_this_employer_are_not_offered():
    """R-113."""
    missing = judge(example(), "工艺美术师", PERSON, pathway="direct").pathways[0]
    closed = judge(
        example(), "工艺美术师", PERSON | {"employer_kind": "public_institution"}, pathway="enterprise_exempt"
    ).pathways[0]

    assert missing.verdict == closed.verdict == "not_offered"
    assert "没有这种申报方式" in missing.in_words()
    assert "不属于本方式的适用对象" in closed.in_words()


def test_title_that_is_not_applied_for_here_is_not_offered():
    verdict = judge(example(), "工程师", PERSON)

    assert (verdict.verdict, verdict.pathways) == ("not_offered", [])
    assert verdict.as_dict()["words"] == "本计划不受理“工程师”。现有：工艺美术师"


def test_every_pathway_is_judged_if_none_is_named():
    verdict = judge(example(), "crafts_intermediate", PERSON | {"name": "申报人甲"})

    assert [each.id for each in verdict.pathways] == [
        "normal",
        "enterprise_exempt",
        "skilled",
        "exceptional",
        "self_scored",
    ]
    assert verdict.name == "申报人甲"
    assert verdict.pathway("normal").verdict == "undetermined"
    assert not verdict.may_proceed


def test_requirements_in_words_tell_every_clause_of_every_pathway():
    """R-395: the plan page is generated from the pack, with every citation."""
    told = requirements_in_words(example(), "工艺美术师")
    normal = told["pathways"][0]["requires"][0]

    assert [each["id"] for each in told["gates"]] == ["gate.scope", "gate.deadline", "gate.ce", "gate.photo"]
    assert (normal["text"], normal["cite"]) == (
        "取得助理工艺美术师资格满规定年限",
        "示例发〔2012〕9号 任职年限",
    )
    assert told["not_supplied"][0]["document"]["number"] == "示例发〔2012〕9号"
    assert told["open_readings"][0]["reading"] == "C-11"
    assert requirements_in_words(example(), "工程师") is None
