"""Amounts over a list of records: a sum or yearly average, and what must be reached in every one of several years."""

from typing import Any

from ..factbook import Fact, label, shown
from ..outcomes import EVIDENCE, MET, NOT_MET, NOTHING, UNKNOWN, Context, Open, Outcome
from .nodes import Constant
from .records import UNSEEN, Records, list_of
from .single import needed, unseen
from .tests import ORDER, compile_tests
from .written_values import compile_value


class Sum(Records):
    """The sum or yearly average of an amount."""

    def __init__(self, fact: Fact, where: Any, fields: Any, divide: Any, tests: Any) -> None:
        super().__init__(fact, where)
        self.fields, self.divide, self.tests = [fact.fields[name] for name in fields], divide, tests
        self.unit = self.fields[0].unit
        for value in (divide, tests):
            if value is not None:
                self.facts |= value.facts
                self.parameters |= value.parameters

    def run(self, ctx: Context) -> Outcome:
        records = ctx.values.get(self.name)
        if records is None:
            return unseen(self.fact, self.tests, ctx)
        sure, perhaps, why = self.split(records, ctx)
        least, whole = _added([records[index] for index in sure], self.fields)
        most = least
        for index in perhaps:
            amount, complete = _added([records[index]], self.fields)
            least, most, whole = least + min(amount, 0), most + max(amount, 0), whole and complete
        if not whole:
            most, why = float("inf"), min(why, EVIDENCE)
        divide = 1 if self.divide is None else self.divide.get(ctx)
        if type(divide) is Open:
            return UNKNOWN, divide.why, None, ()
        low, high = self.tests.run(least / divide, ctx), self.tests.run(most / divide, ctx)
        for state in (low, high):
            if type(state) is Open:
                return UNKNOWN, state.why, least / divide, ()
        return (low, NOTHING, least / divide, ()) if low == high else (UNKNOWN, why, least / divide, ())

    def _field_words(self) -> str:
        return "＋".join(label(field) for field in self.fields)

    def requires(self) -> str:
        kind = "合计" if self.divide is None else "年平均"
        return f"{label(self.fact)}的{self._field_words()}{kind}{self.tests.words(self.unit)}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[2] is None:
            return super().says(outcome, ctx)
        kind = "合计" if self.divide is None else "年平均"
        said = f"{self._field_words()}{kind}{shown(outcome[2])}{self.unit}，要求{self.tests.words(self.unit)}"
        change = self.change(outcome, ctx)
        return said + (f"，还差{shown(change['missing'])}{self.unit}" if change else "")

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        need = needed(self.tests, ctx)
        if outcome[0] != NOT_MET or outcome[2] is None or need is None:
            return None
        return {
            "kind": "value",
            "fact": self.name,
            "from": outcome[2],
            "to": need,
            "missing": need - outcome[2],
        }


class Every(Records):
    """For each listed value (a year) a matching record, or totals that pass."""

    def __init__(self, fact: Fact, where: Any, by: Any, values: Any, totals: Any) -> None:
        super().__init__(fact, where)
        self.by, self.values, self.totals = by, values, totals
        self.parameters |= values.parameters
        for _, tests in totals:
            self.parameters |= tests.parameters

    def run(self, ctx: Context) -> Outcome:
        records = ctx.values.get(self.name)
        if records is None:
            return UNSEEN
        values = self.values.get(ctx)
        if type(values) is Open:
            return UNKNOWN, values.why, values, ()
        states = tuple([(value, *self._one(value, records, ctx)) for value in values])
        state = min([each[1] for each in states], default=MET)
        why = (
            max([each[2] for each in states if each[1] == UNKNOWN], default=NOTHING)
            if state == UNKNOWN
            else NOTHING
        )
        return state, why, states, ()

    def _one(self, value: Any, records: Any, ctx: Context) -> Any:
        sure, perhaps, why = [], [], 9
        anything = not self.where.choices
        for record in records:
            found = record.get(self.by)
            if found is not None and found != value:
                continue
            state, reason = (MET, 0) if anything else self.where.explained(record, ctx)
            if state == MET and found is None:
                state, reason = UNKNOWN, EVIDENCE
            if state == MET:
                sure.append(record)
            elif state == UNKNOWN:
                perhaps.append(record)
                why = min(why, reason)
        if self.totals:
            return self._totalled(sure, perhaps, ctx)
        if sure:
            return MET, NOTHING, ()
        return (UNKNOWN, why, ()) if perhaps else (NOT_MET, NOTHING, ())

    def _totalled(self, sure: Any, perhaps: Any, ctx: Context) -> Any:
        state, why, shown_totals = MET, NOTHING, []
        for fields, tests in self.totals:
            least, whole = _added(sure, fields)
            low = high = tests.run(least, ctx)
            if perhaps or not whole:
                more, complete = _added(perhaps, fields)
                high = tests.run(least + more if whole and complete else float("inf"), ctx)
            one, reason = low, NOTHING
            if type(low) is Open:
                one, reason = UNKNOWN, low.why
            elif low != high:
                one, reason = UNKNOWN, EVIDENCE
            shown_totals.append((fields, tests, least, one))
            state = min(state, one)
            why = max(why, reason)
        return state, why if state == UNKNOWN else NOTHING, tuple(shown_totals)

    def requires(self) -> str:
        each = "、".join(
            "＋".join(label(field) for field in fields) + tests.words() for fields, tests in self.totals
        )
        return f"{label(self.fact)}：{self.values.words()} 每年{each or self.where.words() or '有记录'}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[2] is None:
            return super().says(outcome, ctx)
        if type(outcome[2]) is Open:  # which years, stands in a document that is not supplied
            return str(outcome[2].what)
        failing = [each for each in outcome[2] if each[1] == outcome[0]] if outcome[0] != MET else ()
        if not failing:
            return "、".join(str(each[0]) for each in outcome[2]) + "均符合"
        return "；".join(self._year_words(value, totals, outcome[0]) for value, _, _, totals in failing)

    def _year_words(self, value: Any, totals: Any, state: Any) -> Any:
        short = [
            f"{'＋'.join(label(field) for field in fields)}{shown(least)}（要求{tests.words()}）"
            for fields, tests, least, one in totals
            if one == state
        ]
        return f"{value}年" + ("、".join(short) if short else "没有符合的记录")

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        if outcome[0] != NOT_MET or not outcome[2]:
            return None
        return {
            "kind": "every",
            "fact": self.name,
            "missing": [each[0] for each in outcome[2] if each[1] == NOT_MET],
        }


def _added(records: Any, fields: Any) -> Any:
    """The sum of the fields over the records, and whether nothing that must be given is missing."""
    total, whole = 0, True
    for record in records:
        for field in fields:
            amount = record.get(field.name)
            if amount is not None:
                total += amount
            elif not field.optional:
                whole = False
    return total, whole


def compile_sum(raw: Any, head: str, scope: Any) -> Any:
    fact, where = list_of(raw, head, scope, ("field", "fields", "average_over", *ORDER))
    names = raw.get("fields") or [raw.get("field")]
    key = "fields" if "fields" in raw else "field"
    if fact is None or not all(scope.field(fact, name, raw, key, kind="number") for name in names):
        return Constant(True)
    divide = compile_value(raw["average_over"], scope, raw, "average_over") if "average_over" in raw else None
    return Sum(fact, where, names, divide, scope.bounds(raw))


def compile_every(raw: Any, head: str, scope: Any) -> Any:
    fact, where = list_of(raw, head, scope, ("by", "values", "totals"))
    if fact is None or not scope.field(fact, raw.get("by"), raw, "by"):
        return Constant(True)
    totals = []
    for item in raw.get("totals") or ():
        scope.only(item, ("fields", *ORDER))
        fields = [
            fact.fields[name]
            for name in item.get("fields") or ()
            if scope.field(fact, name, item, "fields", kind="number")
        ]
        totals.append((fields, compile_tests(item, scope.number, scope)))
    return Every(fact, where, raw["by"], compile_value(raw.get("values"), scope, raw, "values"), totals)
