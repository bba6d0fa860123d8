"""A scoring standard as data: rows under second-level under first-level caps; claims carry facts, never points."""

from dataclasses import dataclass, field, replace
from typing import Any

from .factbook import Fact, declare
from .operators import CONDITION_KEYS
from .operators.tests import Where, compile_where
from .operators.written_values import compile_value
from .outcomes import Context
from .yamltext import Map

FULL_YEARS = "full_years"  # the years that the claims of the row cover together decide
MODES = ("sum", "highest_only", "once", FULL_YEARS)


@dataclass(eq=False)
class Test:
    """One clause of `counts_if`: a claim that fails it gives nothing, or waits for people."""

    id: str
    text: str
    cite: dict[Any, Any]
    where: Where
    decision: bool
    by: str
    declared: dict[Any, Any] = field(default_factory=dict)
    applies_to: Any = None

    def concerns(self, row: Any, ctx: Context) -> Any:
        """Does a clause that stands above the rows apply to this one?"""
        return self.applies_to is None or any(name in row.within for name in self.applies_to.get(ctx) or ())


@dataclass(frozen=True, eq=False)
class Line:
    """One line of the points table."""

    where: Where
    points: Any
    times: Any


@dataclass(frozen=True, eq=False)
class Row:
    id: str
    raw: dict[Any, Any]
    cite: dict[Any, Any]
    cap: Any
    fact: Fact
    tests: tuple[Any, ...]
    lines: tuple[Any, ...]
    mode: Any
    best_of: str | None
    within: tuple[Any, ...]

    @property
    def counts_years(self) -> Any:
        return self.mode.constant and self.mode.value == FULL_YEARS


@dataclass(frozen=True, eq=False)
class Group:
    """A first- or second-level indicator."""

    id: str
    name: str
    cite: dict[Any, Any]
    cap: Any
    groups: tuple[Any, ...]
    rows: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Standard:
    raw: dict[Any, Any]
    cite: dict[Any, Any]
    groups: tuple[Any, ...]
    rows: dict[Any, Any]
    facts: frozenset[Any]
    parameters: frozenset[Any]
    threshold: Any
    without: Any
    needs: tuple[Any, ...]

    @property
    def tests(self) -> Any:
        """Every counts_if clause by id."""
        return {test.id: test for row in self.rows.values() for test in row.tests}


class _Reading:
    """Collects the facts and parameters that the standard reads; holds what stands above all rows."""

    def __init__(self, raw: Any) -> None:
        self.facts: set[str] = set()
        self.parameters: set[str] = set()
        self.fields, self.clauses = raw.get("fields") or {}, raw.get("counts_if") or ()

    def note(self, *readers: Any) -> None:
        for reader in readers:
            if reader is not None:
                self.facts |= reader.facts
                self.parameters |= reader.parameters


def compile_scoring(raw: Any, scope: Any) -> Any:
    """The standard, or None if the pack has none."""
    if raw is None:
        return None
    read, needs = _Reading(raw), []
    rows: dict[str, Row] = {}
    groups = tuple(_group(each, scope, read, rows) for each in raw["first_level"])
    _check_common(raw, groups, scope)
    for need in raw.get("needs") or ():
        needs.append((_need(need, scope, read), need, scope.citation(need.get("cite"), need)))
    threshold, without = _threshold(raw.get("threshold"), scope, read)
    caps: list[Any] = [group.cap.value if group.cap.constant else None for group in groups]
    if None not in caps and sum(caps) != raw["maximum"]:
        scope.complaints.add(
            raw,
            f"一级指标合计 {sum(caps)} 分，与 maximum {raw['maximum']} 不同",
            "改正其中之一",
            key="maximum",
        )
    scope.scoring_parameters = frozenset(read.parameters)
    return Standard(
        raw,
        scope.citation(raw["cite"], raw),
        groups,
        rows,
        frozenset(read.facts),
        frozenset(read.parameters),
        threshold,
        without,
        tuple(needs),
    )


def _threshold(raw: Any, scope: Any, read: Any) -> tuple[Any, Any]:
    """What opens the self-scored way, and the first-level groups left out of the sum; None without threshold."""
    if raw is None:
        return None, None
    if raw.get("pathway") not in scope.pathway_ids:
        scope.complaints.add(
            raw,
            f"没有申报方式“{raw.get('pathway')}”",
            "现有：" + "、".join(map(str, scope.pathway_ids)),
            key="pathway",
        )
    gte = compile_value(raw["gte"], scope, raw, "gte")
    without = compile_value(raw["without"], scope, raw, "without") if "without" in raw else None
    read.note(gte, without)
    return gte, without


def _need(raw: Any, scope: Any, read: Any) -> Any:
    """What must hold before anything can be scored; `{fact: f}` alone means that it is given."""
    condition = Map(
        {key: value for key, value in raw.items() if key in CONDITION_KEYS}, file=raw.file, line=raw.line
    )
    if condition.keys() == {"fact"}:
        condition["given"] = True
    node = scope.operator(condition, ())
    read.note(node)
    return node


def _check_common(raw: Any, groups: Any, scope: Any) -> None:
    if isinstance(raw.get("terms"), Map):
        scope.citation(raw["terms"].get("cite"), raw["terms"])
    known = {name for group in groups for name in (group.id, *(each.id for each in group.groups))}
    for each in raw.get("counts_if") or ():
        names = each.get("applies_to")
        for name in names if isinstance(names, list) else ():
            if name not in known:
                scope.complaints.add(
                    each,
                    f"applies_to 里的“{name}”不是指标",
                    "可用：" + "、".join(sorted(known)),
                    key="applies_to",
                )


def _group(raw: Any, scope: Any, read: Any, rows: Any, *, within: Any = ()) -> Any:
    cap = compile_value(raw.get("cap"), scope, raw, "cap", allow_none=True)
    read.note(cap)
    within = (*within, raw["id"])
    seconds = (
        tuple(_group(each, scope, read, rows, within=within) for each in raw.get("second_level") or ())
        if len(within) == 1
        else ()
    )
    own = tuple(_row(each, scope, read, rows, within) for each in raw.get("rows") or ())
    if not seconds and not own:
        scope.complaints.add(
            raw, f"“{raw.get('name')}”下面没有任何得分项", "写 rows 或 second_level", key="id"
        )
    return Group(raw["id"], raw["name"], scope.citation(raw["cite"], raw), cap, seconds, own)


def _row(raw: Any, scope: Any, read: Any, rows: Any, within: Any) -> Any:
    fields = Map(read.fields | (raw.get("fields") or {}), file=raw.file, line=raw.line)
    declared = declare(
        Map(
            {
                raw["id"]: Map(
                    {"type": "list", "fields": fields or Map(note=Map(type="text"))},
                    file=raw.file,
                    line=raw.line,
                )
            },
            file=raw.file,
        ),
        scope.scales,
        scope.complaints,
    )
    fact = declared[raw["id"]]
    fact.fields.setdefault("date", Fact("date", "date", label="取得日期", optional=False))
    tests = tuple(
        _test(each, fact, scope, read, above="again" if rows else "first") for each in read.clauses
    ) + tuple(_test(each, fact, scope, read) for each in raw.get("counts_if") or ())
    counted = _with_years(raw, fact, scope) if raw.get("mode") == FULL_YEARS else fact
    lines = tuple(_line(each, counted, scope, read) for each in raw["points"])
    cap = compile_value(raw.get("cap"), scope, raw, "cap", allow_none=True)
    mode = compile_value(raw.get("mode", "sum"), scope, raw, "mode")
    if mode.constant and mode.value not in MODES:
        scope.complaints.add(raw, f"mode“{mode.value}”不认识", "可用：" + "、".join(MODES), key="mode")
    best = raw.get("best_of")
    if best is not None:
        scope.field(fact, best, raw, "best_of")
    if isinstance(raw.get("definition"), Map):
        scope.citation(raw["definition"].get("cite"), raw["definition"])
    read.note(cap, mode)
    if raw["id"] in rows:
        scope.complaints.add(raw, f"得分项 id“{raw['id']}”重复", "换一个 id", key="id")
    rows[raw["id"]] = Row(
        raw["id"], raw, scope.citation(raw["cite"], raw), cap, fact, tests, lines, mode, best, within
    )
    return rows[raw["id"]]


def _with_years(raw: Any, fact: Fact, scope: Any) -> Any:
    """A row that counts years has periods; only its points table may ask for `full_years`."""
    for name in ("from", "to"):
        scope.field(fact, name, raw, "mode", kind="date")
    return replace(
        fact, fields=fact.fields | {FULL_YEARS: Fact(FULL_YEARS, "integer", unit="年", label="满年数")}
    )


def _test(raw: Any, fact: Fact, scope: Any, read: Any, *, above: Any = "") -> Any:
    """One clause; those above all rows are compiled for each row and registered with the first."""
    scope.only(
        raw,
        (
            "id",
            "text",
            "cite",
            "where",
            "otherwise",
            "by",
            "reading",
            "assumed",
            "note",
            "hint",
            *(("applies_to",) if above else ()),
        ),
    )
    for key in ("id", "text", "cite", "where"):
        if not raw.get(key):
            scope.complaints.add(raw, f"counts_if 的条款缺少“{key}”", "写 id、text、cite、where")
    if raw.get("otherwise") not in (None, "decision"):
        scope.complaints.add(raw, "otherwise 只能是 decision", "不计分就不写 otherwise", key="otherwise")
    where = compile_where(raw.get("where"), fact, scope, raw)
    applies_to = compile_value(raw["applies_to"], scope, raw, "applies_to") if "applies_to" in raw else None
    read.note(where, applies_to)
    test = Test(
        raw.get("id"),
        raw.get("text"),
        scope.citation(raw.get("cite"), raw),
        where,
        raw.get("otherwise") == "decision",
        raw.get("by") or "评审委员会",
        applies_to=applies_to,
    )
    if above != "again":
        scope.register(test, raw)
    return test


def _line(raw: Any, fact: Fact, scope: Any, read: Any) -> Any:
    where = compile_where(raw.get("where"), fact, scope, raw)
    points = compile_value(raw["points"], scope, raw, "points")
    if points.constant and not isinstance(points.value, int | float):
        scope.complaints.add(raw, "points 应是数", "如 points: 5", key="points")
    times = compile_value(raw["times"], scope, raw, "times") if "times" in raw else None
    read.note(where, points, times)
    return Line(where, points, times)
