"""The hours a pack demands for a title, held against the ledger: verdict, what is missing, the plan ahead. Pure.

Everything comes from the pack's own clauses of kind `continuing_education` (R-167); nothing is known here about 90,
60 or 360. To look ahead, the ledger is moved back to the year of the notice and the answer forward again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from zhiping.continuing_education.ledger import Line
from zhiping.policy_engine.clauses import NOT_APPLICABLE, WARNING, Clause
from zhiping.policy_engine.factbook import check_person
from zhiping.policy_engine.operators.amounts import Every, Sum
from zhiping.policy_engine.operators.choices import ByReading
from zhiping.policy_engine.operators.nodes import AllOf, AnyOf
from zhiping.policy_engine.operators.single import needed
from zhiping.policy_engine.outcomes import MET, NOT_MET, Context, beijing_time
from zhiping.policy_engine.pack import Pack

KIND = "continuing_education"
NO_RULE, NOT_REQUIRED, FULFILLED, NOT_YET, SHORT, OPEN = (
    "no_rule",
    "not_required",
    "met",
    "warning",
    "not_met",
    "unknown",
)
WORDS = {
    NO_RULE: "通知没有规定",
    NOT_REQUIRED: "本年度不要求",
    FULFILLED: "已符合",
    NOT_YET: "尚未满，年底前可补",
    SHORT: "还差学时",
    OPEN: "无法判断",
}
MANY = 10**6


@dataclass(frozen=True, slots=True)
class Missing:
    """Hours that are missing: in these years together, in these subjects together (all subjects if none is named)."""

    years: tuple[int, ...]
    subjects: tuple[str, ...]
    have: float
    need: float

    @property
    def hours(self) -> float:
        return self.need - self.have


@dataclass(frozen=True, slots=True)
class Finding:
    """One clause and its result, with its citation."""

    text: str
    cite: str
    state: str
    sentence: str


@dataclass(frozen=True, slots=True)
class HourVerdict:
    """What a pack says about somebody's hours."""

    state: str
    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def is_enough(self) -> bool:
        return self.state in {NO_RULE, NOT_REQUIRED, FULFILLED}


def clauses_of(pack: Pack, title: str) -> tuple[Clause, ...]:
    """The pack's clauses on hours that bind this title by any pathway."""
    held = pack.title(title)
    if held is None:
        return ()
    found = [gate for gate in pack.gates if _is_ours(gate) and gate.binds(held, None)]
    for pathway in pack.pathways_for(held):
        found += [each for each in pathway.requires if _is_ours(each) and each.binds(held, pathway.id)]
    return tuple(dict.fromkeys(found))


def judge_hours(
    pack: Pack,
    title: str,
    lines: Iterable[Line],
    *,
    at: datetime | None = None,
    first: int = 0,
    facts: Mapping[str, Any] | None = None,
) -> HourVerdict:
    """Hold the ledger against the clauses of the pack at a moment; without one, warnings count as short.

    `first` is the first year in which one can still learn: a way that needs earlier years is the last choice.
    `facts` are what else is known of the person: a clause may have exceptions that ask for it.
    """
    clauses = clauses_of(pack, title)
    if not clauses:
        return HourVerdict(NO_RULE, (), ())
    person = check_person(pack.facts, {**(facts or {}), "ce_hours": [line.fact() for line in lines]})
    moment = beijing_time(at or datetime(9000, 1, 1, tzinfo=UTC))
    ctx = Context(person, params=pack.parameters, at=moment, cutoff=pack.cutoff, score=None)
    outcomes = [(clause, clause.run(ctx)) for clause in clauses]
    findings = tuple(
        Finding(clause.text, clause.cite.get("words", ""), clause.status(outcome), clause.says(outcome, ctx))
        for clause, outcome in outcomes
    )
    missing = _merged(each for clause, outcome in outcomes for each in _lacks(clause, outcome, ctx, first))
    return HourVerdict(_state(outcomes), findings, missing)


def look_ahead(pack: Pack, title: str, lines: Sequence[Line], *, year: int, first: int = 0) -> HourVerdict:
    """The same rules for an application in another year: every year of the rules moves along with it.

    Years that a notice calls met once and for all (R-173) are asked for in no later year, so nothing else moves.
    """
    distance = year - int(pack.data["plan"]["year"])
    verdict = judge_hours(pack, title, [line.moved(-distance) for line in lines], first=first - distance)
    moved = tuple(
        replace(each, years=tuple(one + distance for one in each.years)) for each in verdict.missing
    )
    return replace(verdict, missing=moved)


def hours_to_learn(missing: Iterable[Missing]) -> dict[tuple[int, ...], dict[tuple[str, ...], float]]:
    """The least to learn: subject by subject, the wider demand only for what the narrower ones leave open.

    >>> demands = [Missing((2026,), ("professional",), 0, 60), Missing((2026,), ("public_general",), 0, 12),
    ...            Missing((2026,), ("public_general", "public_industry"), 0, 18), Missing((2026,), (), 0, 90)]
    >>> hours_to_learn(demands)
    {(2026,): {('professional',): 60, ('public_general',): 12, ('public_general', 'public_industry'): 6, (): 12}}
    """
    found: dict[tuple[int, ...], dict[tuple[str, ...], float]] = {}
    by_width = sorted(missing, key=lambda each: (each.years, len(each.subjects) or MANY))
    for each in by_width:
        planned = found.setdefault(each.years, {})
        inside = sum(
            hours
            for subjects, hours in planned.items()
            if not each.subjects or set(subjects) <= set(each.subjects)
        )
        if each.hours > inside:
            planned[each.subjects] = each.hours - inside
    return found


def _is_ours(clause: Clause) -> bool:
    return bool(clause.raw.get("kind") == KIND)


def _state(outcomes: Sequence[tuple[Clause, Any]]) -> str:
    applied = [outcome for _, outcome in outcomes if outcome[2] != NOT_APPLICABLE]
    if not applied:
        return NOT_REQUIRED
    worst = min(outcome[0] for outcome in applied)
    if worst != MET:
        return SHORT if worst == NOT_MET else OPEN
    return NOT_YET if any(outcome[2] == WARNING for outcome in applied) else FULFILLED


def _lacks(node: Any, outcome: Any, ctx: Context, first: int) -> list[Missing]:
    """What is missing under a condition; of several ways the one that takes the fewest hours."""
    while isinstance(node, ByReading | Clause):
        if isinstance(node, ByReading):
            node = node.trace(ctx)
        else:
            node, outcome = node.condition, outcome[3][0] if outcome[3] else (MET,)
    if node is None or outcome[0] != NOT_MET:
        return []
    if isinstance(node, Every | Sum):
        return list(_yearly(outcome, ctx) if isinstance(node, Every) else _summed(node, outcome, ctx))
    if not isinstance(node, AllOf):  # a negation: no hours mend it
        return [Missing((), (), 0, MANY)]
    parts = [_lacks(child, part, ctx, first) for child, part in zip(node.children, outcome[3], strict=True)]
    if isinstance(node, AnyOf):
        return min(parts, key=lambda part: _cost(part, first))
    return [each for part in parts for each in part]


def _cost(missing: list[Missing], first: int) -> float:
    """Hours to learn; years that are over cannot be learned any more."""
    over = sum(MANY for each in missing if each.years and max(each.years) < first)
    return over + sum(sum(planned.values()) for planned in hours_to_learn(missing).values())


def _yearly(outcome: Any, ctx: Context) -> Iterator[Missing]:
    for year, state, _, totals in outcome[2] or ():
        if state != NOT_MET:
            continue
        for fields, tests, least, one in totals:
            bound = needed(tests, ctx)
            if one == NOT_MET and bound is not None:
                yield Missing((int(year),), _subjects(fields), least, bound)


def _summed(node: Sum, outcome: Any, ctx: Context) -> Iterator[Missing]:
    bound = needed(node.tests, ctx)
    if bound is None or outcome[2] is None:
        return
    years: list[int] = []
    for name, tests in node.where.choices[0] if node.where.choices else ():
        if name == "year":
            years = [year for year in range(1990, 2100) if tests.run(year, ctx) == MET]
    yield Missing(tuple(years), _subjects(node.fields), outcome[2], bound)


def _subjects(fields: Sequence[Any]) -> tuple[str, ...]:
    """The subjects of a demand; none if it adds up everything."""
    names = tuple(field.name for field in fields)
    return () if "total" in names or len(names) == len(("professional", "public")) + 1 else names


def _merged(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """One demand per years and subjects: the highest."""
    found: dict[tuple[tuple[int, ...], tuple[str, ...]], Missing] = {}
    for each in missing:
        mark = (each.years, each.subjects)
        if mark not in found or found[mark].hours < each.hours:
            found[mark] = each
    return tuple(sorted(found.values(), key=lambda each: (each.years, len(each.subjects) or MANY)))
