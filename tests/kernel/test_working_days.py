"""Working-day periods on the official calendar (R-392, R-276, C-59)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiping.kernel.queries import working_calendar
from zhiping.kernel.working_days import UnknownYear, WorkingCalendar

PLAIN = WorkingCalendar(years=frozenset(range(2019, 2028)), exceptions={})


def test_the_day_of_posting_is_not_counted():
    assert PLAIN.add(date(2026, 3, 2), 5) == date(2026, 3, 9)  # Monday + 5: Tue … Fri, Mon


def test_the_day_of_posting_can_be_counted_when_a_pack_says_so():
    assert PLAIN.add(date(2026, 3, 2), 5, count_first_day=True) == date(2026, 3, 6)


def test_a_worked_saturday_counts_and_a_holiday_does_not():
    calendar = WorkingCalendar(frozenset({2026}), {date(2026, 3, 7): True, date(2026, 3, 4): False})

    assert calendar.add(date(2026, 3, 2), 5) == date(2026, 3, 9)  # Tue Thu Fri Sat Mon


def test_a_year_without_official_table_is_refused_not_guessed():
    calendar = WorkingCalendar(frozenset({2026}), {})

    with pytest.raises(UnknownYear, match="2027 年的节假日安排还没有录入"):
        calendar.add(date(2026, 12, 28), 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2021, 9, 28), 5, date(2021, 10, 11)),  # National Day 10-01…07, 10-09 worked
        (date(2022, 1, 26), 5, date(2022, 2, 7)),  # 01-29, 01-30 worked, festival 01-31…02-06
        (date(2020, 1, 22), 5, date(2020, 2, 6)),  # festival lengthened to 02-02 (2020〕1号)
        (date(2026, 2, 12), 5, date(2026, 2, 26)),  # 02-14 worked, festival 02-15…23
    ],
)
def test_the_shipped_calendar_knows_the_state_council_tables(first, count, last):
    assert working_calendar().add(first, count) == last


@pytest.mark.django_db
def test_the_shipped_calendar_covers_2020_to_2026():
    assert working_calendar().years == frozenset(range(2020, 2027))


@given(
    first=st.dates(date(2020, 1, 1), date(2026, 6, 30)),
    count=st.integers(1, 60),
    odd=st.dictionaries(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=60),
)
def test_adding_agrees_with_counting_day_by_day(first, count, odd):
    calendar = WorkingCalendar(frozenset(range(2019, 2028)), odd)
    last = calendar.add(first, count)

    assert calendar.is_working(last)
    assert calendar.count(first + timedelta(days=1), last) == count
