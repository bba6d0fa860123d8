"""Moving dates into a new year; what is wrong with a set of dates. Pure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhiping.kernel.errors import Refused
from zhiping.kernel.queries import working_calendar
from zhiping.plans.rollover import Span, findings, latest_start, same_day_in, shift_by_year, shift_from


@pytest.fixture
def calendar(db):
    return working_calendar()


def spans(applicant=(date(2026, 3, 2), date(2026, 4, 10)), unit=date(2026, 4, 24)) -> list[Span]:
    return [
        Span("applicant", "个人申报", "applicant", *applicant),
        Span("unit", "单位审核", "employer", None, unit, after="applicant"),
    ]


def blocking(found) -> list[str]:
    return [each.sentence for each in found if each.blocks]


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2025, 4, 10), date(2026, 4, 9)),  # Thursday to the nearest Thursday
        (date(2025, 11, 16), date(2026, 11, 15)),  # a Sunday stays a Sunday (C-40)
        (date(2025, 5, 6), date(2026, 5, 6)),  # Tuesday 5 May 2026 is a holiday: the next working day
        (date(2025, 1, 2), date(2026, 1, 4)),  # Thursday 1 January 2026: 4 January is worked
    ],
)
def test_a_date_keeps_place_and_weekday_and_stays_a_working_day(calendar, day, moved):
    assert shift_by_year(1, calendar)(day) == moved


def test_a_date_does_not_leave_its_year(calendar):
    """1 January 2021 is a Friday, the nearest Friday lies in 2024: the day itself is taken, then moved off the holiday."""
    assert shift_by_year(1, calendar)(date(2025, 12, 31)) == date(2026, 12, 30)
    assert shift_by_year(5, calendar)(date(2020, 12, 31)).year == 2025


def test_everything_keeps_its_distance_from_a_given_first_day(calendar):
    shift = shift_from(date(2021, 12, 1), date(2026, 11, 2), calendar)

    assert shift(date(2021, 12, 1)) == date(2026, 11, 2)
    assert shift(date(2021, 12, 10)) == date(2026, 11, 11)
    assert shift(date(2021, 12, 20)) == date(2026, 11, 23)  # 21 November 2026 is a Saturday


def test_moving_into_an_unknown_year_is_refused(calendar):
    """R-392: fails closed."""
    with pytest.raises(Refused, match="2031 年的节假日安排还没有录入"):
        shift_by_year(6, calendar)(date(2025, 4, 10))


@pytest.mark.parametrize(
    ("day", "years", "moved"),
    [(date(2021, 12, 31), 5, date(2026, 12, 31)), (date(2024, 2, 29), 1, date(2025, 2, 28))],
)
def test_the_cut_off_keeps_its_day(day, years, moved):
    """R-104."""
    assert same_day_in(day, years) == moved


@pytest.mark.parametrize(
    ("last", "start"),
    [
        (date(2022, 4, 21), date(2022, 4, 15)),
        (date(2022, 9, 14), date(2022, 9, 7)),
        (date(2021, 12, 23), date(2021, 12, 17)),
        (date(2022, 4, 8), date(2022, 4, 1)),
    ],
)
def test_the_latest_start_of_a_publicity(calendar, last, start):
    """R-303; if the day of posting does not count (architecture §7.13) it is one working day earlier."""
    earlier = latest_start(last, 5, calendar, counts_first_day=False)

    assert latest_start(last, 5, calendar, counts_first_day=True) == start
    assert calendar.add(earlier, 1) == start


def test_dates_in_order_with_room_block_nothing(calendar):
    found = findings(spans(), calendar, publicity={"unit": 5}, counts_first_day=False)

    assert blocking(found) == []
    assert [each.sentence for each in found] == ["单位公示 5 个工作日，最晚 2026-04-17 张贴才来得及。"]


def test_no_room_for_the_publicity_blocks(calendar):
    """R-303."""
    found = findings(spans(unit=date(2026, 4, 16)), calendar, publicity={"unit": 5}, counts_first_day=False)

    (sentence,) = blocking(found)
    assert "放不下 5 个工作日的公示" in sentence
    assert "2026-04-09" in sentence


@pytest.mark.parametrize(
    ("applicant", "words"),
    [
        ((None, date(2026, 4, 10)), "没有开始日"),
        ((date(2026, 3, 2), None), "没有截止日"),
        ((date(2026, 4, 11), date(2026, 4, 10)), "截止日早于开始日"),
        ((date(2026, 3, 2), date(2031, 4, 10)), "2031 年的节假日安排还没有录入"),
    ],
)
def test_dates_that_cannot_be_published_block(calendar, applicant, words):
    """R-076: a window that opens "from the date of issue" needs the date."""
    found = findings(spans(applicant, None), calendar, publicity={}, counts_first_day=False)

    assert any(words in sentence for sentence in blocking(found))


def test_a_step_may_not_close_before_the_one_it_follows(calendar):
    found = findings(spans(unit=date(2026, 4, 9)), calendar, publicity={}, counts_first_day=False)

    assert blocking(found) == ["“单位审核”的截止日早于前一步“个人申报”，请改正。"]


def test_a_deadline_on_a_day_off_is_flagged_not_moved(calendar):
    """C-40."""
    found = findings(
        spans((date(2026, 3, 2), date(2026, 4, 12))), calendar, publicity={}, counts_first_day=False
    )

    assert blocking(found) == []
    assert "截止在休息日（2026-04-12）" in found[0].sentence


def test_a_printed_month_is_no_date(calendar):
    """R-386: such a plan cannot be published before somebody enters days."""
    month = [replace(span, is_indicative=True) for span in spans()]

    assert blocking(findings(month, calendar, publicity={}, counts_first_day=False)) == [
        "没有个人申报的时间。至少要有一个个人申报窗口。"
    ]


def test_latest_start_is_itself_a_working_day(calendar):
    day = latest_start(date(2026, 10, 12), 2, calendar, counts_first_day=False)

    assert calendar.is_working(day)
    assert day < date(2026, 10, 12) - timedelta(days=2)
