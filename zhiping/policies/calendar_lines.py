"""The lines in which a year's holiday arrangement is typed: `2027-02-05至2027-02-11 休 春节`. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from zhiping.kernel.errors import Refused

SATURDAY = 5
LONGEST_SPAN = 15
LINE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|~)\s*(\d{4}-\d{2}-\d{2}))?\s+(休|班)\s*(.*)")


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A day that differs from Monday-to-Friday."""

    day: date
    is_working: bool
    name: str


def read_lines(text: str, year: int) -> list[Exceptional]:
    """Every exceptional day of the year, or Refused with the number of the line that cannot be read.

    >>> read_lines("2027-01-01 休 元旦", 2027)
    [Exceptional(day=datetime.date(2027, 1, 1), is_working=False, name='元旦')]
    """
    found: dict[date, Exceptional] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for each in _days_of(line.strip(), number, year) if line.strip() else ():
            if each.day in found:
                raise Refused(f"第 {number} 行：{each.day} 前面已经写过，请删去一处。", field="lines")
            found[each.day] = each
    if not found:
        raise Refused("一天也没有写。请按国务院办公厅通知，把放假和调休上班的日子逐行写上。", field="lines")
    return [found[day] for day in sorted(found) if _differs(found[day])]


def lines_of(days: list[Exceptional]) -> str:
    """The same days as text, one a line."""
    return "\n".join(f"{each.day} {'班' if each.is_working else '休'} {each.name}" for each in days)


def _days_of(line: str, number: int, year: int) -> list[Exceptional]:
    match = LINE.fullmatch(line)
    if match is None:
        raise Refused(
            f"第 {number} 行“{line[:30]}”看不懂。请写成“{year}-01-01 休 元旦”的样子。", field="lines"
        )
    first, last = _day(match[1], number), _day(match[2] or match[1], number)
    if first.year != year or last.year != year:
        raise Refused(f"第 {number} 行的日期不在 {year} 年。一次只录入一年。", field="lines")
    if not first <= last <= first + timedelta(days=LONGEST_SPAN):
        raise Refused(
            f"第 {number} 行的起止日期不对：止日应在起日之后、{LONGEST_SPAN} 天以内。", field="lines"
        )
    span = range((last - first).days + 1)
    return [Exceptional(first + timedelta(days=n), match[3] == "班", match[4].strip()[:40]) for n in span]


def _day(text: str, number: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"第 {number} 行：没有 {text} 这一天。", field="lines") from error


def _differs(each: Exceptional) -> bool:
    """A weekend day off is nothing exceptional; it is typed because notices print spans."""
    return each.is_working != (each.day.weekday() < SATURDAY)
