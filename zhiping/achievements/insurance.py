"""From the months that were paid for at one employer to the stretches of a working life (R-370). Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

STILL = 3  # months: who was paid for as lately as this still works there (payments are booked with delay)


def stretches(row: Mapping[str, Any], today: date) -> list[dict[str, Any]]:
    """One row for each unbroken run of months: from, to (left open while it goes on), and a note in words.

    A row whose months cannot be read stays one row that no form takes.

    >>> row = {"id": "x", "employer": "甲", "months": ["2018-01", "2018-02", "2018-05"]}
    >>> [(each["id"], each["from"], each["to"]) for each in stretches(row, date(2026, 3, 2))]
    [('x/2018-01', '2018-01', '2018-02'), ('x/2018-05', '2018-05', '2018-05')]
    """
    found = []
    for first, last in _runs(row.get("months") or ()):
        goes_on = today.year * 12 + today.month - 1 - last <= STILL
        where = str(row.get("area") or "")
        outside = "，省外" if row.get("in_province") is False else ""
        note = f"缴费 {last - first + 1} 个月" + (f"，参保地：{where}{outside}" if where else outside)
        start, end = _text(first), "" if goes_on else _text(last)
        found.append({**row, "id": f"{row['id']}/{start}", "from": start, "to": end, "note": note})
    return found or [{**row, "from": "?"}]


def _runs(months: Iterable[str]) -> list[tuple[int, int]]:
    """First and last of each unbroken run; a month that is none makes the row unreadable."""
    runs: list[tuple[int, int]] = []
    for month in sorted({_number(each) for each in months}):
        if month < 0:
            return []
        if runs and runs[-1][1] == month - 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def _number(text: str) -> int:
    year, _, month = str(text).partition("-")
    is_month = year.isdecimal() and len(year) == 4 and month.isdecimal() and 1 <= int(month) <= 12
    return int(year) * 12 + int(month) - 1 if is_month else -1


def _text(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"
