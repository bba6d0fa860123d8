"""The registers that fill the archive, read from sources.yaml, and how their rows become records. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from zhiping.achievements.insurance import stretches
from zhiping.achievements.record import read_record
from zhiping.achievements.schema import FOLDER, Category, Field, categories


@dataclass(frozen=True, slots=True)
class Source:
    """One register."""

    key: str
    label: str
    title: str
    category: str
    proof: str
    trust: str
    limits: str
    asks: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]
    spans: str = ""
    fixed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    needs: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def kind(self) -> Category:
        return categories()[self.category]

    def questions(self, data: Mapping[str, Any]) -> dict[str, Field]:
        """What the person is still asked about a record: what the register never says, and what is missing."""
        fields = self.kind.fields
        return {
            name: question
            for name, question in fields.items()
            if name not in data and (name in self.asks or not question.optional)
        }

    def hindrance(self, data: Mapping[str, Any]) -> str:
        """Why a record cannot be taken yet; empty if it can (R-371)."""
        for name, allowed in self.needs.items():
            if data.get(name) not in allowed:
                return next(iter(allowed.values()))
        return ""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of a register in the words of the archive; `note` tells what the form has no field for."""

    key: str
    data: dict[str, Any]
    proof: str = ""
    note: str = ""


@cache
def sources() -> Mapping[str, Source]:
    """All registers by name, in the order of the file."""
    raw = YAML(typ="safe", pure=True).load(FOLDER / "sources.yaml")
    return MappingProxyType({key: _source(key, said) for key, said in raw.items()})


def read_rows(
    source: Source, rows: Iterable[Mapping[str, Any]], *, today: date
) -> tuple[list[FoundRow], int]:
    """The rows that can be read, and how many cannot: one bad row does not spoil the others."""
    found: list[FoundRow] = []
    unread = 0
    spread = [one for row in rows for one in (stretches(row, today) if source.spans == "months" else [row])]
    for row in spread:
        typed = {
            name: _typed(source, question, row.get(name)) for name, question in source.kind.fields.items()
        }
        typed |= source.fixed
        reading = read_record(source.kind.fields, typed, today=today)
        if reading.errors or not reading.data:
            unread += 1
            continue
        proof = str(row.get("proof") or row["id"])[:80]
        found.append(FoundRow(str(row["id"])[:100], reading.data, proof, str(row.get("note") or "")[:200]))
    return found, unread


def is_same(source: Source, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a found and a typed record speak of one thing."""
    return any(
        all(name in one and _plain(one[name]) == _plain(other.get(name)) for name in names)
        for names in source.same
    )


def _plain(value: Any) -> str:
    return "".join(str(value).split()).casefold()


def _typed(source: Source, question: Field, said: Any) -> str:
    """What a person would have typed for the word of a register."""
    text = "" if said is None else str(said).strip()
    if question.type != "choice":
        return {"True": "true", "False": "false"}.get(text, text)
    known = {words: key for key, words in question.choices.items()} | dict(
        source.words.get(question.name, {})
    )
    return known.get(text, text)


def _source(key: str, said: dict[str, Any]) -> Source:
    lists = {"asks": tuple(said["asks"]), "same": tuple(tuple(names) for names in said["same"])}
    return Source(key=key, **{**said, **lists})
