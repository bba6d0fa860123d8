"""From the engine's words to the tree and the sheet, on a real pack: nothing lost, unknown never shown as failed."""

from pathlib import Path

import pytest
from django.template import engines

from zhiping.policy_engine.judge import judge
from zhiping.policy_engine.pack import load_pack
from zhiping.policy_engine.sheet import score
from zhiping.web import explanations

ROOT = Path(__file__).resolve().parents[2]
JIAXING = "policy_packs/jiaxing-2022-engineering-intermediate-junior"
ZHEJIANG = "policy_packs/zhejiang-2021-arts-and-crafts-senior"


def render(source: str, **values: object) -> str:
    return engines["django"].from_string(source).render(values)


def flat(nodes: list[dict]) -> list[str]:
    return [text for node in nodes for text in (node["text"], *flat(node["parts"]))]


@pytest.fixture(scope="module")
def verdict() -> dict:
    pack = load_pack(ROOT / JIAXING)
    return judge(pack, pack.data["titles"][0]["name"], {"in_post": False}).as_dict()


def test_the_tree_holds_every_clause_in_its_order(verdict):
    for pathway in verdict["pathways"]:
        nodes = explanations.tree_of(pathway["clauses"])

        assert flat(nodes) == [clause["text"] for clause in pathway["clauses"]]


def test_parts_stand_under_the_clause_that_holds_them(verdict):
    clauses = verdict["pathways"][0]["clauses"]
    roots = explanations.tree_of(clauses)

    assert [node["text"] for node in roots] == [clause["text"] for clause in clauses if clause["depth"] == 0]
    assert any(node["parts"] for node in roots)


def test_what_is_not_known_is_not_shown_as_failed(verdict):
    clauses = [clause for pathway in verdict["pathways"] for clause in pathway["clauses"]]
    unknown = [clause for clause in clauses if clause["status"] == "unknown"]

    assert unknown
    words = {explanations.tree_of([clause | {"depth": 0}])[0]["family"] for clause in unknown}
    assert "err" not in words


def test_every_status_of_the_engine_has_a_word(verdict):
    pathways = [explanations.verdict_tag(pathway)[0] for pathway in verdict["pathways"]]

    assert set(pathways) <= {"符合", "不符合", "不开放", "无法判断", "待补充", "需人工认定"}


def test_a_verdict_is_shown_with_citation_value_and_source(verdict):
    page = render('{% component "verdict" pathway=pathway %}', pathway=verdict["pathways"][0])

    assert "«undefined" not in page
    assert "<dt>依据</dt>" in page
    assert page.count("<details") == len(verdict["pathways"][0]["clauses"])


@pytest.fixture(scope="module")
def sheet() -> dict:
    pack = load_pack(ROOT / ZHEJIANG)
    row = next(iter(pack.scoring.rows))
    return score(pack, {"facts": {}, "claims": [{"row": row}]}).as_dict()


def test_a_sheet_is_shown_whole(sheet):
    source = (
        '{% component "score_total" sheet=sheet threshold=70 %}'
        '{% for group in sheet.first_level %}{% component "score" group=group claims=sheet.claims %}{% endfor %}'
    )

    page = render(source, sheet=sheet)

    assert "«undefined" not in page
    assert page.count('<section class="sc"') == len(sheet["first_level"])
    assert all(group["name"] in page for group in sheet["first_level"])


def test_what_the_caps_take_is_told_once_for_each_level():
    row = {"id": "r", "text": "获奖", "cite": "", "points": 10, "lost": 2, "cap": 10}
    group = {"lost": 1, "second_level": [{"lost": 0.5, "rows": [row]}]}

    assert explanations.lost_in(group) == "超过封顶，未计入 3.5 分。再补同类业绩不会加分。"
    assert explanations.lost_in({"lost": 0, "rows": []}) == ""


def test_only_rows_with_a_claim_are_shown_each_with_its_reason():
    row = {"id": "r", "text": "获奖", "cite": "", "points": 10, "lost": 0, "cap": 10}
    claim = {"id": "1", "row": "r", "state": "refused", "points": 0, "reason": "只计最高的一项"}

    shown = explanations.rows_of({"lost": 0, "rows": [row, row | {"id": "other"}]}, [claim])

    assert [(each["text"], each["claims"][0]["told"]) for each in shown] == [
        ("获奖", "不计分：只计最高的一项")
    ]


def test_a_reading_that_changes_nothing_is_not_told():
    same = {"question": "甲", "total": 70, "opens": True}
    other = {"question": "乙", "total": 72, "opens": True}
    shut = {"question": "丙", "total": 70, "opens": False}
    sheet = {"total": 70, "opens": True, "readings": [same, other, dict(other), shut]}

    assert explanations.readings_that_matter(sheet) == [other, shut]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ce_hours", "业绩档案"),
        ("unit", "用人单位"),
        ("社保缴费记录（2026-03-02）", "社保缴费记录（2026-03-02）"),
    ],
)
def test_a_source_is_shown_in_words(verdict, code, words):
    """R-113: no code of a pack stands on a page."""
    clauses = [clause for pathway in verdict["pathways"] for clause in pathway["clauses"]]
    used = next(clause["used"] for clause in clauses if any(fact["shown"] for fact in clause["used"]))
    for fact in used:
        fact["source"] = code

    nodes = explanations.tree_of([{**clause, "depth": 0} for clause in clauses])

    assert words in [node["source"] for node in nodes]


def claim_row(**claim):
    row = {"id": "r", "text": "从业年限", "cite": "", "points": 10, "lost": 0, "cap": 10}
    told = {"id": "item-1", "row": "r", "state": "counted", "points": 0, "reason": "", **claim}
    return explanations.rows_of({"lost": 0, "rows": [row]}, [told])[0]["claims"][0]["told"]


def test_what_counts_by_years_does_not_say_zero_points():
    assert claim_row(reason="计入满年数") == "计入满年数"


def test_a_reason_that_opens_with_its_word_says_it_once():
    assert claim_row(state="pending", reason="待省评委会认定：是否本行业") == "待省评委会认定：是否本行业"
    assert claim_row(state="refused", reason="不计分：不在任现职以后") == "不计分：不在任现职以后"


def test_a_material_that_was_not_checked_is_not_called_met():
    clause = {"depth": 0, "status": "met", "waits_for": None, "used": [], "text": "上传备案表", "cite": None}
    clause |= {"sentence": "本次未检查材料；本次未检查材料", "change": None, "hint": None, "reading": "C-1"}

    [node] = explanations.tree_of([clause])

    assert (node["word"], node["sentence"]) == ("未判断", "本次未检查材料")
