"""Full years of service: closed intervals, the cut-off day counts, overlaps once, gaps not at all (C-41, R-106…R-109).

Days are `datetime.date`; a period is a pair (first day, last day), both included.
"""

import calendar
import datetime as dt
from typing import Any

ONE_DAY = dt.timedelta(days=1)


def plus_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later; a day that month does not have becomes the first of the next."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    if day.day > calendar.monthrange(year, month)[1]:
        return plus_months(dt.date(year, month, 1), 1)
    return dt.date(year, month, day.day)


def months_and_days(first: dt.date, last: dt.date) -> tuple[int, int]:
    """Whole months in the closed interval and the days left over.

    >>> months_and_days(dt.date(2018, 1, 1), dt.date(2021, 12, 31))
    (48, 0)
    """
    if last < first:
        return 0, 0
    after = last + ONE_DAY
    months = (after.year - first.year) * 12 + after.month - first.month
    while months and plus_months(first, months) > after:
        months -= 1
    return months, (after - plus_months(first, months)).days


def full_years(first: dt.date, last: dt.date) -> int:
    """Complete years in the closed interval.

    >>> full_years(dt.date(2018, 1, 1), dt.date(2021, 12, 31)), full_years(dt.date(2018, 1, 2), dt.date(2021, 12, 31))
    (4, 3)
    """
    if last < first:
        return 0
    years = last.year - first.year
    after = last + ONE_DAY
    if years + 1 and plus_months(first, (years + 1) * 12) <= after:
        return years + 1
    return years if plus_months(first, years * 12) <= after else years - 1


def day_of_full_years(first: dt.date, years: int) -> dt.date:
    """The first day on which `years` full years since `first` are complete."""
    return plus_months(first, years * 12) - ONE_DAY


def merged(periods: Any) -> Any:
    """Periods in order, overlapping or touching ones joined."""
    joined: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(periods):
        if last < first:
            continue
        if joined and first <= joined[-1][1] + ONE_DAY:
            if last > joined[-1][1]:
                joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def total_months(periods: Any, first: Any = None, last: Any = None) -> int:
    """Months that the periods cover between two days.

    Days left over from several periods make a month for every 30; those of one period alone never do.
    """
    months, leftovers = 0, []
    for begin, end in merged(periods):
        begin = begin if first is None or first <= begin else first  # noqa: PLW2901
        end = end if last is None or end <= last else last  # noqa: PLW2901
        whole, days = months_and_days(begin, end)
        months += whole
        if days:
            leftovers.append(days)
    return months + (sum(leftovers) // 30 if len(leftovers) > 1 else 0)


def day_when_reached(periods: Any, years: int, first: Any = None, after: Any = None) -> Any:
    """The day on which the periods will cover `years` if the one running on `after` goes on; None if none runs."""
    running = [period for period in periods if period[0] <= after <= period[1]]
    if not running:
        return None
    open_ended = [*periods, (min(period[0] for period in running), dt.date(after.year + years + 1, 12, 31))]
    low, high = after.toordinal(), open_ended[-1][1].toordinal()
    while low < high:
        middle = (low + high) // 2
        if total_months(open_ended, first, dt.date.fromordinal(middle)) >= years * 12:
            high = middle
        else:
            low = middle + 1
    return dt.date.fromordinal(low)
