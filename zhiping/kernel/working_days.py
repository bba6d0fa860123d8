"""Working-day arithmetic on China's adjusted calendar (R-392). Pure: the table is passed in.

Source of the rule: periods are "不少于5个工作日"; the day of posting is not counted (architecture §7.13, C-59).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from zhiping.kernel.errors import Refused

SATURDAY = 5


class UnknownYear(Refused):
    """No official calendar has been entered for the year."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Years that are known, and the days in them that differ from Monday-to-Friday."""

    years: frozenset[int]
    exceptions: dict[date, bool]  # day -> is a working day

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day; refuses in a year without an official table."""
        if day.year not in self.years:
            raise UnknownYear(
                f"{day.year} 年的节假日安排还没有录入，无法计算工作日。请系统管理员在“工作日历”里录入国务院通知后再试。"
            )
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def add(self, day: date, count: int, *, count_first_day: bool = False) -> date:
        """The day on which `count` working days are complete, starting after (or on) `day`.

        >>> WorkingCalendar(frozenset({2025}), {}).add(date(2025, 11, 21), 5)
        datetime.date(2025, 11, 28)
        """
        if count < 1:
            raise ValueError("count must be at least 1")
        current = day if count_first_day else day + timedelta(days=1)
        self.is_working(day)  # the first day, too, must lie in a known year
        while True:
            count -= self.is_working(current)
            if count == 0:
                return current
            current += timedelta(days=1)

    def count(self, first: date, last: date) -> int:
        """Working days in the closed interval first…last."""
        days = range((last - first).days + 1)
        return sum(self.is_working(first + timedelta(days=offset)) for offset in days)
