"""Whether an achievement counts here, and why (R-092): its day against the plan's window, its trade. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhiping.achievements.record import first_day, last_day
from zhiping.achievements.schema import categories
from zhiping.applications.draft import CAREER, Draft
from zhiping.policy_engine.pack import Pack

# Standing and honours are held, not achieved in a window; each row of a notice that counts them says from when.
HELD = frozenset({"honours", "associations", "studios", "landmarks", "discipline"})
RELATED_FIELDS = ("is_related", "is_professional", "own_trade")


@dataclass(frozen=True, slots=True)
class Counting:
    """The answer for one item, in a sentence."""

    counts: bool
    why: str


def since_day(pack: Pack, facts: Mapping[str, Any]) -> tuple[date | None, str]:
    """From which day achievements count, and in words; None if the notice names none or it is not known."""
    rule = pack.data.get("achievements") or {}
    since, years = rule.get("since"), rule.get("last_years")
    cutoff = pack.cutoff
    window = _years_before(cutoff, years) if years and cutoff else None
    held = _current_title(facts.get("titles") or ())
    title_day = first_day(held["obtained_on"]) if held else None
    if since == "current_title":
        return title_day, f"取得{held['title']}（{title_day}）以后" if held else ""
    if since == "current_post_or_5_years":
        post = _current_post(facts.get("appointments") or ()) or title_day
        five = window or (_years_before(cutoff, 5) if cutoff else None)
        known = [day for day in (post, five) if day]
        return (min(known), f"任现职以来或近五年（{min(known)} 以后）") if known else (None, "")
    return (window, f"近 {years} 年（{window} 以后）") if window else (None, "")


def counting_of(pack: Pack, item: Mapping[str, Any], since: date | None, since_words: str) -> Counting:
    """Whether one record counts by day and by trade."""
    rule = pack.data.get("achievements") or {}
    category = categories()[item["category"]]
    said = str(item["data"].get(category.day) or "")
    begins, ends = _span(said) if said else (date.min, date.max)
    if since and ends < since and item["category"] not in HELD:
        return Counting(False, f"{category.fields[category.day].label} {said}，不在{since_words}，不计入")
    if rule.get("related_profession"):
        for name in RELATED_FIELDS:
            if item["data"].get(name) is False:
                return Counting(False, "档案里填的是与申报专业不相关，不计入")
    if pack.cutoff and said and begins > pack.cutoff:
        return Counting(False, f"{said} 晚于计算截止日 {pack.cutoff}，不计入")
    if since and ends < since:
        return Counting(True, "不限取得时间，计入")
    return Counting(True, f"{since_words}，计入" if since_words else "计入")


def _years_before(cutoff: date, years: int) -> date:
    """The first day of the last `years` full years, both ends counted (C-41, R-050).

    >>> _years_before(date(2021, 12, 31), 5)
    datetime.date(2017, 1, 1)
    """
    last = cutoff + timedelta(days=1)
    day = 28 if (last.month, last.day) == (2, 29) else last.day
    return date(last.year - years, last.month, day)


def _span(said: str) -> tuple[date, date]:
    """First and last day of an ISO day, month or year.

    >>> _span("2020")
    (datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    """
    year = len(said) == 4
    return first_day(f"{said}-01" if year else said), last_day(f"{said}-12" if year else said)


def counted_items(draft: Draft) -> list[Mapping[str, Any]]:
    """Records that the rules may read: the career, and what lies in the window and in the trade (R-049…R-051, C-25)."""
    known: dict[str, list[Mapping[str, Any]]] = {"titles": [], "appointments": []}
    for item in draft.items:
        known.get(item["category"], []).append(item["data"])
    since, words = since_day(draft.pack, known)
    return [
        item
        for item in draft.items
        if item["category"] in CAREER or counting_of(draft.pack, item, since, words).counts
    ]


def _current_title(titles: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    dated = [each for each in titles if each.get("obtained_on")]
    return max(dated, key=lambda each: str(each["obtained_on"]), default=None)


def _current_post(appointments: Sequence[Mapping[str, Any]]) -> date | None:
    running = [first_day(each["from"]) for each in appointments if each.get("from") and not each.get("to")]
    return min(running, default=None)
