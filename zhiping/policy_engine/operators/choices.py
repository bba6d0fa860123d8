"""At least n of m with distinct evidence, and conditions chosen by the reading of an ambiguous sentence."""

from typing import Any

from ..matching import most_served
from ..outcomes import DOCUMENT, EVIDENCE, MET, NOT_MET, NOTHING, UNKNOWN, Context, Open, Outcome
from ..yamltext import Map
from .nodes import Constant, Node
from .written_values import compile_value


class AtLeast(Node):
    """At least n of m; with distinct evidence by the best assignment, so that order never matters (C-12)."""

    def __init__(self, count: Any, children: Any, *, distinct: bool) -> None:
        self.count, self.distinct = count, distinct
        self.gather(children)
        self.parameters |= count.parameters

    def run(self, ctx: Context) -> Outcome:
        parts = tuple([child.run(ctx) for child in self.children])
        need = self.count.get(ctx)
        if type(need) is Open:
            return UNKNOWN, need.why, None, parts
        sure = self._served(parts, certain=True)
        if sure >= need:
            return MET, NOTHING, (sure, need), parts
        perhaps = self._served(parts, certain=False)
        if perhaps < need:
            return NOT_MET, NOTHING, (perhaps, need), parts
        reasons = sorted(part[1] for part in parts if part[0] == UNKNOWN)
        why = reasons[min(need - sure, len(reasons)) - 1] if reasons else EVIDENCE
        return UNKNOWN, why, (sure, need), parts

    def _served(self, parts: Any, *, certain: bool) -> Any:
        if not self.distinct:
            return sum(part[0] == MET or (part[0] == UNKNOWN and not certain) for part in parts)
        pairs = zip(self.children, parts, strict=True)
        return most_served([child.ways(part, certain=certain) for child, part in pairs])

    def requires(self) -> str:
        return f"以下{len(self.children)}项中至少{self.count.words()}项" + (
            "（一份佐证只用于一项）" if self.distinct else ""
        )

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[2] is None:
            return ""
        found, need = outcome[2]
        if found >= need:
            return f"满足{found}项，要求{need}项"
        return f"满足{found}项，要求{need}项，还差{need - found}项"

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        if outcome[0] == NOT_MET and outcome[2]:
            return {"kind": "count", "missing": outcome[2][1] - outcome[2][0]}
        return None


class ByReading(Node):
    """A condition chosen by the value of a parameter."""

    def __init__(self, value: Any, cases: Any) -> None:
        self.value, self.cases = value, cases
        self.gather(cases.values())
        self.parameters |= value.parameters

    def _chosen(self, ctx: Context) -> Any:
        return self.cases.get(ctx.params.get(next(iter(self.value.parameters))))

    def run(self, ctx: Context) -> Outcome:
        chosen = self._chosen(ctx)
        return chosen.run(ctx) if chosen else (UNKNOWN, DOCUMENT, self.value.get(ctx), ())

    def trace(self, ctx: Context) -> Any:
        """The chosen condition stands for this one in the trace."""
        return self._chosen(ctx)

    def requires(self) -> str:
        return str(next(iter(self.cases.values())).requires())

    def says(self, outcome: Outcome, ctx: Context) -> str:
        chosen = self._chosen(ctx)
        return chosen.tell(outcome, ctx) if chosen else ""

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        chosen = self._chosen(ctx)
        return chosen.change(outcome, ctx) if chosen else None

    def ways(self, outcome: Outcome, *, certain: bool) -> Any:
        if not outcome[3] and outcome[2] is None:
            return super().ways(outcome, certain=certain)
        return (
            next(iter(self.cases.values())).ways(outcome, certain=certain)
            if self._same_kind()
            else super().ways(outcome, certain=certain)
        )

    def _same_kind(self) -> Any:
        return len({type(case) for case in self.cases.values()}) == 1


def compile_at_least(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head,))
    said = raw[head]
    if (
        not isinstance(said, Map)
        or "count" not in said
        or not isinstance(said.get("of"), list)
        or not said["of"]
    ):
        scope.complaints.add(
            raw, "at_least 需要 count 和 of", "写作 at_least: {count: 2, of: [ … ]}", key=head
        )
        return Constant(True)
    scope.only(said, ("count", "of", "distinct_evidence"))
    children = [scope.condition(item, said["of"], index) for index, item in enumerate(said["of"])]
    if isinstance(said["count"], int) and not 1 <= said["count"] <= len(children):
        scope.complaints.add(
            said, f"要求 {said['count']} 项，却只列了 {len(children)} 项", "改 count 或补全 of", key="count"
        )
    return AtLeast(
        compile_value(said["count"], scope, said, "count"),
        children,
        distinct=bool(said.get("distinct_evidence")),
    )


def compile_by(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head, "cases"))
    name, cases = raw[head], raw["cases"]
    declared = scope.parameters.get(name) if isinstance(name, str) else None
    if declared is None or not isinstance(cases, Map):
        scope.complaints.add(
            raw,
            f"没有名为“{name}”的参数，或 cases 不是“值: 条件”",
            "现有参数：" + "、".join(scope.parameters),
            key=head,
        )
        return Constant(True)
    readings = [declared.get("value"), *(declared.get("alternatives") or ())]
    for reading in readings:
        if reading is not None and reading not in cases:
            scope.complaints.add(raw, f"cases 缺少读法“{reading}”", "每个读法都要有条件", key="cases")
    compiled = {reading: scope.condition(cases[reading], cases, reading) for reading in cases}
    return ByReading(compile_value(Map(param=name), scope, raw, head), compiled)
