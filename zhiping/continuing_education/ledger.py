"""Lines of the ledger as facts of the common vocabulary (docs/vocabulary.md, `ce_hours`). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhiping.continuing_education.states import HourCategory

Sum = tuple[int, str, str, Decimal]  # year, register, category, hours


@dataclass(frozen=True, slots=True)
class Line:
    """The hours of one year in one register."""

    year: int
    registered_in: str
    hours: Mapping[str, Decimal]

    def fact(self) -> dict[str, Any]:
        """As the policy engine reads it; numbers without needless decimals."""
        told: dict[str, Any] = {"year": self.year}
        told |= {category: plain(hours) for category, hours in self.hours.items() if hours}
        return told | {"registered_in": self.registered_in}

    def moved(self, years: int) -> "Line":
        """The same hours some years later (or earlier): to hold them against another year's rules."""
        return Line(self.year + years, self.registered_in, self.hours)


def lines_of(sums: Iterable[Sum]) -> list[Line]:
    """Lines by year and register, in this order.

    >>> lines_of([(2026, "甲", "professional", Decimal(60)), (2026, "甲", "public_general", Decimal(12))])[0].fact()
    {'year': 2026, 'professional': 60, 'public_general': 12, 'registered_in': '甲'}
    """
    found: dict[tuple[int, str], dict[str, Decimal]] = {}
    for year, register, category, hours in sums:
        found.setdefault((year, register), {})[category] = hours
    order = list(HourCategory.values)
    return [
        Line(year, register, {name: hours[name] for name in order if name in hours})
        for (year, register), hours in sorted(found.items())
    ]


def plain(hours: Decimal) -> int | float:
    """A number as JSON holds it: 60, 4.5."""
    return int(hours) if hours == hours.to_integral_value() else float(hours)
