"""The questions of the pre-check: the declared facts that a title's clauses read, and the reading of the answers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhiping.policy_engine import Pack
from zhiping.policy_engine.factbook import Fact, read_day
from zhiping.policy_engine.judge import plans_for

LATER_SOURCES = frozenset({"photo", "scoring"})  # known only while an application is being written
GROUPS = (
    (
        "person",
        "您和您的单位",
        frozenset({"profile", "unit", "employment", "insurance", "discipline", "integrity"}),
    ),
    ("application", "申报时的情况", frozenset({"application", "authority"})),
)
ARCHIVE = ("archive", "您的经历和业绩")
LATER_GROUP = "application"
BLANK_ROWS = 1
MOST_ROWS = 30
LONGEST = 200
YES_NO = (("yes", "是"), ("no", "否"))
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,4})?")
KINDS = {"date": "写成 2018-07-01；只记得月份写 2018-07", "number": "填数字", "integer": "填整数"}


@dataclass(slots=True)
class Input:
    """One control of the form."""

    name: str
    label: str
    kind: str  # text, choice, choices
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    values: tuple[str, ...] = ()
    error: str = ""


@dataclass(slots=True)
class Records:
    """A list fact: rows of inputs, and the answer that there is none."""

    name: str
    label: str
    none_name: str
    has_none: bool
    rows: list[list[Input]]
    filled: int


@dataclass(slots=True)
class Group:
    """Questions that belong together."""

    key: str
    title: str
    inputs: list[Input] = field(default_factory=list)
    records: list[Records] = field(default_factory=list)

    @property
    def is_later(self) -> bool:
        """Questions of the application itself, which can wait: folded on the page."""
        return self.key == LATER_GROUP

    @property
    def is_filled(self) -> bool:
        return any(each.value or each.values or each.error for each in self.inputs)


@dataclass(slots=True)
class Answers:
    """The form as it was filled, the facts read from it, and what could not be read."""

    groups: list[Group]
    facts: dict[str, Any]
    errors: list[Input]


def read_answers(pack: Pack, title: str, data: Mapping[str, Any]) -> Answers:
    """Build the form for a title and read what was typed; nothing typed is lost (`data` is a QueryDict)."""
    facts: dict[str, Any] = {}
    errors: list[Input] = []
    (first, name, _), *later = GROUPS
    groups = {first: Group(first, name), ARCHIVE[0]: Group(*ARCHIVE)}
    groups |= {key: Group(key, name) for key, name, _ in later}
    for fact in facts_asked(pack, title):
        group = groups[_group_of(fact)]
        if fact.type == "list":
            group.records.append(_records(fact, data, facts, errors))
            continue
        control = _input(fact, f"f.{fact.name}", fact.question, data)
        group.inputs.append(control)
        _take(fact, control, facts, fact.name, errors)
    return Answers([group for group in groups.values() if group.inputs or group.records], facts, errors)


def facts_asked(pack: Pack, title: str) -> list[Fact]:
    """The facts that the clauses of a title read and a person can answer before applying."""
    held = pack.title(title)
    read = frozenset().union(*(node.facts for plan in plans_for(pack, held) for node in plan.nodes))
    return [fact for name, fact in pack.facts.items() if name in read and fact.source not in LATER_SOURCES]


def _group_of(fact: Fact) -> str:
    if fact.type != "list":
        for key, _, sources in GROUPS:
            if fact.source in sources:
                return key
    return ARCHIVE[0]


def _records(fact: Fact, data: Mapping[str, Any], facts: dict[str, Any], errors: list[Input]) -> Records:
    none_name = f"n.{fact.name}"
    fields = [each for each in fact.fields.values() if each.question]
    kept, rows = [], []
    for number in _row_numbers(fact.name, data):
        row = [_input(each, f"r.{fact.name}.{number}.{each.name}", each.question, data) for each in fields]
        record: dict[str, Any] = {}
        for each, control in zip(fields, row, strict=True):
            _take(each, control, record, each.name, errors)
        if any(control.value or control.values for control in row):
            kept.append(record)
            rows.append(row)
    wanted = BLANK_ROWS if not rows or data.get("more") == fact.name else 0
    first = max(_row_numbers(fact.name, data), default=0) + 1
    for number in range(first, first + wanted):
        rows.append(
            [_input(each, f"r.{fact.name}.{number}.{each.name}", each.question, data) for each in fields]
        )
    has_none = none_name in data and not kept
    if kept or has_none:
        facts[fact.name] = kept
    return Records(fact.name, fact.question, none_name, has_none, rows, len(kept))


def _row_numbers(name: str, data: Mapping[str, Any]) -> list[int]:
    pattern = re.compile(rf"r\.{re.escape(name)}\.(\d{{1,4}})\.")
    found = {int(match[1]) for key in data if (match := pattern.match(key))}
    return sorted(found)[:MOST_ROWS]


def _input(fact: Fact, name: str, label: str, data: Mapping[str, Any]) -> Input:
    value = str(data.get(name, ""))[:LONGEST].strip()
    hint = KINDS.get(fact.type, "") + (f"（单位：{fact.unit}）" if fact.unit else "")
    if fact.type == "boolean":
        return Input(name, label, "choice", hint, YES_NO, value)
    if fact.type == "choice":
        return Input(name, label, "choice", hint, _choices(fact), value)
    if fact.type == "choices":
        picked = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return Input(name, label, "choices", hint, _choices(fact), "", tuple(picked))
    return Input(name, label, "text", hint, (), value)


def _choices(fact: Fact) -> tuple[tuple[str, str], ...]:
    return tuple((each, fact.words.get(each, each)) for each in fact.values)


def _take(fact: Fact, control: Input, into: dict[str, Any], key: str, errors: list[Input]) -> None:
    """Read one control into `into`; an unreadable one is noted and leaves the fact unknown."""
    if not control.value and not control.values:
        return
    value = _value(fact, control)
    if value is None:
        control.error = _remedy(fact, control.value)
        errors.append(control)
        return
    into[key] = value


def _value(fact: Fact, control: Input) -> Any:
    """The value of a control, or None if it cannot be read."""
    text = control.value
    if fact.type == "choices":
        return list(control.values) if all(each in fact.values for each in control.values) else None
    if fact.type == "date":
        return read_day(text, last=fact.name in ("to", "until"))
    if fact.type in ("integer", "number"):
        return _number(text, is_whole=fact.type == "integer")
    if fact.type == "boolean":
        return {"yes": True, "no": False}.get(text)
    return text if fact.type == "text" or text in fact.values else None


def _number(text: str, *, is_whole: bool) -> int | float | None:
    if not NUMBER.fullmatch(text) or (is_whole and "." in text):
        return None
    return int(text) if is_whole else float(text)


def _remedy(fact: Fact, text: str) -> str:
    if fact.type == "date":
        return f"“{text}”不是日期。请写成 2018-07-01，只记得月份写 2018-07。"
    if fact.type in ("integer", "number"):
        return f"“{text}”不是{'整数' if fact.type == 'integer' else '数'}。请只填数字。"
    return f"“{text}”不在可选的范围里，请重新选择。"


def words_of_errors(errors: Iterable[Input]) -> list[tuple[str, str, str]]:
    """For the summary: id of the control, label, sentence."""
    return [(control.name, control.label, control.error) for control in errors]
