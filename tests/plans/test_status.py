"""Open now, opening soon, closed: from the windows of the applicants. Pure."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from zhiping.kernel.clock import BEIJING
from zhiping.plans.status import Phase, status_of


def moment(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2022, 4, day, hour, minute, second, tzinfo=BEIJING)


APRIL = (moment(1), moment(11))


def window(opens=APRIL[0], closes=APRIL[1], **fields):
    values = {"who": "applicant", "opens_at": opens, "closes_at": closes, "is_indicative": False}
    return SimpleNamespace(**(values | fields))


@pytest.mark.parametrize(
    ("now", "phase", "days"),
    [
        (moment(1) - timedelta(seconds=1), Phase.SOON, 1),
        (moment(1), Phase.OPEN, 9),
        (moment(3, 12), Phase.CLOSING, 7),
        (moment(10, 23, 59, 59), Phase.CLOSING, 0),
        (moment(11), Phase.CLOSED, 0),
    ],
)
def test_a_window_closes_at_24_00_beijing_time_of_the_printed_day(now, phase, days):
    """R-062, R-393, C-39: 10 April 23:59:59 is in time, 11 April 00:00:00 is late."""
    status = status_of([window()], now)

    assert (status.phase, status.days) == (phase, days)


def test_the_last_day_is_the_day_as_printed():
    assert status_of([window()], moment(2)).last_day.isoformat() == "2022-04-10"
    assert status_of([window()], moment(1) - timedelta(days=3)).last_day.isoformat() == "2022-04-01"


def test_between_two_windows_the_next_one_is_coming():
    """R-387: 4–6 and 7–9."""
    two = [window(moment(1), moment(5)), window(moment(20), moment(25))]

    assert status_of(two, moment(10)).phase is Phase.SOON
    assert status_of(two, moment(21)).phase is Phase.CLOSING
    assert status_of(two, moment(26)).phase is Phase.CLOSED


def test_a_window_without_beginning_is_open():
    assert status_of([window(opens=None)], moment(1)).is_open


def test_a_printed_month_and_other_people_s_windows_are_no_dates():
    others = [window(is_indicative=True), window(who="employer")]

    assert status_of(others, moment(2)).phase is Phase.UNDATED


def test_a_plan_past_its_life_accepts_nothing():
    assert status_of([window()], moment(2), is_accepting=False).phase is Phase.CLOSED
    assert status_of([], moment(2), is_accepting=False).phase is Phase.CLOSED
