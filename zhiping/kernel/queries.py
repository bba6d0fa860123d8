"""Questions to the calendar table."""

from zhiping.kernel.models import CalendarYear
from zhiping.kernel.working_days import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """The official calendar as a plain value (one small query)."""
    rows = CalendarYear.objects.order_by().values_list("year", "exceptions__day", "exceptions__is_working")
    known = list(rows)  # a year without exceptional days comes once, without a day
    return WorkingCalendar(
        years=frozenset(year for year, _, _ in known),
        exceptions={day: is_working for _, day, is_working in known if day is not None},
    )
