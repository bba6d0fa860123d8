"""What papers, patents, teaching and so on count as hours, from conversions.yaml; and the registers by place."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from zhiping.continuing_education.states import HourCategory
from zhiping.kernel.errors import Refused

FOLDER = Path(__file__).parent
MOST_AMOUNT = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Conversion:
    """One line of the table: `hours_each` for every `unit`, at most `most_a_year`."""

    key: str
    label: str
    unit: str
    hours_each: Decimal
    category: str
    proof: str
    cite: str
    assumed: bool
    most_a_year: Decimal | None = None

    def hours_for(self, amount: Decimal) -> Decimal:
        """The hours that an amount gives, to one decimal; refused if it gives none."""
        if not 0 < amount <= MOST_AMOUNT:
            raise Refused(f"数量应大于 0，不超过 {MOST_AMOUNT}，单位是{self.unit}。", field="amount")
        return (amount * self.hours_each).quantize(Decimal("0.1"))

    @property
    def category_label(self) -> str:
        return str(HourCategory(self.category).label)

    @property
    def rate(self) -> str:
        """In words: each 篇 30 hours, at most 60 a year."""
        said = f"每{self.unit} {self.hours_each:g} 学时"
        return said + (f"，一年最多 {self.most_a_year:g} 学时" if self.most_a_year is not None else "")


@dataclass(frozen=True, slots=True)
class Register:
    """A system in which hours are entered."""

    key: str
    name: str
    regions: tuple[str, ...]
    cite: str


@cache
def conversions_for(region: str) -> tuple[Conversion, ...]:
    """The table of a place: that of the longest matching region code."""
    tables = sorted(
        ((len(prefix), table) for table in _read("conversions.yaml")["tables"] for prefix in table["regions"]
         if region.startswith(prefix)),
        key=lambda pair: pair[0],
    )  # fmt: skip
    if not tables:
        return ()
    table = tables[-1][1]
    documents = _read("conversions.yaml")["documents"]
    basis = documents[table["basis"]]["number"]
    return tuple(_conversion(line, basis, bool(table.get("assumed"))) for line in table["conversions"])


@cache
def registers_for(region: str) -> tuple[Register, ...]:
    """The registers in use in a place, the nearest first."""
    found = [
        (max(len(prefix) for prefix in line["regions"] if region.startswith(prefix)), line)
        for line in _read("registers.yaml")
        if any(region.startswith(prefix) for prefix in line["regions"])
    ]
    nearest = sorted(found, key=lambda pair: -pair[0])
    return tuple(
        Register(line["key"], line["name"], tuple(line["regions"]), line["cite"]) for _, line in nearest
    )


def _conversion(line: dict[str, Any], basis: str, assumed: bool) -> Conversion:
    most = line.get("most_a_year")
    return Conversion(
        key=line["key"],
        label=line["label"],
        unit=line["unit"],
        hours_each=Decimal(str(line["hours_each"])),
        category=line["category"],
        proof=line["proof"],
        cite=f"{basis} {line['cite']}",
        assumed=assumed,
        most_a_year=None if most is None else Decimal(str(most)),
    )


@cache
def _read(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((FOLDER / name).read_text(encoding="utf-8"))
