"""Moving last year's dates into a new year, and what is wrong with a set of dates. Pure.

A date keeps its place in the year and its weekday; a working day that falls on a holiday moves to the next working
day. If the day on which applications open is given, everything keeps its distance from it instead. Deadlines on days
off are kept as they are and flagged (C-40).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhiping.kernel.errors import Refused
from zhiping.kernel.working_days import UnknownYear, WorkingCalendar

WEEK = 7
HALF_WEEK = 3
LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Span:
    """The window of one step in days; `closes` is the last day on which one may act."""

    step: str
    name: str
    who: str
    opens: date | None
    closes: date | None
    after: str = ""
    is_indicative: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the dates; what `blocks` keeps the plan from being proposed."""

    step: str
    sentence: str
    blocks: bool


def shift_by_year(years: int, calendar: WorkingCalendar) -> Callable[[date], date]:
    """The rule "same weekday nearest to the same day of the year, and a working day if it was one"."""

    def shifted(day: date) -> date:
        month_day = (day.month, day.day)
        aim = date(day.year + years, 2, 28) if month_day == LEAP_DAY else day.replace(year=day.year + years)
        turn = (day.weekday() - aim.weekday()) % WEEK
        moved = aim + timedelta(days=turn if turn <= HALF_WEEK else turn - WEEK)
        if moved.year != aim.year:  # a window never leaves its year
            moved = aim
        return _kept_working(day, moved, calendar)

    return shifted


def shift_from(first: date, opens_on: date, calendar: WorkingCalendar) -> Callable[[date], date]:
    """The rule "the first day becomes `opens_on`, everything keeps its distance in days"."""

    def shifted(day: date) -> date:
        return _kept_working(day, day + (opens_on - first), calendar)

    return shifted


def same_day_in(day: date, years: int) -> date:
    """The cut-off of seniority: exactly the same day of another year (R-104)."""
    return (
        date(day.year + years, 2, 28)
        if (day.month, day.day) == LEAP_DAY
        else day.replace(year=day.year + years)
    )


def findings(
    spans: Sequence[Span], calendar: WorkingCalendar, *, publicity: Mapping[str, int], counts_first_day: bool
) -> list[Finding]:
    """What is wrong with the dates of a plan, or worth a look, in the order of the windows.

    `publicity` gives, for the step of the employer, how many working days it must leave (R-303).
    """
    found = []
    by_step = {span.step: span for span in spans}
    if not any(span.who == "applicant" and not span.is_indicative for span in spans):
        found.append(Finding("", "没有个人申报的时间。至少要有一个个人申报窗口。", True))
    for span in spans:
        found += _missing(span)
        found += _order(span, by_step.get(span.after))
        found += _day_off(span, calendar)
        if span.step in publicity:
            before = by_step.get(span.after) or next((s for s in spans if s.who == "applicant"), None)
            found += _room(span, before, publicity[span.step], calendar, counts_first_day)
    return found


def latest_start(last: date, days: int, calendar: WorkingCalendar, *, counts_first_day: bool) -> date:
    """The latest day of posting so that `days` working days are complete on `last` (R-303)."""
    day = last
    while calendar.add(day, days, count_first_day=counts_first_day) > last:
        day -= timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def _kept_working(old: date, new: date, calendar: WorkingCalendar) -> date:
    try:
        was_working = calendar.is_working(old)
    except UnknownYear:
        was_working = old.weekday() < WEEK - 2
    while was_working and not calendar.is_working(new):
        new += timedelta(days=1)
    return new


def _missing(span: Span) -> list[Finding]:
    if span.is_indicative or (span.opens and span.closes):
        return []
    if span.who == "applicant":
        lacking = "开始日" if span.closes else "截止日"
        return [Finding(span.step, f"“{span.name}”没有{lacking}。个人申报的起止日都要填写后才能发布。", True)]
    return [] if span.closes else [Finding(span.step, f"“{span.name}”没有截止日，办理人看不到期限。", False)]


def _order(span: Span, before: Span | None) -> list[Finding]:
    if span.opens and span.closes and span.closes < span.opens:
        return [Finding(span.step, f"“{span.name}”的截止日早于开始日，请改正。", True)]
    if before and before.closes and span.closes and span.closes < before.closes:
        return [Finding(span.step, f"“{span.name}”的截止日早于前一步“{before.name}”，请改正。", True)]
    return []


def _day_off(span: Span, calendar: WorkingCalendar) -> list[Finding]:
    if not span.closes or span.is_indicative:
        return []
    try:
        is_off = not calendar.is_working(span.closes)
    except Refused as refusal:
        return [Finding(span.step, refusal.sentence, True)]
    sentence = f"“{span.name}”截止在休息日（{span.closes}）。网上截止不顺延，请确认是否有意如此。"
    return [Finding(span.step, sentence, False)] if is_off else []


def _room(
    span: Span, before: Span | None, days: int, calendar: WorkingCalendar, counts_first_day: bool
) -> list[Finding]:
    if not span.closes or before is None or not before.closes:
        return []
    try:
        last = latest_start(span.closes, days, calendar, counts_first_day=counts_first_day)
    except Refused as refusal:
        return [Finding(span.step, refusal.sentence, True)]
    if last >= before.closes:
        return [Finding(span.step, f"单位公示 {days} 个工作日，最晚 {last} 张贴才来得及。", False)]
    sentence = (
        f"“{before.name}”{before.closes} 才截止，“{span.name}”{span.closes} 就截止，放不下 {days} 个工作日的公示"
        f"（最晚 {last} 要张贴）。请推后“{span.name}”或提前“{before.name}”。"
    )
    return [Finding(span.step, sentence, True)]
