"""Values a pack may write where a number, a day or a word stands: literal, parameter, fact, date, dated table."""

import datetime as dt
from itertools import pairwise

from ..factbook import label, shown
from ..outcomes import DOCUMENT, EVIDENCE, NOT_MET, UNKNOWN, Open
from ..periods import plus_months
from ..yamltext import Map

NONE_SUCH = Open(
    0, "没有这样的记录"
)  # the list is known and holds no match: not unknown, but nothing to count from


class Value:
    """A literal; the other kinds override `get`."""

    constant = True
    facts = parameters = frozenset()

    def __init__(self, value):
        self.value = value

    def get(self, ctx):
        """The value for this person, or Open."""
        return self.value

    def span(self, ctx):
        """Least and most favourable day for counting years from it."""
        value = self.get(ctx)
        return value, value

    def words(self, fact=None):
        """The value in Chinese, as the fact it is compared with puts it."""
        return fact.shown(self.value) if fact else shown(self.value)


class Parameter(Value):
    constant = False

    def __init__(self, name, raw, document):
        self.name, self.parameters = name, frozenset([name])
        self.question = raw.get("question") or name
        self.document, self.default = document, raw.get("value")

    def get(self, ctx):
        value = ctx.params.get(self.name)
        if value is None:
            return Open(DOCUMENT, f"“{self.question}”写在未提供的{self.document or '文件'}里")
        return value

    def words(self, fact=None):
        if self.default is None:
            return f"〔{self.question}，见{self.document or '未提供的文件'}〕"
        return fact.shown(self.default) if fact else shown(self.default)


class FactValue(Value):
    constant = False

    def __init__(self, fact):
        self.name, self.facts, self.fact = fact.name, frozenset([fact.name]), fact

    def get(self, ctx):
        value = ctx.values.get(self.name)
        if value is None:
            return Open(EVIDENCE, f"尚未填写：{label(self.fact)}")
        return value

    def words(self, fact=None):
        return label(self.fact)


class Cutoff(Value):
    """A day or a year told from the cut-off day, or from the day of the judgement (`today`)."""

    constant = False

    def __init__(self, kind, number):
        self.kind, self.number = kind, number

    def get(self, ctx):
        if self.kind == "cutoff_year":
            return ctx.cutoff.year + self.number
        if self.kind == "today":
            return ctx.day + dt.timedelta(days=self.number)
        if self.kind == "cutoff":
            return ctx.cutoff + dt.timedelta(days=self.number)
        return plus_months(ctx.cutoff + dt.timedelta(days=1), -12 * self.number)

    def words(self, fact=None):
        if self.kind == "last_years":
            return f"截止日前{self.number}年起"
        if self.kind == "today":
            return "申报之日"
        return "截止年度" if self.kind == "cutoff_year" else "资历截止日"


class Dated(Value):
    """Values by date of effect: rows (from, to, value), in order, not overlapping."""

    constant = False

    def __init__(self, rows):
        self.rows = rows

    def get(self, ctx):
        for first, last, value in self.rows:
            if first <= ctx.day and (last is None or ctx.day <= last):
                return value
        return Open(DOCUMENT, f"{ctx.day.isoformat()} 没有生效的数值")

    def words(self, fact=None):
        return "、".join(f"{shown(value)}（{first.isoformat()}起）" for first, _, value in self.rows)


class Extreme(Value):
    """The earliest or latest day among matching records."""

    constant = False

    def __init__(self, earliest, fact, field, where):
        self.earliest, self.fact, self.field, self.where = earliest, fact, field, where
        self.facts, self.parameters = frozenset([fact.name]) | where.facts, where.parameters

    def span(self, ctx):
        records = ctx.values.get(self.fact.name)
        if records is None:
            missing = Open(EVIDENCE, f"尚未填写：{label(self.fact)}")
            return missing, missing
        certain, possible = [], []
        for record in records:
            state = self.where.state(record, ctx)
            if state == NOT_MET:
                continue
            day = record.get(self.field)
            if state == UNKNOWN or day is None:
                possible.append(day or (dt.date.min if self.earliest else ctx.cutoff))
            else:
                certain.append(day)
        everything = certain + possible
        if not everything:
            return NONE_SUCH, NONE_SUCH
        if self.earliest:
            return (min(certain) if certain else NONE_SUCH), min(everything)
        return (NONE_SUCH if not certain else max(everything)), (max(certain) if certain else min(possible))

    def get(self, ctx):
        least, most = self.span(ctx)
        return least if least == most else Open(EVIDENCE, f"{label(self.fact)}的记录不完整")

    def words(self, fact=None):
        return ("最早" if self.earliest else "最近") + f"的{self.where.words() or label(self.fact)}之日"


class FirstKnown(Value):
    """The first of several values that is there; so a record takes precedence over what stands in for it."""

    constant = False

    def __init__(self, values):
        self.values = values
        self.facts = frozenset().union(*(value.facts for value in values))
        self.parameters = frozenset().union(*(value.parameters for value in values))

    def span(self, ctx):
        for value in self.values:
            least, most = value.span(ctx)
            if type(least) is not Open and type(most) is not Open:
                return least, most
        return least, most

    def get(self, ctx):
        for value in self.values:
            found = value.get(ctx)
            if type(found) is not Open:
                return found
        return found

    def words(self):
        return "；没有的，".join(value.words() for value in self.values)


def compile_value(raw, scope, where, key, *, allow_none=False):
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


def _parameter(raw, head, scope):
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


def _fact(raw, head, scope):
    fact = scope.fact(raw[head], raw, head)
    return FactValue(fact) if fact else Value(None)


def _cutoff(raw, head, scope):
    if not isinstance(raw[head], int):
        scope.complaints.add(raw, f"“{head}”应是整数", f"写作 {{{head}: 0}}", key=head)
        return Value(None)
    return Cutoff(head, raw[head])


def _dated(raw, head, scope):
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


def _extreme(raw, head, scope):
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


def _first_known(raw, head, scope):
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
    "last_years": _cutoff,
    "today": _cutoff,
    "dated": _dated,
    "earliest": _extreme,
    "latest": _extreme,
    "first_known": _first_known,
}
