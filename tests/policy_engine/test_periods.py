"""Full years (C-41, R-106…R-109): against counting day by day."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiping.policy_engine.periods import (
    day_of_full_years,
    day_when_reached,
    full_years,
    merged,
    months_and_days,
    total_months,
)

DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2030, 12, 31))
PERIODS = st.lists(st.tuples(DAYS, DAYS).map(sorted).map(tuple), max_size=5)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2018-01-01", "2021-12-31", 4),
        ("2018-01-02", "2021-12-31", 3),
        ("2017-12-31", "2021-12-31", 4),
        ("2018-07-01", "2021-12-31", 3),
        ("2018-07-01", "2022-12-31", 4),
        ("2016-02-29", "2017-02-28", 1),
        ("2016-02-29", "2020-02-28", 4),
        ("2021-12-31", "2021-12-31", 0),
        ("2022-01-01", "2021-12-31", 0),
    ],
)
def test_full_years_closed_interval_with_cutoff_day(first, last, years):
    """R-104, R-106, C-41."""
    assert full_years(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == years


def by_counting(first, last):
    """The oracle: walk from anniversary to anniversary; the day before it completes a year."""
    years = 0
    while True:
        try:
            anniversary = first.replace(year=first.year + years + 1)
        except ValueError:
            anniversary = dt.date(first.year + years + 1, 3, 1)
        if anniversary - dt.timedelta(days=1) > last:
            return years
        years += 1


@given(DAYS, DAYS)
def test_full_years_equals_counting_anniversaries(first, last):
    assert full_years(first, last) == (by_counting(first, last) if first <= last else 0)


@given(DAYS, DAYS)
def test_one_period_gives_the_same_years_as_its_interval(first, last):
    """Days left over from one period never make a month (R-107: 4 years 364 days are not 5)."""
    assert total_months([(first, last)]) // 12 == full_years(first, last)


@given(DAYS, st.integers(min_value=1, max_value=30))
def test_the_day_of_full_years_is_the_first_on_which_they_are_complete(first, years):
    day = day_of_full_years(first, years)

    assert full_years(first, day) == years
    assert full_years(first, day - dt.timedelta(days=1)) == years - 1


@given(PERIODS)
def test_merged_periods_cover_the_same_days_once(periods):
    """R-109: overlaps once, gaps not at all."""
    days = {day for first, last in periods for day in range(first.toordinal(), last.toordinal() + 1)}
    joined = merged(periods)

    assert sum(last.toordinal() - first.toordinal() + 1 for first, last in joined) == len(days)
    assert all(a[1] + dt.timedelta(days=1) < b[0] for a, b in pairwise(joined))


@given(PERIODS, DAYS, DAYS)
def test_more_time_never_gives_fewer_years(periods, first, last):
    assert total_months(periods, first, last) <= total_months(periods, None, last) <= total_months(periods)


def test_overlap_counts_once_and_gap_not_at_all():
    """R-109."""
    day = dt.date
    overlapping = [(day(2014, 1, 1), day(2015, 12, 31)), (day(2015, 7, 1), day(2017, 6, 30))]
    apart = [(day(2014, 1, 1), day(2014, 12, 31)), (day(2016, 1, 1), day(2016, 12, 31))]

    assert total_months(overlapping) == 42
    assert total_months(apart) == 24


def test_days_left_over_from_two_periods_make_a_month_for_every_thirty():
    halves = [(dt.date(2015, 1, 1), dt.date(2015, 6, 15)), (dt.date(2017, 6, 16), dt.date(2017, 12, 31))]

    assert [months_and_days(*each) for each in halves] == [(5, 15), (6, 16)]
    assert total_months(halves) == 12


def test_the_day_when_a_running_period_reaches_the_years():
    running = [(dt.date(2019, 7, 1), dt.date(2021, 12, 31))]
    ended = [(dt.date(2015, 1, 1), dt.date(2016, 12, 31))]

    assert day_when_reached(running, 3, None, dt.date(2021, 12, 31)) == dt.date(2022, 6, 30)
    assert day_when_reached(ended, 3, None, dt.date(2021, 12, 31)) is None
