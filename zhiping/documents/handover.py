"""移交清单: the paper forms that one body sends up the chain to another (R-308, R-310)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True)
class HandedOverForm:
    """One person's form. It has no field for ID number or phone."""

    application: str
    name: str
    employer: str
    plan: str
    version: int
    copies: int
    seals: str


@dataclass(frozen=True)
class Handover:
    """A numbered list with room for what the receiver finds and for both signatures."""

    template: ClassVar[str] = "handover"

    heading: str
    number: str
    sender: str
    receiver: str
    made_by: str
    made_at: datetime
    lines: tuple[HandedOverForm, ...]


HEADERS = ("序号", "申报号", "姓名", "单位", "评审计划", "版本", "份数", "应有印章", "核收情况")


def table_of(sheet: Handover) -> tuple[tuple[str, ...], list[tuple[int | str, ...]]]:
    """Header and rows of the same list for Excel: ``write_sheet(*table_of(sheet))``."""
    rows: list[tuple[int | str, ...]] = [
        (
            number,
            line.application,
            line.name,
            line.employer,
            line.plan,
            line.version,
            line.copies,
            line.seals,
            "",
        )
        for number, line in enumerate(sheet.lines, start=1)
    ]
    return HEADERS, rows
