"""Tests of one value (`gte`, `in`, …) and of the fields of one record (`where`)."""

import operator
from collections.abc import Callable
from typing import Any

from ..factbook import Fact, label
from ..outcomes import EVIDENCE, MET, NOT_MET, UNKNOWN, Context, Open
from ..yamltext import Map
from .values import Value
from .written_values import compile_value

COMPARE: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "is": (operator.eq, "为"),
    "is_not": (operator.ne, "不为"),
    "in": (lambda a, b: a in b, "为以下之一："),
    "not_in": (lambda a, b: a not in b, "不为："),
    "gt": (operator.gt, "大于"),
    "gte": (operator.ge, "不少于"),
    "lt": (operator.lt, "小于"),
    "lte": (operator.le, "不超过"),
    "includes": (operator.contains, "包含"),
    "includes_any": (lambda a, b: any(each in a for each in b), "至少包含其一："),
    "includes_all": (lambda a, b: all(each in a for each in b), "全部包含："),
}
ORDER = ("gt", "gte", "lt", "lte")
OF_DAYS = {"gt": "晚于", "gte": "不早于", "lt": "早于", "lte": "不晚于"}
TEST_KEYS = frozenset(COMPARE) | {"given"}
ALLOWED = {
    "boolean": ("is", "is_not"),
    "text": ("is", "is_not", "in", "not_in", "includes", "includes_any"),
    "integer": (*ORDER, "is", "is_not", "in", "not_in"),
    "number": (*ORDER, "is", "is_not", "in", "not_in"),
    "date": (*ORDER, "is", "is_not"),
    "choice": ("is", "is_not", "in", "not_in"),
    "choices": ("includes", "includes_any", "includes_all"),
}


class Test:
    """One comparison against a Value; scales compare by rank."""

    __slots__ = ("compare", "name", "rank", "target", "value")

    def __init__(self, name: Any, value: Any, rank: Any) -> None:
        self.name, self.value, self.rank = name, value, rank
        self.compare = COMPARE[name][0]
        self.target = (
            rank[value.value]
            if rank and value.constant and value.value in rank
            else value.value
            if value.constant
            else None
        )

    def state(self, found: Any, ctx: Context) -> Any:
        """NOT_MET, MET, or Open."""
        if self.value.constant:
            return MET if self.compare(self.rank[found] if self.rank else found, self.target) else NOT_MET
        target = self.value.get(ctx)
        if type(target) is Open:
            return target if target.why else NOT_MET
        if self.rank:
            found, target = self.rank[found], self.rank.get(target, -1)
        return MET if self.compare(found, target) else NOT_MET

    def words(self, fact: Fact, unit: Any = "") -> str:
        if fact.type == "boolean":
            if self.name == "is_not" and self.value.constant:
                return f"：{fact.shown(not self.value.value)}"
            return f"：{'不' if self.name == 'is_not' else ''}{self.value.words(fact)}"
        if self.name in ("gte", "lte") and self.rank:
            return f"{self.value.words(fact)}及以{'上' if self.name == 'gte' else '下'}"
        compared = OF_DAYS.get(self.name) if fact.type == "date" else None
        return f"{compared or COMPARE[self.name][1]}{self.value.words(fact)}{unit}"


class Tests:
    """All tests of one value; they must all pass."""

    def __init__(self, tests: Any, fact: Fact) -> None:
        self.tests, self.fact = tests, fact
        self.facts = frozenset().union(*(test.value.facts for test in tests))
        self.parameters = frozenset().union(*(test.value.parameters for test in tests))

    def run(self, found: Any, ctx: Context) -> Any:
        """NOT_MET, MET, or Open if a target is not known and nothing else fails."""
        missing = None
        for test in self.tests:
            state = test.state(found, ctx)
            if state == NOT_MET:
                return NOT_MET
            if state != MET:
                missing = state
        return MET if missing is None else missing

    def worst(self, missing: Any, ctx: Context) -> Any:
        """The harder of what is missing and what the targets wait for: a document not supplied outweighs evidence."""
        found = [target for test in self.tests if type(target := test.value.get(ctx)) is Open]
        return max([missing, *found], key=lambda each: each.why)

    def words(self, unit: Any = "") -> str:
        """The requirement in Chinese."""
        return "且".join(test.words(self.fact, unit) for test in self.tests)


class Presence(Tests):
    """Whether an optional field of a record is filled in at all."""

    def __init__(self, fact: Fact, *, given: bool) -> None:
        super().__init__([], fact)
        self.given = given

    def words(self, unit: str = "") -> str:
        """The requirement in Chinese."""
        return "已填写" if self.given else "未填写"


def compile_tests(raw: Any, fact: Fact, scope: Any, where: Any = None, *, allowed: Any = None) -> Any:
    """The tests among the keys of `raw` for a value declared as `fact`."""
    found = []
    if allowed is None:
        allowed = (*ORDER, *ALLOWED["choice"]) if fact.ordered else ALLOWED.get(fact.type, ())
    for key in raw:
        if key == "given" or key not in COMPARE:
            continue
        if key not in allowed:
            scope.complaints.add(
                raw, f"“{key}”不能用于“{fact.name}”（{fact.type}）", "可用：" + "、".join(allowed), key=key
            )
            continue
        value = compile_value(raw[key], scope, raw, key)
        if value.constant:
            _check_literal(key, value.value, fact, scope, raw)
        rank = fact.rank if fact.ordered and key in ORDER else None
        found.append(Test(key, value, rank))
    return Tests(found, fact)


def _check_literal(key: Any, value: Any, fact: Fact, scope: Any, raw: Any) -> None:
    if key in ("in", "not_in", "includes_any", "includes_all"):
        if not isinstance(value, list):
            scope.complaints.add(raw, f"“{key}”后面应是列表", f"写作 {key}: [{value}]", key=key)
            return
        values = value
    else:
        values = [value]
    for each in values:
        if not scope.fits(fact, each):
            allowed = "可用：" + "、".join(fact.values) if fact.values else f"类型应为 {fact.type}"
            scope.complaints.add(raw, f"“{fact.name}”不会有“{each}”这个值", allowed, key=key)


class Where:
    """Tests of several fields of a record; a list of mappings means any of them."""

    def __init__(self, choices: Any) -> None:
        self.choices = choices
        every = [tests for choice in choices for _, tests in choice]
        self.facts = frozenset().union(*(tests.facts for tests in every))
        self.parameters = frozenset().union(*(tests.parameters for tests in every))

    def state(self, record: Any, ctx: Context) -> Any:
        """MET, UNKNOWN or NOT_MET for one record."""
        return self.explained(record, ctx)[0]

    def explained(self, record: Any, ctx: Context) -> Any:
        """The state, and why it is unknown if it is."""
        if not self.choices:
            return MET, 0
        best, why = NOT_MET, 9
        for choice in self.choices:
            state, reason = _fields_state(choice, record, ctx)
            if state == MET:
                return MET, 0
            if state == UNKNOWN:
                best, why = UNKNOWN, min(why, reason)
        return best, why if best == UNKNOWN else 0

    def words(self) -> str:
        """The requirement in Chinese."""
        return "，或".join(
            "、".join(label(tests.fact) + tests.words() for _, tests in choice) for choice in self.choices
        )


def _fields_state(choice: Any, record: Any, ctx: Context) -> Any:
    state, why = MET, 0
    for name, tests in choice:
        found = record.get(name)
        if isinstance(tests, Presence):
            if (found is not None) != tests.given:
                return NOT_MET, 0
            continue
        if found is None:
            if tests.fact.optional:
                result: Any = (
                    MET if all(test.name in ("is_not", "not_in") for test in tests.tests) else NOT_MET
                )
            else:
                result = Open(EVIDENCE, name)
        else:
            result = tests.run(found, ctx)
        if result == NOT_MET:
            return NOT_MET, 0
        if result != MET:
            state, why = UNKNOWN, max(why, result.why)
    return state, why


def compile_where(raw: Any, fact: Fact, scope: Any, where: Any, key: Any = "where") -> Any:
    """A Where over the fields of the list `fact`."""
    if raw is None:
        return Where([])
    choices = raw if isinstance(raw, list) else [raw]
    compiled = []
    for choice in choices:
        if not isinstance(choice, Map):
            scope.complaints.add(
                where, f"“{key}”应是“字段: 值”，或它们的列表", "如 where: {level: {gte: 市厅级}}", key=key
            )
            continue
        compiled.append(
            [each for each in (_compile_field(choice, name, fact, scope) for name in choice) if each]
        )
    return Where(compiled)


def _compile_presence(value: Any, field: Fact, scope: Any) -> Any:
    if value.keys() != {"given"} or not isinstance(value["given"], bool) or not field.optional:
        scope.complaints.add(
            value,
            "given 只能单独写，后面是 true 或 false，字段须是可以不填的",
            "写作 {isbn: {given: true}}",
            key="given",
        )
    return Presence(field, given=bool(value["given"]))


def _compile_field(choice: Any, name: Any, fact: Fact, scope: Any) -> Any:
    field = fact.fields.get(name)
    if field is None:
        scope.complaints.add(
            choice, f"“{fact.name}”的记录没有字段“{name}”", "可用：" + "、".join(fact.fields), key=name
        )
        return None
    value = choice[name]
    if isinstance(value, Map) and "given" in value:
        return name, _compile_presence(value, field, scope)
    if isinstance(value, Map) and value.keys() <= TEST_KEYS:
        tests = compile_tests(value, field, scope)
    elif isinstance(value, list):
        _check_literal("in", value, field, scope, choice)
        tests = Tests([Test("in", Value(value), None)], field)
    else:
        target = compile_value(value, scope, choice, name)
        if target.constant:
            _check_literal("is", value, field, scope, choice)
        tests = Tests([Test("is", target, None)], field)
    return name, tests
