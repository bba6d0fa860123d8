"""A policy pack: a notice as a program. Loaded once, checked whole, compiled to conditions, never changed."""

import functools
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .clauses import compile_clause
from .factbook import declare
from .merge import canonical_text, parsed, read_whole
from .notice import check_notice
from .problems import Complaints, PackError, Problem
from .schema import check
from .scope import Scope
from .scoring import compile_scoring
from .shape import PACK
from .yamltext import Map, parse


@dataclass(frozen=True)
class Pathway:
    """One way to apply, with everything that binds it."""

    id: str
    name: str
    raw: dict[Any, Any]
    cite: dict[Any, Any]
    offered_if: Any
    opens_if: tuple[Any, ...]
    requires: tuple[Any, ...]
    waives: tuple[Any, ...]

    def is_for(self, title: Any) -> bool:
        titles = self.raw.get("titles")
        return not titles or title["id"] in titles or title["name"] in titles


@dataclass(frozen=True, eq=False)
class Pack:
    """The compiled pack. `data` is the whole notice as plain data for pages; do not change it."""

    id: str
    data: dict[Any, Any]
    facts: dict[Any, Any]
    clauses: dict[Any, Any]
    gates: tuple[Any, ...]
    pathways: tuple[Any, ...]
    conditions: dict[Any, Any]
    scoring: Any
    text: str
    checksum: str
    own_clauses: frozenset[Any] = frozenset()
    shared_clauses: frozenset[Any] = frozenset()
    plans: dict[Any, Any] = field(default_factory=dict)  # what binds each pathway, filled by `judge`

    @property
    def name(self) -> Any:
        return self.data["name"]

    @property
    def is_abstract(self) -> bool:
        return bool(self.data.get("abstract"))

    @property
    def cutoff(self) -> Any:
        return self.data["plan"]["cutoff"]["day"]

    @property
    def titles(self) -> Any:
        return self.data["titles"]

    @functools.cached_property
    def parameters(self) -> Any:
        """Default value of every parameter."""
        return {name: raw.get("value") for name, raw in (self.data.get("parameters") or {}).items()}

    def title(self, wanted: Any) -> Any:
        """The title with this id or name, or None."""
        return next((each for each in self.titles if wanted in (each["id"], each["name"])), None)

    def pathways_for(self, title: Any) -> Any:
        return [pathway for pathway in self.pathways if pathway.is_for(title)]

    def facts_read(self) -> Any:
        """Names of the facts that some clause, window, chain or material reads."""
        read: set[str] = set()
        for pathway in self.pathways:
            for node in (pathway.offered_if, *pathway.opens_if, *pathway.requires):
                read |= node.facts if node is not None else frozenset()
        for node in (*self.gates, *self.conditions.values()):
            read |= node.facts
        if self.scoring is not None:
            read |= self.scoring.facts
        return [name for name in self.facts if name in read]

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON-ready data, with the checksum of the canonical text."""
        return {"id": self.id, "name": self.name, "checksum": self.checksum, "pack": plain(self.data)}


def load_pack(path: Any) -> Any:
    """The pack in a folder (or its pack.yaml); PackError with every problem found."""
    path = _pack_file(path)
    stamp = tuple(sorted((str(each), each.stat().st_mtime_ns) for each in _files_beside(path)))
    return _load(path, stamp)


@functools.lru_cache(maxsize=256)
def _load(path: Any, _stamp: Any) -> Any:
    data = read_whole(path)
    shared = frozenset().union(*(_ids_in(path.parent.parent / name) for name in _used_by(path)))
    return build(data, own=_ids_in(path), shared=shared)


@functools.lru_cache(maxsize=128)
def load_pack_text(text: Any, file: Any = "pack.yaml") -> Any:
    """A pack from its whole text, as published: `Pack.text` of a loaded pack gives the same pack again."""
    data = parse(text, file)
    if not isinstance(data, Map):
        raise PackError([Problem(file, 1, "最外层应是“键: 值”", "按手册第 1 节写")])
    for key in ("use", "extends"):
        if data.get(key):
            raise PackError(
                [Problem(file, data.lines.get(key, 0), f"单独的文本不能有 {key}", "发布时用合并后的全文")]
            )
    return build(data)


def build(data: Any, *, own: Any = None, shared: Any = frozenset()) -> Any:
    """Check and compile a merged pack."""
    complaints = Complaints()
    check(data, PACK, complaints, "文件")
    facts = declare(data.get("facts"), data.get("scales") or {}, complaints)
    complaints.raise_if_any()
    scope = Scope(data, facts, complaints)
    conditions: dict[str, Any] = {}
    check_notice(data, scope, conditions)
    scoring = compile_scoring(data.get("scoring"), scope)
    gates = tuple(compile_clause(raw, scope, data["gates"], i) for i, raw in enumerate(data["gates"]))
    pathways = tuple(
        _pathway(raw, scope, {raw.get("id") for raw in data["gates"]}) for raw in data["pathways"]
    )
    for name in scope.definitions:
        scope.defined(name, scope.definitions, name)
    complaints.raise_if_any()
    text = canonical_text({key: value for key, value in data.items() if key != "extends"})
    return Pack(
        data["id"],
        data,
        facts,
        scope.clauses,
        gates,
        pathways,
        conditions,
        scoring,
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        frozenset(scope.clauses) if own is None else frozenset(scope.clauses) & own,
        frozenset(scope.clauses) & shared,
    )


def _pathway(raw: Any, scope: Any, gate_ids: Any) -> Any:
    for name in raw.get("waives") or ():
        if name not in gate_ids:
            scope.complaints.add(
                raw,
                f"waives 里的“{name}”不是 gates 的条款",
                "现有：" + "、".join(map(str, gate_ids)),
                key="waives",
            )
    scope.check_meta(
        {"titles": raw.get("titles")}
        if not isinstance(raw, Map)
        else Map(titles=raw.get("titles"), file=raw.file, line=raw.line)
    )
    material_ids = {each.get("id") for each in scope.materials}
    for name in raw.get("forms") or ():
        if name not in material_ids:
            scope.complaints.add(
                raw, f"forms 里的“{name}”不在 materials 里", "先在 materials 里写出它", key="forms"
            )
    offered, opens = raw.get("offered_if"), raw.get("opens_if")
    opens = [] if opens is None else opens if isinstance(opens, list) else [opens]
    return Pathway(
        raw["id"],
        raw["name"],
        raw,
        scope.citation(raw["cite"], raw),
        scope.condition(offered, raw, "offered_if") if offered is not None else None,
        tuple(scope.condition(each, raw, "opens_if") for each in opens),
        tuple(compile_clause(each, scope, raw["requires"], i) for i, each in enumerate(raw["requires"])),
        tuple(raw.get("waives") or ()),
    )


def lint(path: Any) -> Any:
    """Every problem of the pack at `path`; an empty list if there is none."""
    try:
        pack = load_pack(path)
    except PackError as error:
        return error.problems
    folder = _pack_file(path).parent.name
    if pack.id != folder:
        return [
            Problem(
                f"{folder}/pack.yaml",
                pack.data.lines.get("id", 0),
                f"id“{pack.id}”与文件夹名“{folder}”不同",
                "改成一样",
            )
        ]
    return []


def _pack_file(path: Any) -> Any:
    path = Path(path)
    path = path / "pack.yaml" if path.is_dir() else path
    if not path.is_file():
        raise PackError([Problem(str(path), 0, "没有这个文件", "给出文件夹名，或 pack.yaml 的路径")])
    return path.resolve()


def _files_beside(path: Any) -> Any:
    """The files whose change must be noticed: this pack, its parents and the shared fragments."""
    root = path.parent.parent
    return [
        path,
        *root.glob("_shared/*.yaml"),
        *(root.glob("*/pack.yaml") if "extends:" in path.read_text("utf-8") else ()),
    ]


def _used_by(path: Any) -> Any:
    return tuple(str(name) for name in parsed(path, path.stat().st_mtime_ns).get("use") or ())


def _ids_in(path: Any) -> Any:
    """Ids written in one file itself, not in its parent or fragments."""
    found, rest = set(), [parsed(path, path.stat().st_mtime_ns)]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            if isinstance(value.get("id"), str):
                found.add(value["id"])
            rest += value.values()
        elif isinstance(value, list):
            rest += value
    return frozenset(found)


def plain(value: Any) -> Any:
    """JSON-ready copy: days as ISO text."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float | bool) else value.isoformat()
