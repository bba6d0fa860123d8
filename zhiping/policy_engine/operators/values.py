"""Values a pack may write where a number, a day or a word stands: literal, parameter, fact, date, dated table."""

import datetime as dt
from typing import Any

from ..factbook import Fact, label, shown
from ..outcomes import DOCUMENT, EVIDENCE, NOT_MET, UNKNOWN, Context, Open
from ..periods import plus_months

NONE_SUCH = Open(
    0, "没有这样的记录"
)  # the list is known and holds no match: not unknown, but nothing to count from


class Value:
    """A literal; the other kinds override `get`."""

    constant = True
    facts: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()

    def __init__(self, value: Any) -> None:
        self.value = value

    def get(self, ctx: Context) -> Any:
        """The value for this person, or Open."""
        return self.value

    def span(self, ctx: Context) -> Any:
        """Least and most favourable day for counting years from it."""
        value = self.get(ctx)
        return value, value

    def words(self, fact: Fact | None = None) -> str:
        """The value in Chinese, as the fact it is compared with puts it."""
        return fact.shown(self.value) if fact else shown(self.value)


class Parameter(Value):
    constant = False

    def __init__(self, name: Any, raw: Any, document: Any) -> None:
        self.name, self.parameters = name, frozenset([name])
        self.question = raw.get("question") or name
        self.document, self.default = document, raw.get("value")

    def get(self, ctx: Context) -> Any:
        value = ctx.params.get(self.name)
        if value is None:
            return Open(DOCUMENT, f"“{self.question}”写在未提供的{self.document or '文件'}里")
        return value

    def words(self, fact: Fact | None = None) -> str:
        if self.default is None:
            return f"〔{self.question}，见{self.document or '未提供的文件'}〕"
        return fact.shown(self.default) if fact else shown(self.default)


class FactValue(Value):
    constant = False

    def __init__(self, fact: Fact) -> None:
        self.name, self.facts, self.fact = fact.name, frozenset([fact.name]), fact

    def get(self, ctx: Context) -> Any:
        value = ctx.values.get(self.name)
        if value is None:
            return Open(EVIDENCE, f"尚未填写：{label(self.fact)}")
        return value

    def words(self, fact: Fact | None = None) -> str:
        return label(self.fact)


class Cutoff(Value):
    """A day or a year told from the cut-off day, or from the day of the judgement (`today`)."""

    constant = False

    def __init__(self, kind: Any, number: Any) -> None:
        self.kind, self.number = kind, number

    def get(self, ctx: Context) -> Any:
        if self.kind == "cutoff_year":
            return ctx.cutoff.year + self.number
        if self.kind == "today":
            return ctx.day + dt.timedelta(days=self.number)
        if self.kind == "cutoff":
            return ctx.cutoff + dt.timedelta(days=self.number)
        found = ctx.memo.get(self)
        if found is None:
            found = ctx.memo[self] = plus_months(ctx.cutoff + dt.timedelta(days=1), -12 * self.number)
        return found

    def words(self, fact: Fact | None = None) -> str:
        if self.kind == "last_years":
            return f"截止日前{self.number}年起"
        if self.kind == "today":
            return "申报之日"
        return "截止年度" if self.kind == "cutoff_year" else "资历截止日"


class CutoffYears(Value):
    """The calendar years from one to another, told from the year of the cut-off day."""

    constant = False

    def __init__(self, first: Any, last: Any) -> None:
        self.first, self.last = first, last

    def get(self, ctx: Context) -> Any:
        return list(range(ctx.cutoff.year + self.first, ctx.cutoff.year + self.last + 1))

    def words(self, fact: Fact | None = None) -> str:
        return f"截止年度前{-self.first}年至" + ("截止年度" if self.last == 0 else f"前{-self.last}年")


class Dated(Value):
    """Values by date of effect: rows (from, to, value), in order, not overlapping."""

    constant = False

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def get(self, ctx: Context) -> Any:
        for first, last, value in self.rows:
            if first <= ctx.day and (last is None or ctx.day <= last):
                return value
        return Open(DOCUMENT, f"{ctx.day.isoformat()} 没有生效的数值")

    def words(self, fact: Fact | None = None) -> str:
        return "、".join(f"{shown(value)}（{first.isoformat()}起）" for first, _, value in self.rows)


class Extreme(Value):
    """The earliest or latest day among matching records."""

    constant = False

    def __init__(self, earliest: Any, fact: Fact, field: Any, where: Any) -> None:
        self.earliest, self.fact, self.field, self.where = earliest, fact, field, where
        self.facts, self.parameters = frozenset([fact.name]) | where.facts, where.parameters

    def span(self, ctx: Context) -> Any:
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

    def get(self, ctx: Context) -> Any:
        found = ctx.memo.get(self)
        if found is None:
            least, most = self.span(ctx)
            found = least if least == most else Open(EVIDENCE, f"{label(self.fact)}的记录不完整")
            ctx.memo[self] = found
        return found

    def words(self, fact: Fact | None = None) -> str:
        return ("最早" if self.earliest else "最近") + f"的{self.where.words() or label(self.fact)}之日"


class FirstKnown(Value):
    """The first of several values that is there; so a record takes precedence over what stands in for it."""

    constant = False

    def __init__(self, values: Any) -> None:
        self.values = values
        self.facts = frozenset().union(*(value.facts for value in values))
        self.parameters = frozenset().union(*(value.parameters for value in values))

    def span(self, ctx: Context) -> Any:
        for value in self.values:
            least, most = value.span(ctx)
            if type(least) is not Open and type(most) is not Open:
                return least, most
        return least, most

    def get(self, ctx: Context) -> Any:
        found = ctx.memo.get(self)
        if found is None:
            for value in self.values:
                found = value.get(ctx)
                if type(found) is not Open:
                    break
            ctx.memo[self] = found
        return found

    def words(self, fact: Fact | None = None) -> str:
        return "；没有的，".join(value.words(fact) for value in self.values)
