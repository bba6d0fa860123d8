"""Full years of service: how long the periods in a list of records cover, from a day to the cut-off."""

import datetime as dt
from typing import Any

from ..factbook import Fact, label
from ..outcomes import EVIDENCE, NOT_MET, NOTHING, UNKNOWN, Context, Open, Outcome
from ..periods import day_when_reached, total_months
from ..yamltext import Map
from .nodes import Constant
from .records import Records, list_of
from .single import needed, unseen
from .tests import ORDER
from .values import NONE_SUCH
from .written_values import compile_value


class Years(Records):
    """Full years covered by periods, of one list or (with `also`) of two taken together."""

    def __init__(
        self, fact: Fact, where: Any, fields: Any, tests: Any, *, after: Any, until: Any, also: Any = None
    ) -> None:
        super().__init__(fact, where)
        self.begin, self.end = fields
        self.after, self.until, self.tests, self.also = after, until, tests, also
        for value in (after, until, tests, also):
            if value is not None:
                self.facts |= value.facts
                self.parameters |= value.parameters

    def run(self, ctx: Context) -> Outcome:
        if ctx.values.get(self.name) is None and self.also is None:
            return unseen(self.fact, self.tests, ctx)
        least, most = (None, None) if self.after is None else self.after.span(ctx)
        until = self.until.get(ctx)
        if most is NONE_SUCH:
            return NOT_MET, NOTHING, (0, (), None, until), ()
        for value in (most, until):
            if type(value) is Open:
                missing = self.tests.worst(value, ctx)
                return UNKNOWN, missing.why, missing, ()
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

    def _both(self, ctx: Context, until: Any) -> Any:
        """Periods that count, those that may count as well (none if all is certain), and what is missing."""
        certain, more, why = self._one(ctx, until)
        if self.also is None:
            return certain, more, why
        others, perhaps, reason = self.also._one(ctx, until)
        if more or perhaps:
            more = [*(more or certain), *(perhaps or others)]
        return [*certain, *others], more, min(why, reason)

    def _one(self, ctx: Context, until: Any) -> Any:
        records = ctx.values.get(self.name)
        if records is None:
            return [], [(dt.date(1900, 1, 1), until)], EVIDENCE
        sure, perhaps, why = self.split(records, ctx)
        certain, more = self._periods(sure, records, until, certain=True), []
        if perhaps or len(certain) < len(sure):
            more = self._periods([*sure, *perhaps], records, until, certain=False)
        return certain, more, why

    def _periods(self, indexes: Any, records: Any, until: Any, *, certain: bool) -> Any:
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

    def requires(self) -> str:
        also = f"与{label(self.also.fact)}（{self.also.where.words() or '全部'}）" if self.also else ""
        return f"{label(self.fact)}（{self.where.words() or '全部'}）{also}累计{self.tests.words('年')}" + (
            f"，自{self.after.words()}起算" if self.after else ""
        )

    def says(self, outcome: Outcome, ctx: Context) -> str:
        got = outcome[2]
        if got is None:
            return super().says(outcome, ctx)
        if type(got) is Open:
            return str(got.what)
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

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        got, need = outcome[2], needed(self.tests, ctx)
        if outcome[0] != NOT_MET or not isinstance(got, tuple) or need is None or need <= got[0]:
            return None
        years, periods, after, until = got
        on = day_when_reached(list(periods), need, after, until) if periods else None
        return {"kind": "years", "missing": need - years, "on": on.isoformat() if on else None}


def compile_years(raw: Any, head: str, scope: Any) -> Any:
    fact, where = list_of(raw, head, scope, ("from", "to", "after", "until", "also", *ORDER))
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
        scope.complaints.add(
            raw, "also 应写明另一个列表", "写作 also: {list: appointments, where: …}", key="also"
        )
    elif "also" in raw:
        other, others = list_of(raw["also"], "list", scope, ("from", "to"))
        if other is None:
            return Constant(True)
        ends = raw["also"].get("from", "from"), raw["also"].get("to", "to")
        also = Years(other, others, ends, tests, after=None, until=until)
    return Years(fact, where, fields, tests, after=after, until=until, also=also)
