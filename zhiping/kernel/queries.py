"""Questions to the calendar table."""

from zhiping.kernel.models import CalendarException, CalendarYear
from zhiping.kernel.working_days import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """The official calendar as a plain value (two small queries)."""
    return WorkingCalendar(
        years=frozenset(CalendarYear.objects.values_list("year", flat=True)),
        exceptions=dict(CalendarException.objects.values_list("day", "is_working")),
    )
