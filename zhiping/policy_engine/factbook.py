"""Declared facts: their types and words, and the check of what is said about a person."""

import datetime as dt
import difflib
import re
from dataclasses import dataclass, field
from typing import Any

from .problems import Complaints
from .yamltext import Map

RECORD_KEYS = ("evidence", "proof", "confirmed", "source", "id")
PERSON_KEYS = ("name", "sources", "documents", "claims", "facts")
TYPE_WORDS = {
    "boolean": "true 或 false",
    "integer": "整数",
    "number": "数",
    "text": "文字",
    "date": "日期 2021-12-31 或 2018-01",
    "choice": "下列之一",
    "choices": "下列的列表",
    "list": "记录的列表",
}


@dataclass(frozen=True)
class Fact:
    """One declared fact or one field of its records."""

    name: str
    type: str
    question: str = ""
    label: str = ""
    unit: str = ""
    values: tuple[Any, ...] = ()
    words: dict[Any, Any] = field(default_factory=dict)
    ordered: bool = False
    optional: bool = False
    source: str = ""
    fields: dict[Any, Any] = field(default_factory=dict)

    @property
    def rank(self) -> Any:
        return {value: index for index, value in enumerate(self.values)}

    def shown(self, value: Any) -> str:
        """A value of this fact as people see it."""
        if isinstance(value, list | tuple | frozenset):
            return "、".join(self.shown(each) for each in value)
        return str(self.words[value]) if isinstance(value, str) and value in self.words else shown(value)

    def as_dict(self) -> dict[str, Any]:
        """What `policy facts` prints."""
        told = {
            "name": self.name,
            "type": self.type,
            "unit": self.unit or None,
            "label": self.label or None,
            "question": self.question or None,
            "values": list(self.values) or None,
            "words": self.words or None,
            "ordered": self.ordered or None,
            "source": self.source or None,
            "optional": self.optional or None,
            "fields": [each.as_dict() for each in self.fields.values()] if self.type == "list" else None,
        }
        return {key: value for key, value in told.items() if value is not None}


@dataclass(slots=True)
class Person:
    """Checked facts about one person."""

    values: dict[Any, Any]
    name: str = ""
    sources: dict[Any, Any] = field(default_factory=dict)
    documents: frozenset | None = None
    claims: list | None = None


def declare(section: Any, scales: Any, complaints: Complaints) -> Any:
    """Turn the `facts` section into Fact objects by name."""
    return {
        name: _declared(name, raw, scales, complaints)
        for name, raw in (section or {}).items()
        if isinstance(raw, Map)
    }


def _declared(name: Any, raw: Any, scales: Any, complaints: Complaints) -> Any:
    kind, choices, ordered = raw.get("type"), raw.get("values") or (), False
    scale = raw.get("scale")
    if scale is not None:
        ordered, choices = True, scales.get(scale) or ()
        if scale not in scales:
            complaints.add(
                raw,
                f"没有名为“{scale}”的等级表",
                "在 scales 里写出，或改用：" + "、".join(scales),
                key="scale",
            )
    values, words = tuple(choices), dict(choices) if isinstance(choices, dict) else {}
    if kind in ("choice", "choices") and not values:
        complaints.add(raw, f"“{name}”是选项，却没有列出可选的值", "写 values: […] 或 scale: …", key="type")
    if kind == "list" and not raw.get("fields"):
        complaints.add(raw, f"“{name}”是列表，却没有写每条记录的字段", "写 fields: {…}", key="type")
    fields = {
        each: _declared(each, sub, scales, complaints)
        for each, sub in (raw.get("fields") or {}).items()
        if isinstance(sub, Map)
    }
    for reserved in set(fields) & (set(RECORD_KEYS) - {"confirmed"}):
        complaints.add(raw["fields"], f"字段名“{reserved}”是每条记录自带的", "换一个名", key=reserved)
    if kind == "list":
        for key in RECORD_KEYS:
            fields.setdefault(key, Fact(key, "boolean" if key == "confirmed" else "text", optional=True))
    return Fact(
        name,
        kind or "text",
        raw.get("question") or "",
        raw.get("label") or "",
        raw.get("unit") or "",
        values,
        words,
        ordered,
        bool(raw.get("optional")),
        raw.get("source") or "",
        fields,
    )


def check_person(facts: Any, raw: Any, *, file: Any = "facts", claims_allowed: Any = True) -> Any:
    """Check a mapping of facts against the declarations; PackError names key, line and what is allowed."""
    if isinstance(raw, Person):
        return raw
    complaints = Complaints()
    raw = raw if isinstance(raw, Map) else Map(raw, file=file)
    said = raw.get("facts")
    if said is not None and isinstance(said, dict):
        raw = _flattened(raw, said)
    person = Person({}, name=str(raw.get("name") or ""))
    for key, value in raw.items():
        if key in PERSON_KEYS:
            continue
        if key not in facts:
            complaints.add(raw, f"不认识的键“{key}”", _nearest(key, [*facts, *PERSON_KEYS]), key=key)
        elif value is not None:
            person.values[key] = _read(facts[key], value, raw, key, complaints)
    sources = raw.get("sources")
    if isinstance(sources, dict):
        person.sources = {key: str(value) for key, value in sources.items()}
    elif sources is not None:
        complaints.add(
            raw, "sources 应是“事实: 来源”的形式", "如 sources: {employer_kind: 社保}", key="sources"
        )
    person.documents = _documents(raw, complaints)
    if claims_allowed and raw.get("claims") is not None:
        person.claims = raw["claims"]
    complaints.raise_if_any()
    return person


def _documents(raw: Any, complaints: Complaints) -> Any:
    documents = raw.get("documents")
    if documents is None:
        return None
    if isinstance(documents, list) and all(isinstance(each, str) for each in documents):
        return frozenset(documents)
    complaints.add(raw, "documents 应是材料 id 的列表", "如 documents: [post_form]", key="documents")
    return None


def _flattened(raw: Any, said: Any) -> Any:
    flat = Map(raw, file=raw.file, line=raw.line)
    flat.lines.update(raw.lines)
    del flat["facts"]
    for key, value in said.items():
        flat[key] = value
        flat.lines[key] = getattr(said, "lines", {}).get(key, raw.line)
    return flat


def _read(fact: Fact, value: Any, where: Any, key: Any, complaints: Complaints) -> Any:
    kind = fact.type
    if kind == "list":
        return _records(fact, value, where, key, complaints)
    if kind == "choices":
        if isinstance(value, list) and all(each in fact.values for each in value):
            return frozenset(value)
    elif kind == "date":
        day = read_day(value, last=key in ("to", "until") or key.endswith("_until"))
        if day is not None:
            return day
    elif _fits(kind, value, fact.values):
        return value
    elif kind == "choice" and value in fact.words.values():
        return next(key for key, word in fact.words.items() if word == value)
    allowed = "应为" + TYPE_WORDS[kind] + (f"（单位：{fact.unit}）" if fact.unit else "")
    if fact.values:
        allowed += "：" + "、".join(
            f"{each}（{fact.words[each]}）" if each in fact.words else each for each in fact.values
        )
    complaints.add(where, f"“{key}”的值不对：{shown(value)[:40]}", allowed, key=key)
    return None


def _fits(kind: Any, value: Any, values: Any) -> Any:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124 NaN
    if kind == "choice":
        return isinstance(value, str) and value in values
    return isinstance(value, str)


def _records(fact: Fact, value: Any, where: Any, key: Any, complaints: Complaints) -> Any:
    if not isinstance(value, list):
        complaints.add(where, f"“{key}”应是记录的列表", f"写作 {key}: [{{…}}]，没有则写 []", key=key)
        return []
    records = []
    for index, item in enumerate(value):
        if not isinstance(item, dict):
            complaints.add(
                value if isinstance(value, list) and hasattr(value, "lines") else where,
                f"“{key}”第 {index + 1} 条应是“字段: 值”的形式",
                "可用字段：" + "、".join(fact.fields),
                key=index,
            )
            continue
        item = item if isinstance(item, Map) else Map(item, file=where.file, line=where.lines.get(key, 0))  # noqa: PLW2901
        records.append(read_record(fact, item, index, complaints))
    return records


def read_record(fact: Fact, item: Any, index: Any, complaints: Complaints) -> Any:
    """One checked record of a list (also one claim of a scoring row)."""
    record = {}
    for name, each in item.items():
        if name not in fact.fields:
            complaints.add(
                item,
                f"“{fact.name}”第 {index + 1} 条里不认识的键“{name}”",
                _nearest(name, fact.fields),
                key=name,
            )
        elif each is not None:
            record[name] = _read(fact.fields[name], each, item, name, complaints)
    return record


def read_day(value: Any, *, last: Any = False) -> Any:
    """A date; `2018-01` is the first (or last) day of that month (R-108); None if it is not a date."""
    if isinstance(value, dt.date):
        return None if isinstance(value, dt.datetime) else value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value):
        return None
    try:
        first = dt.date.fromisoformat(value if len(value) == 10 else value + "-01")
    except ValueError:
        return None
    if len(value) == 10 or not last:
        return first
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _nearest(key: Any, allowed: Any) -> Any:
    close = difflib.get_close_matches(str(key), allowed, n=1)
    return (f"是不是 {close[0]}？" if close else "") + "可用：" + "、".join(each for each in allowed)


def shown(value: Any) -> str:
    """A value in a Chinese sentence."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, list | tuple | frozenset | set):
        return "、".join(shown(each) for each in (sorted(value) if isinstance(value, frozenset) else value))
    return "未填" if value is None else str(value)


def label(fact: Fact) -> str:
    """A short Chinese name of a fact for sentences."""
    if fact.label:
        return fact.label
    words = fact.question.removeprefix("您的").removeprefix("您").rstrip("？?").removeprefix("是否")
    return re.sub(r"（[^）]*）$", "", words) or fact.name
