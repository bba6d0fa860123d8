"""Filters: times as a person reads them, sizes, points."""

from datetime import date, datetime, timedelta

import pytest

from zhiping.kernel.clock import BEIJING
from zhiping.web.templatetags import zhiping as filters

NOW = datetime(2026, 12, 2, 10, 0, tzinfo=BEIJING)


def test_midnight_belongs_to_the_day_that_ends():
    """C-39: windows close at 24:00."""
    assert (
        filters.deadline(datetime(2026, 12, 11, 0, 0, tzinfo=BEIJING)) == "2026 年 12 月 10 日（周四）24:00"
    )


def test_another_time_of_day_is_shown_as_it_is():
    assert (
        filters.deadline(datetime(2026, 12, 10, 17, 30, tzinfo=BEIJING)) == "2026 年 12 月 10 日（周四）17:30"
    )


def test_a_day_is_the_day_in_beijing():
    from datetime import UTC

    assert filters.day(datetime(2026, 12, 9, 17, 0, tzinfo=UTC)) == "2026 年 12 月 10 日（周四）"
    assert filters.day(date(2026, 12, 10)) == "2026 年 12 月 10 日（周四）"


@pytest.mark.parametrize("show", [filters.day, filters.moment, filters.deadline, filters.points])
def test_nothing_is_a_dash(show):
    assert show(None) == "—"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(days=8, hours=5), "还剩 8 天"),
        (timedelta(hours=3, minutes=59), "还剩 3 小时"),
        (timedelta(minutes=10), "还剩不到 1 小时"),
        (timedelta(minutes=-10), "刚刚超期"),
        (timedelta(days=-1), "超期 1 天"),
        (timedelta(days=-3, hours=-2), "超期 3 天"),
    ],
)
def test_what_is_left(gap, words):
    assert filters.left(NOW + gap, NOW) == words


@pytest.mark.parametrize(
    ("value", "most", "shown"), [(72, 144, "50.0"), (9, 3, "100.0"), (-1, 3, "0.0"), (1, 0, "0.0")]
)
def test_a_part_stays_within_the_drawing(value, most, shown):
    assert filters.percent(value, most) == shown


def test_sizes_and_points():
    assert [filters.size(n) for n in (10, 88064, 1153434)] == ["1 KB", "86 KB", "1.1 MB"]
    assert [filters.points(n) for n in (72.0, 4.5)] == ["72", "4.5"]
