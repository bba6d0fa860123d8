"""Whether an achievement counts here, and why (R-092): its day against the plan's window, its trade. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiping.achievements.record import first_day
from zhiping.achievements.schema import categories
from zhiping.policy_engine.pack import Pack

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
    window = date(cutoff.year - years, cutoff.month, cutoff.day) if years and cutoff else None
    held = _current_title(facts.get("titles") or ())
    title_day = first_day(held["obtained_on"]) if held else None
    if since == "current_title":
        return title_day, f"取得{held['title']}（{title_day}）以后" if held else ""
    if since == "current_post_or_5_years":
        post = _current_post(facts.get("appointments") or ()) or title_day
        five = window or (date(cutoff.year - 5, cutoff.month, cutoff.day) if cutoff else None)
        known = [day for day in (post, five) if day]
        return (min(known), f"任现职以来或近五年（{min(known)} 以后）") if known else (None, "")
    return (window, f"近 {years} 年（{window} 以后）") if window else (None, "")


def counting_of(pack: Pack, item: Mapping[str, Any], since: date | None, since_words: str) -> Counting:
    """Whether one record counts by day and by trade."""
    rule = pack.data.get("achievements") or {}
    category = categories()[item["category"]]
    said = item["data"].get(category.day)
    if since and said and first_day(said) < since:
        return Counting(False, f"{category.fields[category.day].label} {said}，早于{since_words}，不计入")
    if rule.get("related_profession"):
        for name in RELATED_FIELDS:
            if item["data"].get(name) is False:
                return Counting(False, "档案里填的是与申报专业不相关，不计入")
    if pack.cutoff and said and first_day(said) > pack.cutoff:
        return Counting(False, f"{said} 晚于计算截止日 {pack.cutoff}，不计入")
    return Counting(True, f"{since_words}，计入" if since_words else "计入")


def _current_title(titles: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    dated = [each for each in titles if each.get("obtained_on")]
    return max(dated, key=lambda each: str(each["obtained_on"]), default=None)


def _current_post(appointments: Sequence[Mapping[str, Any]]) -> date | None:
    running = [first_day(each["from"]) for each in appointments if each.get("from") and not each.get("to")]
    return min(running, default=None)
