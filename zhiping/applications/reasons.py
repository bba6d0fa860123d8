"""Reasons of a return: the catalogue, and one reason as a value that is whole or refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from zhiping.applications.places import Place
from zhiping.documents.glyphs import printable_text
from zhiping.kernel.errors import Refused

CATALOGUE = Path(__file__).parent / "return_reasons.yaml"


@dataclass(frozen=True, slots=True)
class Reason:
    """Where, which kind of fault, 差在哪, 怎么改."""

    place: str
    code: str
    wrong: str
    fix: str


@cache
def catalogue() -> dict[str, str]:
    """Code to words, in the order of the file."""
    return dict(YAML(typ="safe").load(CATALOGUE.read_text(encoding="utf-8")))


def checked(reasons: Iterable[Reason], places: Mapping[str, Place]) -> list[tuple[Place, Reason]]:
    """Every reason with its place; Refused when one has no place, no code, no fault or no remedy (ui.md §6)."""
    found = []
    for each in reasons:
        place = places.get(each.place)
        if place is None:
            raise Refused("退回原因要落在具体的栏目、业绩或附件上。请为每条原因选择位置。", field="place")
        wrong, fix = printable_text(each.wrong, field="wrong"), printable_text(each.fix, field="fix")
        reason = replace(each, wrong=wrong, fix=fix)
        if reason.code not in catalogue():
            raise Refused(f"“{place.label}”的退回原因没有选类别。请从列表里选一项。", field="code")
        if not reason.wrong:
            raise Refused(f"“{place.label}”没有写差在哪。请写明错的或缺的是什么。", field="wrong")
        if not reason.fix:
            raise Refused(f"“{place.label}”没有写怎么改。请写明申报人要做什么。", field="fix")
        found.append((place, reason))
    if not found:
        raise Refused("退回至少要写一条原因，并落在具体的栏目、业绩或附件上。", field="place")
    return found
