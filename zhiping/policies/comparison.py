"""What differs between two versions of a pack, clause by clause, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiping.policy_engine import Pack
from zhiping.policy_engine.clauses import Clause

ADDED, REMOVED, CHANGED = "新增", "删去", "修改"
SECTIONS = {
    "titles": "职称", "windows": "时间", "chains": "报送路线", "publicity": "公示", "materials": "材料", "fees": "费用",
    "filings": "备案", "sanctions": "责任", "contacts": "联系方式", "remarks": "其他内容", "refusals": "不受理",
}  # fmt: skip
SINGLES = {
    "plan": "计划", "notice": "通知", "review_form": "评审表", "photo": "证件照", "copies": "复印件核对", "self_report": "本人述职",
    "posts": "岗位", "continuing_education": "继续教育", "achievements": "业绩", "fee_rule": "缴费", "results": "结果",
}  # fmt: skip
KEYS = {
    "text": "原文", "cite": "依据", "name": "名称", "opens": "开始", "closes": "截止", "amount": "金额", "copies": "份数",
    "marks": "签章", "statement": "核对结论",
    "phones": "电话", "organisation": "单位", "address": "地址", "steps": "步骤", "when": "适用", "year": "年度",
    "cutoff": "资历计算截止日", "number": "文号", "value": "取值", "level": "层级", "basis": "依据文件",
}  # fmt: skip
BELOW = ("first_level", "second_level", "rows")
NOTHING = "没有"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where, what kind, and the two sides in words."""

    section: str
    name: str
    kind: str
    before: str
    after: str


def changes_between(old: Pack, new: Pack) -> list[Change]:
    """Every difference, conditions first."""
    parts = (_clauses, _parameters, _scoring, _sections, _singles)
    return [change for part in parts for change in part(old, new)]


def _clauses(old: Pack, new: Pack) -> Iterator[Change]:
    sides = [
        {key: each for key, each in pack.clauses.items() if isinstance(each, Clause)} for pack in (old, new)
    ]
    for key in dict.fromkeys([*sides[0], *sides[1]]):
        before, after = sides[0].get(key), sides[1].get(key)
        told = [_clause_words(each) if each else NOTHING for each in (before, after)]
        if told[0] != told[1]:
            yield Change("条件", (after or before).text or key, _kind(before, after), *told)


def _clause_words(clause: Any) -> str:
    cite = clause.cite.get("words") or ""
    when = f"；适用：{clause.when.requires()}" if clause.when else ""
    return f"{clause.text}（{cite}）判断：{clause.requires()}{when}"


def _parameters(old: Pack, new: Pack) -> Iterator[Change]:
    sides = [each.data.get("parameters") or {} for each in (old, new)]
    for key in dict.fromkeys([*sides[0], *sides[1]]):
        before, after = sides[0].get(key), sides[1].get(key)
        if _plain(before) != _plain(after):
            name = (after or before)["question"]
            yield Change("参数", name, _kind(before, after), _value_words(before), _value_words(after))


def _value_words(raw: Any) -> str:
    return NOTHING if raw is None else _words(raw.get("value")) if raw.get("value") is not None else "未提供"


def _scoring(old: Pack, new: Pack) -> Iterator[Change]:
    """Indicators and rows of the scoring standard, each compared by itself."""
    sides = [_indicators(each.data.get("scoring")) for each in (old, new)]
    for key in dict.fromkeys([*sides[0], *sides[1]]):
        before, after = sides[0].get(key), sides[1].get(key)
        if _plain(before) != _plain(after):
            name = (after or before).get("name") or (after or before).get("text") or key
            yield Change("评分标准", name, _kind(before, after), *_differing(before, after))


def _indicators(raw: Any) -> dict[str, dict[str, Any]]:
    """Every node of the standard by its id, without what hangs below it."""
    if not raw:
        return {}
    found = {raw["id"]: {key: each for key, each in raw.items() if key not in BELOW}}
    for key in BELOW:
        for each in raw.get(key) or ():
            found |= _indicators(each)
    return found


def _sections(old: Pack, new: Pack) -> Iterator[Change]:
    for section, label in SECTIONS.items():
        sides = [{each["id"]: each for each in pack.data.get(section) or ()} for pack in (old, new)]
        for key in dict.fromkeys([*sides[0], *sides[1]]):
            before, after = sides[0].get(key), sides[1].get(key)
            if _plain(before) == _plain(after):
                continue
            name = (after or before).get("name") or (after or before).get("organisation") or key
            yield Change(label, name, _kind(before, after), *_differing(before, after))


def _singles(old: Pack, new: Pack) -> Iterator[Change]:
    for section, label in SINGLES.items():
        before, after = old.data.get(section), new.data.get(section)
        if _plain(before) != _plain(after):
            yield Change(label, label, _kind(before, after), *_differing(before, after))


def _kind(before: Any, after: Any) -> str:
    return ADDED if before is None else REMOVED if after is None else CHANGED


def _differing(before: Any, after: Any) -> tuple[str, str]:
    """The keys that differ, as words for each side."""
    keys = dict.fromkeys([*(before or {}), *(after or {})])
    differing = [key for key in keys if _plain((before or {}).get(key)) != _plain((after or {}).get(key))]
    return _side(before, differing), _side(after, differing)


def _side(raw: Any, keys: list[str]) -> str:
    if raw is None:
        return NOTHING
    return "；".join(f"{KEYS.get(key, key)}：{_words(raw.get(key))}" for key in keys)


def _words(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        text = "、".join(_words(each) for each in value)
    elif isinstance(value, dict):
        text = (
            value.get("text") or value.get("name") or "，".join(f"{k} {_words(v)}" for k, v in value.items())
        )
    else:
        text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def _plain(value: Any) -> Any:
    """Compared without the places in the file that parsed values remember."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
