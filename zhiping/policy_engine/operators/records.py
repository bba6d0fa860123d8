"""Conditions on lists of records: how many match, how many full years they cover, sums, one for every year."""

from typing import Any

from ..factbook import Fact, label
from ..outcomes import DECISION, EVIDENCE, MET, NOT_MET, NOTHING, UNKNOWN, Context, Open, Outcome
from .nodes import Constant, Node
from .tests import Where, compile_where
from .written_values import compile_value

UNSEEN = (UNKNOWN, EVIDENCE, None, ())


class Records(Node):
    """Splits a list into records that match certainly and those that may."""

    def __init__(self, fact: Fact, where: Any) -> None:
        self.fact, self.name, self.where = fact, fact.name, where
        self.facts, self.parameters = frozenset([fact.name]) | where.facts, where.parameters

    def split(self, records: Any, ctx: Context) -> Any:
        certain, possible, why = [], [], 9
        for index, record in enumerate(records):
            state, reason = self.where.explained(record, ctx)
            if state == MET:
                certain.append(index)
            elif state == UNKNOWN:
                possible.append(index)
                why = min(why, reason)
        return certain, possible, why

    def piece(self, index: Any, record: Any) -> Any:
        return str(record.get("evidence") or record.get("id") or f"{self.name}#{index}")

    def says(self, outcome: Outcome, ctx: Context) -> str:
        return f"尚未填写：{label(self.fact)}" if outcome[2] is None else ""


class Some(Records):
    """At least `count` records match."""

    def __init__(
        self, fact: Fact, where: Any, count: Any, *, distinct: bool, proof: Any, doubtful: Any
    ) -> None:
        super().__init__(fact, where)
        self.count, self.distinct, self.proof, self.doubtful = count, distinct, proof, doubtful
        self.parameters |= count.parameters
        if doubtful:
            self.facts |= doubtful.facts
            self.parameters |= doubtful.parameters
        self.one = count.constant and count.value == 1 and distinct is None

    def run(self, ctx: Context) -> Outcome:
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

    def _proved(self, record: Any) -> Any:
        if self.proof == "any":
            return (
                bool(record.get("evidence") or record.get("proof")) and record.get("confirmed") is not False
            )
        return record.get("proof") in self.proof

    def _number(self, indexes: Any, records: Any) -> Any:
        if self.distinct is None:
            return len(indexes)
        return len({records[index].get(self.distinct) for index in indexes} - {None})

    def _most(self, indexes: Any, records: Any) -> Any:
        if self.distinct is None:
            return len(indexes)
        values = [records[index].get(self.distinct) for index in indexes]
        return len(set(values) - {None}) + values.count(None)

    def requires(self) -> str:
        words = self.where.words()
        return f"{label(self.fact)}中有不少于{self.count.words()}条" + (f"：{words}" if words else "")

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[2] is None:
            return super().says(outcome, ctx)
        certain, possible, records, need = outcome[2]
        if type(need) is Open:
            return str(need.what)
        said = f"符合的{len(certain)}条，要求{need}条"
        if outcome[0] == UNKNOWN:
            waits = {DECISION: "有待认定", EVIDENCE: "缺少证明或内容"}.get(outcome[1], "取决于未提供的文件")
            return f"{said}；另有{len(possible)}条{waits}"
        return said if outcome[0] == MET or records else f"{said}（没有任何记录）"

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        if outcome[0] != NOT_MET or not outcome[2]:
            return None
        certain, _, records, need = outcome[2]
        return {"kind": "records", "fact": self.name, "missing": need - self._number(certain, records)}

    def ways(self, outcome: Outcome, *, certain: bool) -> Any:
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

    def run(self, ctx: Context) -> Outcome:
        records = ctx.values.get(self.name)
        if records is None:
            return UNSEEN
        certain, possible, why = self.split(records, ctx)
        if certain:
            return NOT_MET, NOTHING, len(certain), ()
        return (UNKNOWN, why, 0, ()) if possible else (MET, NOTHING, 0, ())

    def requires(self) -> str:
        return f"{label(self.fact)}中没有：{self.where.words()}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        return super().says(outcome, ctx) or f"这样的记录{outcome[2]}条，要求没有"


def list_of(raw: Any, head: str, scope: Any, extra: Any) -> Any:
    """The list that `head` names and its `where`; None if there is no such list."""
    scope.only(raw, (head, "where", *extra))
    fact = scope.list_fact(raw[head], raw, head)
    return fact, compile_where(raw.get("where"), fact, scope, raw) if fact else Where([])


def compile_some(raw: Any, head: str, scope: Any) -> Any:
    fact, where = list_of(raw, head, scope, ("count", "distinct", "proof", "decision_where"))
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


def compile_no(raw: Any, head: str, scope: Any) -> Any:
    fact, where = list_of(raw, head, scope, ())
    return NoneOf(fact, where) if fact else Constant(True)
