"""Which clauses and scoring rows no case proves both ways."""

from typing import Any

from .clauses import Clause, Exception_
from .operators.choices import ByReading
from .operators.nodes import AllOf, AnyOf, Constant
from .operators.single import Given
from .operators.waiting import Material, NotSupplied
from .outcomes import MET, NOT_MET, UNKNOWN
from .scoring import Test


def uncovered(pack: Any, report: Any, *, names: Any = None) -> Any:
    """Sentences about clauses and rows without a passing or a failing case."""
    said = []
    for name in sorted(pack.own_clauses if names is None else names):
        lacking = _lacking(pack.clauses[name], report.seen.get(name, set()))
        if lacking:
            said.append((name, f"条款“{name}”没有{'、'.join(lacking)}的用例"))
    if (
        pack.scoring is not None
        and names is None
        and any(test in pack.own_clauses for test in pack.scoring.tests)
    ):
        said += [
            (name, f"得分项“{name}”没有得分的用例") for name in pack.scoring.rows if name not in report.rows
        ]
    return said


def _lacking(clause: Any, seen: Any) -> Any:
    if isinstance(clause, Test):
        wanted = {
            "met": "通过",
            "unknown" if clause.decision else "not_met": "不通过（待认定）" if clause.decision else "不通过",
        }
    else:
        states = possible_states(clause)
        wanted = {"met": "通过"} if MET in states else {}
        if NOT_MET in states:
            wanted["not_met"] = "不通过"
        elif UNKNOWN in states:
            wanted["unknown"] = "不能判断"
    return [words for status, words in wanted.items() if status not in seen]


def possible_states(node: Any) -> Any:
    """The states a condition can have at all: a document not supplied is never met, a material never not met."""
    if isinstance(node, Exception_):
        return {NOT_MET, MET}
    if isinstance(node, Clause):
        states = possible_states(node.condition)
        return states if not node.otherwise else {UNKNOWN if state == NOT_MET else state for state in states}
    if isinstance(node, AllOf):
        return _combined(
            [possible_states(child) for child in node.children], max if isinstance(node, AnyOf) else min
        )
    if isinstance(node, ByReading):
        return set().union(*(possible_states(case) for case in node.cases.values()))
    if isinstance(node, Constant):
        return {MET if node.value else NOT_MET}
    return {NotSupplied: {UNKNOWN}, Material: {UNKNOWN, MET}, Given: {UNKNOWN, MET}}.get(
        type(node), {NOT_MET, UNKNOWN, MET}
    )


def _combined(sets: Any, pick: Any) -> Any:
    found = {MET} if pick is min else {NOT_MET}
    for states in sets:
        found = {pick(a, b) for a in found for b in states}
    return found
