"""The categories of the archive and the questions of the profile, read from their YAML files (R-046, R-037)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent
FIELD_TYPES = frozenset({"text", "date", "choice", "boolean", "integer", "number"})


@dataclass(frozen=True, slots=True)
class Field:
    """One question."""

    name: str
    label: str
    type: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    optional: bool = False
    future: bool = False
    not_before: str = ""
    min: int | None = None
    max: int | None = None
    unit: str = ""
    length: int = 120
    pattern: str = ""
    wrong: str = ""
    sensitive: bool = False

    @property
    def options(self) -> list[tuple[str, str]]:
        """Key and words of each choice; a boolean is a choice of 是 and 否."""
        return list(self.choices.items()) if self.type == "choice" else [("true", "是"), ("false", "否")]

    @property
    def is_long(self) -> bool:
        return self.length > 200


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the evidence; needed always, or when the record says what `when` lists."""

    key: str
    label: str
    rule: str
    hint: str = ""
    optional: bool = False
    when: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def is_needed(self, data: Mapping[str, Any]) -> bool:
        return not self.optional and all(data.get(name) in values for name, values in self.when.items())


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of achievement."""

    key: str
    label: str
    hint: str
    title: str
    day: str
    fields: Mapping[str, Field]
    evidence: tuple[Part, ...]

    def part(self, key: str) -> Part | None:
        return next((part for part in self.evidence if part.key == key), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Categories, or questions of the profile, under one heading."""

    key: str
    label: str
    members: tuple[str, ...]


@cache
def categories() -> Mapping[str, Category]:
    """All categories by key, in the order of the file."""
    raw = _read("categories.yaml")["categories"]
    return MappingProxyType({key: _category(key, said) for key, said in raw.items()})


@cache
def groups() -> tuple[Group, ...]:
    """The headings under which the archive lists its categories."""
    raw = _read("categories.yaml")["groups"]
    return tuple(Group(key, said["label"], tuple(said["categories"])) for key, said in raw.items())


@cache
def profile_fields() -> Mapping[str, Field]:
    """The questions of the profile by name."""
    raw = _read("profile.yaml")["fields"]
    return MappingProxyType({name: _field(name, said) for name, said in raw.items()})


@cache
def profile_groups() -> tuple[Group, ...]:
    """The headings of the profile."""
    raw = _read("profile.yaml")["groups"]
    return tuple(Group(key, said["label"], tuple(said["fields"])) for key, said in raw.items())


def _read(name: str) -> dict[str, Any]:
    return YAML(typ="safe", pure=True).load(FOLDER / name)


def _category(key: str, said: dict[str, Any]) -> Category:
    fields = {name: _field(name, field_said) for name, field_said in said["fields"].items()}
    evidence = tuple(_part(part_said) for part_said in said["evidence"])
    return Category(
        key=key,
        label=said["label"],
        hint=said["hint"],
        title=said["title"],
        day=said["day"],
        fields=MappingProxyType(fields),
        evidence=evidence,
    )


def _field(name: str, said: dict[str, Any]) -> Field:
    if said["type"] not in FIELD_TYPES:
        raise ValueError(f"{name}: unknown type {said['type']}")
    choices = MappingProxyType(dict(said.get("choices", {})))
    return Field(name=name, **{**said, "choices": choices})


def _part(said: dict[str, Any]) -> Part:
    when = MappingProxyType({name: tuple(values) for name, values in said.get("when", {}).items()})
    rest = {key: value for key, value in said.items() if key not in {"part", "when"}}
    return Part(key=said["part"], when=when, **rest)
