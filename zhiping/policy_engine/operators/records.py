"""Conditions on lists of records: how many match, how many full years they cover, sums, one for every year."""

import datetime as dt

from ..factbook import label, shown
from ..outcomes import DECISION, EVIDENCE, MET, NOT_MET, NOTHING, UNKNOWN, Open
from ..periods import day_when_reached, total_months
from ..yamltext import Map
from .nodes import Constant, Node
from .single import needed
from .tests import ORDER, Where, compile_tests, compile_where
from .values import NONE_SUCH, compile_value

UNSEEN = (UNKNOWN, EVIDENCE, None, ())


class Records(Node):
    """Splits a list into records that match certainly and those that may."""

    def __init__(self, fact, where):
        self.fact, self.name, self.where = fact, fact.name, where
        self.facts, self.parameters = frozenset([fact.name]) | where.facts, where.parameters

    def split(self, records, ctx):
        certain, possible, why = [], [], 9
        for index, record in enumerate(records):
            state, reason = self.where.explained(record, ctx)
            if state == MET:
                certain.append(index)
            elif state == UNKNOWN:
                possible.append(index)
                why = min(why, reason)
        return certain, possible, why

    def piece(self, index, record):
        return str(record.get("evidence") or record.get("id") or f"{self.name}#{index}")

    def requires(self):
        words = self.where.words()
        return label(self.fact) + (f"（{words}）" if words else "")

    def says(self, outcome, ctx):
        return f"尚未填写：{label(self.fact)}" if outcome[2] is None else ""


class Some(Records):
    """At least `count` records match."""

    def __init__(self, fact, where, count, *, distinct, proof, doubtful):
        super().__init__(fact, where)
        self.count, self.distinct, self.proof, self.doubtful = count, distinct, proof, doubtful
        self.parameters |= count.parameters
        if doubtful:
            self.facts |= doubtful.facts
            self.parameters |= doubtful.parameters
        self.one = count.constant and count.value == 1 and distinct is None

    def run(self, ctx):
        records = ctx.values.get(self.name)
        if records is None:
            return UNSEEN
        certain, possible, why = self.split(records, ctx)
        if self.proof is not None and certain:
            proved = [index for index in certain if self._proved(records[index])]
            if len(proved) < len(certain):
                possible, why = sorted({*possible, *certain} - {*proved}), min(why, EVIDENCE)
                certain = proved
        if self.doubtful is not None and len(certain) < len(records):
            for index, record in enumerate(records):
                if (
                    index not in certain
                    and index not in possible
                    and self.doubtful.state(record, ctx) != NOT_MET
                ):
                    possible.append(index)
                    why = min(why, DECISION)
        need = 1 if self.one else self.count.get(ctx)
        if type(need) is Open:
            return UNKNOWN, need.why, (certain, possible, records, need), ()
        got = (certain, possible, records, need)
        if self._number(certain, records) >= need:
            return MET, NOTHING, got, ()
        if self._most([*certain, *possible], records) < need:
            return NOT_MET, NOTHING, got, ()
        return UNKNOWN, why, got, ()

    def _proved(self, record):
        if self.proof == "any":
            return (
                bool(record.get("evidence") or record.get("proof")) and record.get("confirmed") is not False
            )
        return record.get("proof") in self.proof

    def _number(self, indexes, records):
        if self.distinct is None:
            return len(indexes)
        return len({records[index].get(self.distinct) for index in indexes} - {None})

    def _most(self, indexes, records):
        if self.distinct is None:
            return len(indexes)
        values = [records[index].get(self.distinct) for index in indexes]
        return len(set(values) - {None}) + values.count(None)

    def requires(self):
        words = self.where.words()
        return f"{label(self.fact)}中有不少于{self.count.words()}条" + (f"：{words}" if words else "")

    def says(self, outcome, ctx):
        if outcome[2] is None:
            return super().says(outcome, ctx)
        certain, possible, records, need = outcome[2]
        if type(need) is Open:
            return need.what
        said = f"符合的{len(certain)}条，要求{need}条"
        if outcome[0] == UNKNOWN:
            waits = {DECISION: "有待认定", EVIDENCE: "缺少证明或内容"}.get(outcome[1], "取决于未提供的文件")
            return f"{said}；另有{len(possible)}条{waits}"
        return said if outcome[0] == MET or records else f"{said}（没有任何记录）"

    def change(self, outcome, ctx):
        if outcome[0] != NOT_MET or not outcome[2]:
            return None
        certain, _, records, need = outcome[2]
        return {"kind": "records", "fact": self.name, "missing": need - self._number(certain, records)}

    def ways(self, outcome, *, certain):
        if not isinstance(outcome[2], tuple):
            return super().ways(outcome, certain=certain)
        sure, perhaps, records, need = outcome[2]
        indexes = sure if certain else [*sure, *perhaps]
        if type(need) is Open:
            return [] if certain else [frozenset()]
        if need == 1:
            return [frozenset([self.piece(index, records[index])]) for index in indexes]
        if self._most(indexes, records) < need:
            return []
        from itertools import combinations, islice

        return [
            frozenset(self.piece(index, records[index]) for index in chosen)
            for chosen in islice(combinations(indexes, need), 64)
        ]


class NoneOf(Records):
    """No record matches."""

    def run(self, ctx):
        records = ctx.values.get(self.name)
        if records is None:
            return UNSEEN
        certain, possible, why = self.split(records, ctx)
        if certain:
            return NOT_MET, NOTHING, len(certain), ()
        return (UNKNOWN, why, 0, ()) if possible else (MET, NOTHING, 0, ())

    def requires(self):
        return f"{label(self.fact)}中没有：{self.where.words()}"

    def says(self, outcome, ctx):
        return super().says(outcome, ctx) or f"这样的记录{outcome[2]}条，要求没有"


class Years(Records):
    """Full years covered by periods, of one list or (with `also`) of two taken together."""

    def __init__(self, fact, where, fields, tests, *, after, until, also=None):
        super().__init__(fact, where)
        self.begin, self.end = fields
        self.after, self.until, self.tests, self.also = after, until, tests, also
        for value in (after, until, tests, also):
            if value is not None:
                self.facts |= value.facts
                self.parameters |= value.parameters

    def run(self, ctx):
        if ctx.values.get(self.name) is None and self.also is None:
            return UNSEEN
        least, most = (None, None) if self.after is None else self.after.span(ctx)
        until = self.until.get(ctx)
        if most is NONE_SUCH:
            return NOT_MET, NOTHING, (0, (), None, until), ()
        for value in (most, until):
            if type(value) is Open:
                return UNKNOWN, value.why, value, ()
        certain, more, why = self._both(ctx, until)
        fewest = 0 if type(least) is Open else total_months(certain, least, until) // 12
        got = (fewest, certain, None if type(least) is Open else least, until)
        low = self.tests.run(fewest, ctx)
        high = low
        if more or least != most:
            high = self.tests.run(total_months(more or certain, most, until) // 12, ctx)
        for state in (low, high):
            if type(state) is Open:
                return UNKNOWN, state.why, state, ()
        if low != high:
            return UNKNOWN, why if why != 9 else EVIDENCE, got, ()
        return low, NOTHING, got, ()

    def _both(self, ctx, until):
        """Periods that count, those that may count as well (none if all is certain), and what is missing."""
        certain, more, why = self._one(ctx, until)
        if self.also is None:
            return certain, more, why
        others, perhaps, reason = self.also._one(ctx, until)
        if more or perhaps:
            more = [*(more or certain), *(perhaps or others)]
        return [*certain, *others], more, min(why, reason)

    def _one(self, ctx, until):
        records = ctx.values.get(self.name)
        if records is None:
            return [], [(dt.date(1900, 1, 1), until)], EVIDENCE
        sure, perhaps, why = self.split(records, ctx)
        certain, more = self._periods(sure, records, until, certain=True), []
        if perhaps or len(certain) < len(sure):
            more = self._periods([*sure, *perhaps], records, until, certain=False)
        return certain, more, why

    def _periods(self, indexes, records, until, *, certain):
        periods = []
        for index in indexes:
            record = records[index]
            begin, end = record.get(self.begin), record.get(self.end, until)
            if begin is None:
                if certain:
                    continue
                begin = dt.date(1900, 1, 1)
            periods.append((begin, end))
        return periods

    def requires(self):
        also = f"与{label(self.also.fact)}（{self.also.where.words() or '全部'}）" if self.also else ""
        return f"{label(self.fact)}（{self.where.words() or '全部'}）{also}累计{self.tests.words('年')}" + (
            f"，自{self.after.words()}起算" if self.after else ""
        )

    def says(self, outcome, ctx):
        got = outcome[2]
        if got is None:
            return super().says(outcome, ctx)
        if type(got) is Open:
            return got.what
        years, periods, after, until = got
        if outcome[0] == UNKNOWN:
            return (
                f"已确定满{years}年（至{until.isoformat()}），要求{self.tests.words('年')}；有的经历内容不全"
            )
        if not periods:
            return "没有可以计算的经历"
        since = f"自{after.isoformat()}起，" if after else ""
        said = f"{since}至{until.isoformat()}累计满{years}年，要求{self.tests.words('年')}"
        change = self.change(outcome, ctx)
        if not change:
            return said
        return f"{said}，还差{change['missing']}年" + (
            f"，继续从事将于{change['on']}满足" if change.get("on") else ""
        )

    def change(self, outcome, ctx):
        got, need = outcome[2], needed(self.tests, ctx)
        if outcome[0] != NOT_MET or not isinstance(got, tuple) or need is None or need <= got[0]:
            return None
        years, periods, after, until = got
        on = day_when_reached(list(periods), need, after, until) if periods else None
        return {"kind": "years", "missing": need - years, "on": on.isoformat() if on else None}


class Sum(Records):
    """The sum or yearly average of an amount."""

    def __init__(self, fact, where, fields, divide, tests):
        super().__init__(fact, where)
        self.fields, self.divide, self.tests = [fact.fields[name] for name in fields], divide, tests
        self.unit, self.required = (
            self.fields[0].unit,
            [each.name for each in self.fields if not each.optional],
        )
        for value in (divide, tests):
            if value is not None:
                self.facts |= value.facts
                self.parameters |= value.parameters

    def run(self, ctx):
        records = ctx.values.get(self.name)
        if records is None:
            return UNSEEN
        sure, perhaps, why = self.split(records, ctx)
        least = most = 0
        for index in (*sure, *perhaps):
            record = records[index]
            if any(record.get(name) is None for name in self.required):
                most, why = float("inf"), min(why, EVIDENCE)
            amount = sum(record.get(field.name) or 0 for field in self.fields)
            least += amount if index in sure else min(amount, 0)
            most += amount if index in sure else max(amount, 0)
        divide = 1 if self.divide is None else self.divide.get(ctx)
        if type(divide) is Open:
            return UNKNOWN, divide.why, None, ()
        low, high = self.tests.run(least / divide, ctx), self.tests.run(most / divide, ctx)
        for state in (low, high):
            if type(state) is Open:
                return UNKNOWN, state.why, least / divide, ()
        return (
            (low, NOTHING, least / divide, ())
            if low == high
            else (UNKNOWN, min(why, EVIDENCE), least / divide, ())
        )

    def _field_words(self):
        return "＋".join(label(field) for field in self.fields)

    def requires(self):
        kind = "合计" if self.divide is None else "年平均"
        return f"{label(self.fact)}的{self._field_words()}{kind}{self.tests.words(self.unit)}"

    def says(self, outcome, ctx):
        if outcome[2] is None:
            return super().says(outcome, ctx)
        kind = "合计" if self.divide is None else "年平均"
        said = f"{self._field_words()}{kind}{shown(outcome[2])}{self.unit}，要求{self.tests.words(self.unit)}"
        change = self.change(outcome, ctx)
        return said + (f"，还差{shown(change['missing'])}{self.unit}" if change else "")

    def change(self, outcome, ctx):
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

    def __init__(self, fact, where, by, values, totals):
        super().__init__(fact, where)
        self.by, self.values, self.totals = by, values, totals
        self.parameters |= values.parameters
        for _, tests in totals:
            self.parameters |= tests.parameters

    def run(self, ctx):
        records = ctx.values.get(self.name)
        if records is None:
            return UNSEEN
        values = self.values.get(ctx)
        if type(values) is Open:
            return UNKNOWN, values.why, None, ()
        states = tuple([(value, *self._one(value, records, ctx)) for value in values])
        state = min([each[1] for each in states], default=MET)
        why = (
            max([each[2] for each in states if each[1] == UNKNOWN], default=NOTHING)
            if state == UNKNOWN
            else NOTHING
        )
        return state, why, states, ()

    def _one(self, value, records, ctx):
        sure, perhaps, why = [], [], 9
        for record in records:
            if record.get(self.by) == value:
                state, reason = self.where.explained(record, ctx)
                if state == MET:
                    sure.append(record)
                elif state == UNKNOWN:
                    perhaps.append(record)
                    why = min(why, reason)
        if not self.totals:
            if sure:
                return MET, NOTHING, ()
            return (UNKNOWN, why, ()) if perhaps else (NOT_MET, NOTHING, ())
        return self._totalled(sure, perhaps, ctx)

    def _totalled(self, sure, perhaps, ctx):
        state, why, shown_totals = MET, NOTHING, []
        for fields, tests in self.totals:
            least = sum(record.get(field.name) or 0 for record in sure for field in fields)
            most = least + sum(record.get(field.name) or 0 for record in perhaps for field in fields)
            if any(
                record.get(field.name) is None and not field.optional
                for record in (*sure, *perhaps)
                for field in fields
            ):
                most = float("inf")
            low, high = tests.run(least, ctx), tests.run(most, ctx)
            one, reason = low, NOTHING
            if type(low) is Open:
                one, reason = UNKNOWN, low.why
            elif low != high:
                one, reason = UNKNOWN, EVIDENCE
            shown_totals.append((fields, tests, least, one))
            state = min(state, one)
            why = max(why, reason)
        return state, why if state == UNKNOWN else NOTHING, tuple(shown_totals)

    def requires(self):
        each = "、".join(
            "＋".join(label(field) for field in fields) + tests.words() for fields, tests in self.totals
        )
        return f"{label(self.fact)}：{self.values.words()} 每年{each or self.where.words() or '有记录'}"

    def says(self, outcome, ctx):
        if outcome[2] is None:
            return super().says(outcome, ctx)
        failing = [each for each in outcome[2] if each[1] == outcome[0]] if outcome[0] != MET else ()
        if not failing:
            return "、".join(str(each[0]) for each in outcome[2]) + "均符合"
        return "；".join(self._year_words(value, totals, outcome[0]) for value, _, _, totals in failing)

    def _year_words(self, value, totals, state):
        short = [
            f"{'＋'.join(label(field) for field in fields)}{shown(least)}（要求{tests.words()}）"
            for fields, tests, least, one in totals
            if one == state
        ]
        return f"{value}年" + ("、".join(short) if short else "没有符合的记录")

    def change(self, outcome, ctx):
        if outcome[0] != NOT_MET or not outcome[2]:
            return None
        return {
            "kind": "every",
            "fact": self.name,
            "missing": [each[0] for each in outcome[2] if each[1] == NOT_MET],
        }


def _list_of(raw, head, scope, extra):
    scope.only(raw, (head, "where", *extra))
    fact = scope.list_fact(raw[head], raw, head)
    return fact, compile_where(raw.get("where"), fact, scope, raw) if fact else Where([])


def compile_some(raw, head, scope):
    fact, where = _list_of(raw, head, scope, ("count", "distinct", "proof", "decision_where"))
    if fact is None:
        return Constant(True)
    count = compile_value(raw.get("count", 1), scope, raw, "count")
    distinct, proof = raw.get("distinct"), raw.get("proof")
    if distinct is not None:
        scope.field(fact, distinct, raw, "distinct")
    if (
        proof is not None
        and proof != "any"
        and not (isinstance(proof, list) and all(isinstance(p, str) for p in proof))
    ):
        scope.complaints.add(raw, "proof 应是 any 或证明种类的列表", "如 proof: [证书, 文件]", key="proof")
    doubtful = (
        compile_where(raw["decision_where"], fact, scope, raw, "decision_where")
        if raw.get("decision_where")
        else None
    )
    return Some(fact, where, count, distinct=distinct, proof=proof, doubtful=doubtful)


def compile_no(raw, head, scope):
    fact, where = _list_of(raw, head, scope, ())
    return NoneOf(fact, where) if fact else Constant(True)


def compile_years(raw, head, scope):
    fact, where = _list_of(raw, head, scope, ("from", "to", "after", "until", "also", *ORDER))
    if fact is None:
        return Constant(True)
    fields = raw.get("from", "from"), raw.get("to", "to")
    for key, name in zip(("from", "to"), fields, strict=True):
        scope.field(fact, name, raw, key, kind="date")
    after = compile_value(raw["after"], scope, raw, "after") if "after" in raw else None
    until = compile_value(raw["until"], scope, raw, "until") if "until" in raw else scope.cutoff_value()
    tests = scope.bounds(raw)
    also = None
    if "also" in raw and not (isinstance(raw["also"], Map) and "list" in raw["also"]):
        scope.complaints.add(raw, "also 应写明另一个列表", "写作 also: {list: appointments, where: …}", key="also")
    elif "also" in raw:
        other, others = _list_of(raw["also"], "list", scope, ("from", "to"))
        if other is None:
            return Constant(True)
        ends = raw["also"].get("from", "from"), raw["also"].get("to", "to")
        also = Years(other, others, ends, tests, after=None, until=until)
    return Years(fact, where, fields, tests, after=after, until=until, also=also)


def compile_sum(raw, head, scope):
    fact, where = _list_of(raw, head, scope, ("field", "fields", "average_over", *ORDER))
    names = raw.get("fields") or [raw.get("field")]
    key = "fields" if "fields" in raw else "field"
    if fact is None or not all(scope.field(fact, name, raw, key, kind="number") for name in names):
        return Constant(True)
    divide = compile_value(raw["average_over"], scope, raw, "average_over") if "average_over" in raw else None
    return Sum(fact, where, names, divide, scope.bounds(raw))


def compile_every(raw, head, scope):
    fact, where = _list_of(raw, head, scope, ("by", "values", "totals"))
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
