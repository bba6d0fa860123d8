"""The numbers of the committee regulation in force on a day, from regulation.yaml. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class Regulation:
    """Sizes in members, periods in years; `cite` gives the article of each number."""

    document: str
    minimum_members: dict[str, dict[str, int]]
    filing_years: int
    term_years: int
    group_members: int
    cite: dict[str, str]


@cache
def _entries() -> tuple[dict[str, Any], ...]:
    text = Path(__file__).with_name("regulation.yaml").read_text(encoding="utf-8")
    return tuple(YAML(typ="safe", pure=True).load(text))


def regulation_on(day: date) -> Regulation:
    """The regulation in force on `day`; before the first one, the first one."""
    entries = _entries()
    chosen = max(
        (e for e in entries if e["effective_from"] <= day),
        key=lambda e: e["effective_from"],
        default=entries[0],
    )
    return Regulation(
        document=chosen["document"],
        minimum_members=chosen["minimum_members"],
        filing_years=chosen["filing_years"],
        term_years=chosen["term_years"],
        group_members=chosen["group_members"],
        cite={name.removesuffix("_cite"): chosen[name] for name in chosen if name.endswith("_cite")},
    )
