"""Conditions on single values, and those that wait for somebody: attestation, decision, document, material, time."""

from typing import Any

from ..factbook import Fact, label
from ..outcomes import EVIDENCE, MET, NO, NOT_MET, NOTHING, UNKNOWN, YES, Context, Open, Outcome
from ..periods import day_of_full_years, full_years
from .nodes import Constant, Node
from .tests import ORDER, TEST_KEYS, compile_tests
from .values import NONE_SUCH
from .written_values import compile_value

UNSEEN = (UNKNOWN, EVIDENCE, None, ())


def unseen(fact: Fact, tests: Any, ctx: Context) -> Outcome:
    """The outcome when a fact is not known: what is missing, or the document that the requirement stands in."""
    missing = tests.worst(Open(EVIDENCE, f"尚未填写：{label(fact)}"), ctx)
    return UNKNOWN, missing.why, missing, ()


class FactTest(Node):
    def __init__(self, fact: Fact, tests: Any) -> None:
        self.fact, self.name, self.tests = fact, fact.name, tests
        self.facts, self.parameters = frozenset([fact.name]) | tests.facts, tests.parameters
        only = tests.tests[0] if len(tests.tests) == 1 else None
        self.plain = only.compare if only and only.value.constant and not only.rank else None
        self.target = only.target if only else None

    def run(self, ctx: Context) -> Outcome:
        found = ctx.values.get(self.name)
        if found is None:
            if self.fact.optional:
                return YES if all(t.name in ("is_not", "not_in") for t in self.tests.tests) else NO
            return unseen(self.fact, self.tests, ctx)
        if self.plain is not None:
            return MET if self.plain(found, self.target) else NOT_MET, NOTHING, found, ()
        state = self.tests.run(found, ctx)
        if type(state) is Open:
            return (UNKNOWN, state.why, (found, state), ()) if state.why else (NOT_MET, 0, (found, state), ())
        return state, NOTHING, found, ()

    def requires(self) -> str:
        return f"{label(self.fact)}{self.tests.words(self.fact.unit)}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        got = outcome[2]
        if got is None:
            return f"{label(self.fact)}：无"
        if isinstance(got, tuple):
            return f"{label(self.fact)}：{self.fact.shown(got[0])}；{got[1].what}"
        return f"{label(self.fact)}：{self.fact.shown(got)}{self.fact.unit}，要求{self.tests.words(self.fact.unit)}"

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        got = outcome[2]
        if (
            outcome[0] != NOT_MET
            or isinstance(got, bool)
            or not isinstance(got, int | float)
            or not self.tests.tests
        ):
            return None
        target = self.tests.tests[0].value.get(ctx)
        if isinstance(target, int | float) and self.tests.tests[0].name in ORDER:
            return {
                "kind": "value",
                "fact": self.name,
                "from": got,
                "to": target,
                "missing": abs(target - got),
            }
        return None

    def ways(self, outcome: Outcome, *, certain: bool) -> Any:
        return [frozenset([f"fact:{self.name}"])] if super().ways(outcome, certain=certain) else []


class Given(Node):
    def __init__(self, fact: Fact) -> None:
        self.fact, self.facts = fact, frozenset([fact.name])

    def run(self, ctx: Context) -> Outcome:
        return YES if ctx.values.get(self.fact.name) is not None else UNSEEN

    def requires(self) -> str:
        return f"填写{label(self.fact)}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        return "" if outcome[0] == MET else f"尚未填写：{label(self.fact)}"


class Ratio(Node):
    def __init__(self, over: Any, under: Any, tests: Any) -> None:
        self.over, self.under, self.tests = over, under, tests
        self.facts, self.parameters = frozenset([over.name, under.name]) | tests.facts, tests.parameters

    def run(self, ctx: Context) -> Outcome:
        over, under = ctx.values.get(self.over.name), ctx.values.get(self.under.name)
        if over is None or under is None:
            return unseen(self.over if over is None else self.under, self.tests, ctx)
        if under == 0:
            return NO
        state = self.tests.run(over / under, ctx)
        return (UNKNOWN, state.why, None, ()) if type(state) is Open else (state, NOTHING, over / under, ())

    def requires(self) -> str:
        return f"{label(self.over)}与{label(self.under)}之比{self.tests.words()}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        return "" if outcome[2] is None else f"比值{outcome[2]:.3f}，要求{self.tests.words()}"


class YearsSince(Node):
    """Full years from a day to the cut-off day."""

    def __init__(self, since: Any, until: Any, tests: Any) -> None:
        self.since, self.until, self.tests = since, until, tests
        self.facts = since.facts | until.facts | tests.facts
        self.parameters = since.parameters | until.parameters | tests.parameters

    def run(self, ctx: Context) -> Outcome:
        least, most = self.since.span(ctx)
        until = self.until.get(ctx)
        if most is NONE_SUCH:
            return NOT_MET, NOTHING, (0, None, until), ()
        if type(most) is Open or type(until) is Open:
            missing = self.tests.worst(most if type(most) is Open else until, ctx)
            return UNKNOWN, missing.why, missing, ()
        fewest = 0 if type(least) is Open else full_years(least, until)
        low = self.tests.run(fewest, ctx)
        high = low if least == most else self.tests.run(full_years(most, until), ctx)
        for state in (low, high):
            if type(state) is Open:
                return UNKNOWN, state.why, state, ()
        if low != high:
            return UNKNOWN, EVIDENCE, Open(EVIDENCE, "起算日期不完整"), ()
        return low, NOTHING, (fewest, None if type(least) is Open else least, until), ()

    def requires(self) -> str:
        return f"自{self.since.words()}起满{self.tests.words('年').removeprefix('不少于')}"

    def says(self, outcome: Outcome, ctx: Context) -> str:
        years, since, until = outcome[2]
        if since is None:
            return "没有可以起算的记录"
        said = f"自{since.isoformat()}至{until.isoformat()}满{years}年，要求{self.tests.words('年')}"
        change = self.change(outcome, ctx)
        return said + (f"，还差{change['missing']}年，将于{change['on']}满足" if change else "")

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        got = outcome[2]
        if outcome[0] != NOT_MET or got[1] is None:
            return None
        need = needed(self.tests, ctx)
        if need is None or need <= got[0]:
            return None
        return {"kind": "years", "missing": need - got[0], "on": day_of_full_years(got[1], need).isoformat()}


def needed(tests: Any, ctx: Context) -> Any:
    """The number of years that would satisfy a lower bound."""
    for test in tests.tests:
        target = test.value.get(ctx)
        if test.name in ("gte", "gt") and isinstance(target, int | float):
            return int(target) + (test.name == "gt")
    return None


def compile_fact(raw: Any, head: str, scope: Any) -> Any:
    fact = scope.fact(raw[head], raw, head)
    scope.only(raw, (head, *TEST_KEYS))
    if fact is None:
        return Constant(True)
    if "given" in raw:
        return Given(fact)
    tests = compile_tests(raw, fact, scope)
    if not tests.tests:
        scope.complaints.add(raw, f"没有说“{fact.name}”应是什么", "加一个测试，如 is: … 或 gte: …", key=head)
    return FactTest(fact, tests)


def compile_ratio(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head, *ORDER))
    names = raw[head] if isinstance(raw[head], list) and len(raw[head]) == 2 else (None, None)
    over, under = (scope.fact(name, raw, head) for name in names)
    if over is None or under is None:
        return Constant(True)
    return Ratio(over, under, compile_tests(raw, scope.number, scope))


def compile_years_since(raw: Any, head: str, scope: Any) -> Any:
    scope.only(raw, (head, "until", *ORDER))
    since = compile_value(raw[head], scope, raw, head)
    until = compile_value(raw["until"], scope, raw, "until") if "until" in raw else scope.cutoff_value()
    return YearsSince(since, until, scope.bounds(raw))
