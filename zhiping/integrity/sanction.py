"""What a document threatens: kinds of acts, effects, levels barred, and for how long. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from zhiping.kernel.clock import years_later

FINDING, YEAR_AFTER_REVIEW = "finding", "year_after_review"


@dataclass(frozen=True, slots=True)
class Sanction:
    """One rule. `years` is the length of the record; `starts` says from which day it runs (C-53)."""

    key: str
    text: str
    kinds: tuple[str, ...]
    effects: tuple[str, ...]
    years: int
    starts: str
    bars: tuple[str, ...]
    basis: str
    credit_platforms: bool = False

    def term(self, *, found_on: date, plan_year: int) -> tuple[date, date]:
        """First and last day of the record (R-340, R-343).

        >>> rule = Sanction("fraud", "", (), (), 3, YEAR_AFTER_REVIEW, (), "")
        >>> rule.term(found_on=date(2022, 5, 6), plan_year=2021)
        (datetime.date(2022, 1, 1), datetime.date(2024, 12, 31))
        """
        first = date(plan_year + 1, 1, 1) if self.starts == YEAR_AFTER_REVIEW else found_on
        return first, years_later(first, self.years) - timedelta(days=1)


def sanctions_of(rules: Mapping[str, Any]) -> list[Sanction]:
    """The rules of a plan's pack (its data), the province's own last: they hold for every plan."""
    number = (rules.get("notice") or {}).get("number") or ""
    title = (rules.get("notice") or {}).get("title") or ""
    own = [_sanction(raw, f"{title}（{number}）{raw['cite']}") for raw in rules.get("sanctions") or ()]
    return [*own, *standing_sanctions()]


@cache
def standing_sanctions() -> Sequence[Sanction]:
    """Rules that hold without a plan: for employers, experts and staff too."""
    text = Path(__file__).with_name("regulation.yaml").read_text(encoding="utf-8")
    return tuple(_sanction(raw, raw["basis"]) for raw in YAML(typ="safe", pure=True).load(text))


def _sanction(raw: Mapping[str, Any], basis: str) -> Sanction:
    return Sanction(
        key=raw["id"],
        text=raw["text"],
        kinds=tuple(raw.get("kinds") or ()),
        effects=tuple(raw.get("effects") or ()),
        years=raw["years"],
        starts=raw.get("starts") or FINDING,
        bars=tuple(raw.get("bars") or ()),
        basis=basis,
        credit_platforms=bool(raw.get("credit_platforms")),
    )
