"""From what a pack writes where a value stands to a Value."""

import datetime as dt
from itertools import pairwise
from typing import Any

from ..yamltext import Map
from .values import Cutoff, CutoffYears, Dated, Extreme, FactValue, FirstKnown, Parameter, Value


def compile_value(raw: Any, scope: Any, where: Any, key: Any, *, allow_none: Any = False) -> Any:
    """A Value for what is written at where[key]."""
    if not isinstance(raw, Map):
        if (raw is None and not allow_none) or (
            isinstance(raw, list) and any(isinstance(v, Map) for v in raw)
        ):
            scope.complaints.add(where, f"“{key}”缺少值", "写一个值，或 {param: …}", key=key)
        return Value(raw)
    if raw and all(isinstance(each, dt.date) for each in raw):
        days = sorted(raw)
        ends = [*(day - dt.timedelta(days=1) for day in days[1:]), None]
        return Dated([(day, end, raw[day]) for day, end in zip(days, ends, strict=True)])
    head = next((name for name in _MAKERS if name in raw), None)
    if head is None:
        scope.complaints.add(
            where, f"“{key}”的值写法不认识", "可用：" + "、".join(_MAKERS) + "，或日期: 值", key=key
        )
        return Value(None)
    return _MAKERS[head](raw, head, scope)


def _parameter(raw: Any, head: str, scope: Any) -> Any:
    name = raw[head]
    declared = scope.parameters.get(name) if isinstance(name, str) else None
    if declared is None:
        scope.complaints.add(
            raw,
            f"没有名为“{name}”的参数",
            "在 parameters 里写出；现有：" + "、".join(scope.parameters),
            key=head,
        )
        return Value(None)
    document = scope.documents.get(declared.get("not_supplied")) or {}
    return Parameter(name, declared, scope.document_words(document))


def _fact(raw: Any, head: str, scope: Any) -> Any:
    fact = scope.fact(raw[head], raw, head)
    return FactValue(fact) if fact else Value(None)


def _cutoff(raw: Any, head: str, scope: Any) -> Any:
    if not isinstance(raw[head], int):
        scope.complaints.add(raw, f"“{head}”应是整数", f"写作 {{{head}: 0}}", key=head)
        return Value(None)
    return Cutoff(head, raw[head])


def _cutoff_years(raw: Any, head: str, scope: Any) -> Any:
    ends = raw[head]
    if (
        not isinstance(ends, list)
        or len(ends) != 2
        or not all(type(end) is int for end in ends)
        or ends[0] > ends[1]
    ):
        scope.complaints.add(raw, f"“{head}”应是两个整数，先小后大", f"写作 {{{head}: [-4, 0]}}", key=head)
        return Value(None)
    return CutoffYears(*ends)


def _dated(raw: Any, head: str, scope: Any) -> Any:
    rows = []
    for row in raw[head] if isinstance(raw[head], list) else ():
        first, last = (row.get("from"), row.get("to")) if isinstance(row, Map) else (None, None)
        if (
            not isinstance(first, dt.date)
            or not (last is None or isinstance(last, dt.date))
            or "value" not in row
        ):
            scope.complaints.add(
                raw,
                "dated 的每行应有 from、value，可有 to",
                "如 {from: 2025-01-01, to: 2026-12-31, value: 4}",
                key=head,
            )
            return Value(None)
        if last is not None and last < first:
            scope.complaints.add(row, f"止日 {last} 早于起日 {first}", "改正日期", key="to")
        rows.append((first, last, row["value"], row))
    rows.sort(key=lambda row: row[0])
    for (first, last, *_), (begin, *_, row) in pairwise(rows):
        if last is None or begin <= last:
            scope.complaints.add(
                row, f"{begin} 这一天有两个值生效（前一行自 {first} 起）", "给前一行写上更早的 to", key="from"
            )
    return Dated([(first, last, value) for first, last, value, _ in rows])


def _extreme(raw: Any, head: str, scope: Any) -> Any:
    from .tests import compile_where

    fact = scope.list_fact(raw[head], raw, head)
    if fact is None:
        return Value(None)
    field = raw.get("field")
    if field not in fact.fields or fact.fields[field].type != "date":
        days = [name for name, each in fact.fields.items() if each.type == "date"]
        scope.complaints.add(
            raw, f"“{field}”不是 {fact.name} 的日期字段", "可用：" + "、".join(days), key="field"
        )
    scope.only(raw, (head, "field", "where"))
    return Extreme(head == "earliest", fact, field, compile_where(raw.get("where"), fact, scope, raw))


def _first_known(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head,))
    if not isinstance(raw[head], list) or not raw[head]:
        scope.complaints.add(
            raw, "first_known 后面应是值的列表", "写作 first_known: [{earliest: …}, {fact: …}]", key=head
        )
        return Value(None)
    return FirstKnown([compile_value(each, scope, raw[head], index) for index, each in enumerate(raw[head])])


_MAKERS = {
    "param": _parameter,
    "fact": _fact,
    "cutoff": _cutoff,
    "cutoff_year": _cutoff,
    "cutoff_years": _cutoff_years,
    "last_years": _cutoff,
    "today": _cutoff,
    "dated": _dated,
    "earliest": _extreme,
    "latest": _extreme,
    "first_known": _first_known,
}
