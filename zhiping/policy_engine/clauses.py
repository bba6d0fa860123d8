"""A clause: a sentence of the notice with its citation, one condition, exceptions, and when it applies."""

import functools
import itertools
import math
from typing import Any

from .factbook import Fact
from .operators import operator_of
from .operators.nodes import Constant, Node
from .outcomes import DECISION, EVIDENCE, MET, NOT_MET, NOTHING, STATE_WORDS, UNKNOWN, Context, Outcome

META = (
    "id",
    "text",
    "cite",
    "kind",
    "name",
    "titles",
    "pathways",
    "except_pathways",
    "when",
    "if_given",
    "warning_before",
    "otherwise",
    "hint",
    "reading",
    "assumed",
    "exceptions",
    "note",
    "before",
)
OTHERWISE = {"needs_evidence": EVIDENCE, "needs_decision": DECISION}
NOT_APPLICABLE, WARNING, NOT_JUDGED = "not_applicable", "warning", "not_judged"
EXCEPTED, SETTLED = "excepted", "settled"
MOST_TRIALS = 64


class Clause(Node):
    """Runs its condition under `when`, `if_given`, `warning_before` and its exceptions; remembered per judgement.

    The outcome's `got` is a word when something other than the plain condition decided, and `parts` are those of
    the condition and of each exception.
    """

    def __init__(
        self, raw: Any, cite: Any, condition: Any, *, when: Any = None, exceptions: Any = ()
    ) -> None:
        self.raw, self.id, self.text, self.cite, self.condition, self.when = (
            raw,
            raw.get("id"),
            raw.get("text"),
            cite,
            condition,
            when,
        )
        self.exceptions = tuple(exceptions)
        self.titles, self.pathways = raw.get("titles"), raw.get("pathways")
        self.except_pathways = raw.get("except_pathways") or ()
        self.if_given, self.warning_before = tuple(raw.get("if_given") or ()), raw.get("warning_before")
        self.gather([condition, *([when] if when else []), *self.exceptions])
        self.facts |= frozenset(self.if_given)
        self.declared: dict[str, Fact] = {}
        self.otherwise = OTHERWISE.get(raw.get("otherwise"))
        self.plain = not (when or self.exceptions or self.if_given or self.warning_before or self.otherwise)

    def run(self, ctx: Context) -> Outcome:
        found = ctx.memo.get(self)
        if found is None:
            found = self._run(ctx)
            if found[0] == UNKNOWN and self.repeated:
                found = self._settled(found, ctx)
            ctx.memo[self] = found
        return found

    @functools.cached_property
    def repeated(self) -> Any:
        """Yes/no and choice facts that several conditions read: only for these can part by part mislead."""
        read = [
            name for node in (self.condition, self.when, *self.exceptions) if node for name in _read_by(node)
        ]
        return tuple(
            (name, (True, False) if self.declared[name].type == "boolean" else self.declared[name].values)
            for name in dict.fromkeys(read)
            if read.count(name) > 1 and self.declared[name].type in ("boolean", "choice")
        )

    def _settled(self, found: Outcome, ctx: Context) -> Outcome:
        """Whatever the missing facts turn out to be, the result may be the same: then it is known (never a guess)."""
        missing = [(name, values) for name, values in self.repeated if ctx.values.get(name) is None]
        if not missing or math.prod(len(values) for _, values in missing) > MOST_TRIALS:
            return found
        states = set()
        for chosen in itertools.product(*(values for _, values in missing)):
            supposed = dict(zip((name for name, _ in missing), chosen, strict=True))
            states.add(self._run(ctx.supposing(supposed))[0])
            if len(states) > 1 or UNKNOWN in states:
                return found
        return states.pop(), NOTHING, SETTLED, found[3]

    def _run(self, ctx: Context) -> Outcome:
        if self.plain:
            part = self.condition.run(ctx)
            return part[0], part[1], NOT_JUDGED if part[2] == NOT_JUDGED else None, (part,)
        if self.if_given and not any(ctx.values.get(name) is not None for name in self.if_given):
            return MET, NOTHING, NOT_JUDGED, ()
        applies = self.when.run(ctx) if self.when else None
        if applies is not None and applies[0] == NOT_MET:
            return MET, NOTHING, NOT_APPLICABLE, ()
        part = self.condition.run(ctx)
        state, why, word = part[0], part[1], NOT_JUDGED if part[2] == NOT_JUDGED else None
        excepted = tuple([exception.run(ctx) for exception in self.exceptions])
        if excepted:
            state, why, word = self._excepted(state, why, word, excepted)
        if state == NOT_MET and self.otherwise:
            state, why = UNKNOWN, self.otherwise
        if applies is not None and applies[0] == UNKNOWN and state != MET:
            state, why = UNKNOWN, applies[1] if state == NOT_MET else max(why, applies[1])
        if state == NOT_MET and self.warning_before and ctx.at is not None and ctx.day < self.warning_before:
            state, word = MET, WARNING
        return state, why, word, (part, *excepted)

    def _excepted(self, state: Any, why: Any, word: Any, excepted: Any) -> Any:
        """Exceptions that hold replace the condition; if they disagree people decide."""
        holding = {part[3][0][0] for part in excepted if part[2] == "holds"}
        if len(holding) > 1:
            return UNKNOWN, DECISION, "conflict"
        if holding:
            state, word = holding.pop(), EXCEPTED
            why = max((part[3][0][1] for part in excepted if part[2] == "holds"), default=NOTHING)
        for part in excepted:
            if part[2] == "may_hold" and part[3][0][0] != state:
                state, why = UNKNOWN, max(part[1], why)
        return state, why, word

    def requires(self) -> str:
        return str(self.condition.requires())

    def says(self, outcome: Outcome, ctx: Context) -> str:
        word = outcome[2]
        if word == NOT_APPLICABLE:
            return "不适用于申报人的情况"
        if word == NOT_JUDGED:
            return "本次未判断"
        if word == SETTLED:
            return "无论尚缺的情况如何填写，结果都一样"
        if word == "conflict":
            return "有两项例外同时适用而结果不同，须由人认定"
        said = self.condition.tell(outcome[3][0], ctx) if outcome[3] else ""
        if word == EXCEPTED:
            names = [
                e.text for e, part in zip(self.exceptions, outcome[3][1:], strict=True) if part[2] == "holds"
            ]
            return f"适用例外：{'；'.join(names)}"
        return (
            f"{said}（目前只是提醒，{self.warning_before.isoformat()}起必须满足）"
            if word == WARNING
            else said
        )

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        return self.condition.change(outcome[3][0], ctx) if outcome[3] and outcome[0] != MET else None

    def ways(self, outcome: Outcome, *, certain: bool) -> Any:
        if outcome[2] is None and outcome[3]:
            return self.condition.ways(outcome[3][0], certain=certain)
        return super().ways(outcome, certain=certain)

    def status(self, outcome: Outcome) -> str:
        """met, not_met, unknown, or the word for why the condition did not decide."""
        if outcome[2] in (NOT_APPLICABLE, WARNING, NOT_JUDGED):
            return str(outcome[2])
        return STATE_WORDS[outcome[0]]

    def binds(self, title: Any, pathway: Any) -> bool:
        """Does it concern this title and pathway?"""
        if self.titles and title["id"] not in self.titles and title["name"] not in self.titles:
            return False
        if pathway is None:
            return True
        return (not self.pathways or pathway in self.pathways) and pathway not in self.except_pathways


class Exception_(Clause):  # noqa: N801
    """Holds when its `when` is met; then `condition` (always met if nothing is written) replaces the clause's."""

    def _run(self, ctx: Context) -> Outcome:
        applies = self.when.run(ctx)
        part = self.condition.run(ctx)
        state, why, word = part[0], part[1], None
        inner = tuple([exception.run(ctx) for exception in self.exceptions])
        if inner:
            state, why, word = self._excepted(state, why, word, inner)
        if applies[0] == NOT_MET:
            return NOT_MET, NOTHING, "does_not_hold", ((state, why, None, ()),)
        if applies[0] == UNKNOWN:
            return UNKNOWN, applies[1], "may_hold", ((state, why, None, ()),)
        return state, why, "holds", ((state, why, word, part[3]),)

    def says(self, outcome: Outcome, ctx: Context) -> str:
        if outcome[2] == "does_not_hold":
            return "例外不适用"
        if outcome[2] == "may_hold":
            return f"例外是否适用尚不清楚：{self.when.tell(self.when.run(ctx), ctx)}"
        return "例外适用"

    def change(self, outcome: Outcome, ctx: Context) -> Any:
        return None

    def ways(self, outcome: Outcome, *, certain: bool) -> Any:
        return Node.ways(self, outcome, certain=certain)

    def status(self, outcome: Outcome) -> str:
        return STATE_WORDS[outcome[0]]


def _read_by(node: Any) -> Any:
    """Names of the facts that the innermost conditions under a node read, once for each of them."""
    under = node.children
    return [name for child in under for name in _read_by(child)] if under else list(node.facts)


def compile_clause(raw: Any, scope: Any, where: Any, key: Any, *, must_have_id: Any = True) -> Any:
    """Compile a full clause; register its id."""
    if not isinstance(raw, dict):
        scope.complaints.add(where, f"“{key}”应是条款", "写 id、text、cite 和一个条件", key=key)
        return Constant(True)
    for name in ("id", "text", "cite"):
        if must_have_id and not raw.get(name):
            scope.complaints.add(
                raw,
                f"条款缺少“{name}”" + (f"（{raw.get('id')}）" if raw.get("id") else ""),
                "每一条都要有 id、通知原句 text 和出处 cite",
            )
    cite = scope.citation(raw.get("cite"), raw)
    when = scope.condition(raw["when"], raw, "when") if raw.get("when") is not None else None
    exceptions = [
        _compile_exception(item, scope, raw["exceptions"], index)
        for index, item in enumerate(raw.get("exceptions") or ())
    ]
    for name in raw.get("if_given") or ():
        if name not in scope.facts:
            scope.fact(name, raw, "if_given")
    if raw.get("otherwise") is not None and raw["otherwise"] not in OTHERWISE:
        scope.complaints.add(
            raw, f"otherwise“{raw['otherwise']}”不认识", "可用：" + "、".join(OTHERWISE), key="otherwise"
        )
    scope.check_meta(raw)
    clause = Clause(raw, cite, scope.operator(raw, META), when=when, exceptions=exceptions)
    scope.register(clause, raw)
    return clause


def _compile_exception(raw: Any, scope: Any, where: Any, key: Any) -> Any:
    if not isinstance(raw, dict) or raw.get("when") is None:
        scope.complaints.add(where, "例外应有 id、text、cite、when，可有 then", "写明何时适用", key=key)
        return Exception_({}, {}, Constant(True), when=Constant(False))
    for name in ("id", "text", "cite"):
        if not raw.get(name):
            scope.complaints.add(raw, f"例外缺少“{name}”", "例外也要有自己的原句和出处")
    scope.only(raw, ("id", "text", "cite", "when", "then", "exceptions", "reading", "assumed", "note"))
    then = scope.condition(raw["then"], raw, "then") if raw.get("then") is not None else Constant(True)
    inner = [
        _compile_exception(item, scope, raw["exceptions"], index)
        for index, item in enumerate(raw.get("exceptions") or ())
    ]
    clause = Exception_(
        raw,
        scope.citation(raw.get("cite"), raw),
        then,
        when=scope.condition(raw["when"], raw, "when"),
        exceptions=inner,
    )
    scope.register(clause, raw)
    return clause


def is_clause(raw: Any) -> Any:
    """A nested item is a full clause if it has an id or a sentence of its own."""
    return isinstance(raw, dict) and ("id" in raw or "text" in raw) and operator_of(raw)[0] is not None
