"""The trace of a judgement as findings: one per clause, with the value used, its source, and the smallest change."""

from dataclasses import dataclass
from typing import Any

from .clauses import Clause, Exception_
from .factbook import Fact, label
from .operators.choices import AtLeast, ByReading
from .operators.nodes import Not
from .outcomes import WHY_WORDS, Context, Outcome


@dataclass(frozen=True, eq=False)
class Finding:
    """One clause and its result."""

    clause: Any
    outcome: tuple[Any, ...]
    context: Context
    role: str
    depth: int
    waived: bool = False

    @property
    def id(self) -> Any:
        return self.clause.id

    @property
    def status(self) -> str:
        """met, not_met, unknown, not_applicable, not_judged, warning or waived."""
        return "waived" if self.waived else self.clause.status(self.outcome)

    @property
    def waits_for(self) -> Any:
        """What an unknown waits for: needs_decision, needs_evidence, undetermined; None if it is known."""
        return None if self.waived else WHY_WORDS[self.outcome[1]] if self.status == "unknown" else None

    @property
    def sentence(self) -> Any:
        """The result in Chinese."""
        return "本申报方式不要求" if self.waived else self.clause.says(self.outcome, self.context)

    @property
    def change(self) -> Any:
        """The smallest change that would meet it (with the day, for time), or None."""
        return None if self.waived else self.clause.change(self.outcome, self.context)

    @property
    def holds_others(self) -> Any:
        """True if the clause only gathers numbered clauses that speak for themselves."""
        return any(isinstance(child, Clause) for child in self.clause.condition.children) and not isinstance(
            self.clause.condition, AtLeast
        )

    @property
    def used(self) -> Any:
        """The facts that were read, with value and source."""
        told, person = [], self.context.person
        for name in sorted(self.clause.facts):
            value = person.values.get(name)
            fact = self.clause.declared.get(name)
            source = person.sources.get(name) or (fact.source if fact else "")
            told.append(
                {
                    "fact": name,
                    "label": label(fact) if fact else name,
                    "value": _plain(value),
                    "shown": _shown(fact, value),
                    "source": source or None,
                }
            )
        return told

    def in_words(self) -> str:
        """`sentence（citation）`, with the hint if the clause has one."""
        raw = self.clause.raw
        said = f"{self.clause.text}——{self.sentence}" if self.sentence else f"{self.clause.text}"
        said += f"（{self.clause.cite['words']}）" if self.clause.cite.get("words") else ""
        return said + (f"。{raw['hint']}" if raw.get("hint") and self.status == "not_met" else "")

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON-ready data."""
        raw = self.clause.raw
        return {
            "id": self.id,
            "role": self.role,
            "kind": raw.get("kind"),
            "depth": self.depth,
            "text": self.clause.text,
            "status": self.status,
            "waits_for": self.waits_for,
            "sentence": self.sentence,
            "change": self.change,
            "requires": self.clause.requires(),
            "cite": self.clause.cite,
            "used": self.used,
            "hint": raw.get("hint"),
            "reading": raw.get("reading"),
            "assumed": bool(raw.get("assumed")),
        }


def findings_of(plan: Any, outcomes: tuple[Outcome, ...], ctx: Context) -> Any:
    """Findings of every clause of a plan, outer before inner."""
    for gate in plan.waived:
        yield Finding(gate, (2, 0, None, ()), ctx, "gate", 0, waived=True)
    for node, outcome in zip(plan.nodes, outcomes, strict=True):
        role = (
            "gate"
            if node in plan.gates
            else "opens"
            if node in plan.pathway.opens_if
            else "offered"
            if node is plan.pathway.offered_if
            else "requirement"
        )
        yield from _walk(node, outcome, ctx, role, 0)


def _walk(node: Any, outcome: Outcome, ctx: Context, role: str, depth: int) -> Any:
    if isinstance(node, ByReading):
        chosen = node.trace(ctx)
        if chosen is not None:
            yield from _walk(chosen, outcome, ctx, role, depth)
        return
    inner = depth
    if isinstance(node, Clause):
        yield Finding(node, outcome, ctx, "exception" if isinstance(node, Exception_) else role, depth)
        inner = depth + 1
        if isinstance(node, Exception_):
            return
        pairs = zip((node.condition, *node.exceptions), outcome[3], strict=False)
    else:
        pairs = zip(node.children, outcome[3], strict=False)
    for child, part in pairs:
        yield from _walk(child, part, ctx, role, inner)


def deciding_clauses(nodes: Any, outcomes: tuple[Outcome, ...], ctx: Context) -> Any:
    """Ids of the clauses that share the worst state, down to the innermost numbered clauses."""
    worst = min(outcome[0] for outcome in outcomes)
    found = []

    def walk(node: Any, outcome: Outcome) -> None:
        if isinstance(node, Clause):
            if node.id:
                found.append(node.id)
            if outcome[2] is None:
                walk(node.condition, outcome[3][0])
            return
        if isinstance(node, Not):
            return
        if isinstance(node, ByReading):
            chosen = node.trace(ctx)
            if chosen is not None:
                walk(chosen, outcome)
            return
        for child, part in zip(node.children, outcome[3], strict=False):
            if part[0] == outcome[0]:
                walk(child, part)

    for node, outcome in zip(nodes, outcomes, strict=True):
        if outcome[0] == worst:
            walk(node, outcome)
    return list(dict.fromkeys(found))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{key: _plain(each) for key, each in record.items()} for record in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return value if value is None or isinstance(value, str | int | float | bool) else value.isoformat()


def _shown(fact: Fact, value: Any) -> Any:
    if value is None:
        return "未填"
    if isinstance(value, list):
        return f"{len(value)}条记录"
    return fact.shown(value) if fact else str(value)
