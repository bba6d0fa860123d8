"""Money and days of a fee. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhiping.kernel.clock import beijing_day, end_of
from zhiping.kernel.working_days import WorkingCalendar

NEEDED = "needed"
DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Line:
    """One fee asked of one person; `fen` is None while nobody has said how much."""

    item: str
    name: str
    fen: int | None
    basis: str


def yuan(fen: int) -> str:
    """How people read an amount.

    >>> yuan(26000), yuan(5), yuan(-18050)
    ('260.00', '0.05', '-180.50')
    """
    return f"{Decimal(fen) / 100:.2f}"


def fen_of(amount: float | Decimal | str) -> int:
    """
    >>> fen_of(180), fen_of("80.5"), fen_of(0.1)
    (18000, 8050, 10)
    """
    return int((Decimal(str(amount)) * 100).to_integral_value())


def lines_of(fees: Iterable[Mapping[str, Any]], set_amounts: Mapping[str, int]) -> list[Line]:
    """The fees of a pack (as the engine tells them) that this person owes; amounts that an office set fill the gaps.

    A fee that depends on a fact nobody knows is not asked for: nothing is charged on a guess.
    """
    return [
        Line(
            item=fee["id"],
            name=fee["name"],
            fen=fen_of(fee["amount"]) if fee.get("amount") is not None else set_amounts.get(fee["id"]),
            basis=str(fee.get("basis") or ""),
        )
        for fee in fees
        if fee["state"] == NEEDED
    ]


def due_after(issued_at: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """24:00 of the last of so many working days; the day on which the bill is made does not count."""
    return end_of(calendar.add(beijing_day(issued_at), days))


DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟", "万")


def in_words(fen: int) -> str:
    """An amount in the capitals of Chinese receipts.

    >>> in_words(26000), in_words(18050), in_words(10005), in_words(5), in_words(100000)
    ('贰佰陆拾元整', '壹佰捌拾元伍角', '壹佰元零伍分', '伍分', '壹仟元整')
    """
    whole, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    text = ""
    for at, digit in enumerate(str(whole)):
        unit = UNITS[len(str(whole)) - at - 1]
        text += DIGITS[int(digit)] + (unit if digit != "0" else "")
    while "零零" in text:
        text = text.replace("零零", "零")
    text = f"{text.rstrip('零')}元" if whole else ""
    if not jiao and not rest:
        return f"{text}整"
    tens = f"{DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return text + tens + (f"{DIGITS[rest]}分" if rest else "")
