"""What a plan takes from its pack: titles, windows, and the points that a person must confirm. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiping.plans.rollover import Span
from zhiping.plans.states import TitleLevel
from zhiping.policy_engine.pack import Pack

NOT_STATED = "未印出"
LEVEL_ORDER = [level.value for level in TitleLevel]


@dataclass(frozen=True, slots=True)
class Point:
    """Something to look at and confirm by name before a plan is proposed."""

    key: str
    label: str
    value: str


def title_rows(pack: Pack) -> list[dict[str, Any]]:
    """The titles of the pack as rows of a plan."""
    return [
        {
            "key": each["id"],
            "name": each["name"],
            "level": each["level"],
            "result": each.get("result") or "title",
            "position": number,
        }
        for number, each in enumerate(pack.titles)
    ]


def highest_level(pack: Pack) -> str:
    """The highest level among the titles; empty for a row without titles (R-384)."""
    return min((each["level"] for each in pack.titles), key=LEVEL_ORDER.index, default="")


def title_words(pack: Pack) -> str:
    return "、".join(dict.fromkeys(each["name"] for each in pack.titles))[:200]


def spans_of(pack: Pack) -> list[Span]:
    """The windows of the pack in days, in its order."""
    return [
        Span(
            each["id"],
            each["name"],
            each["who"],
            each.get("opens"),
            each.get("closes"),
            each.get("after") or "",
            bool(each.get("indicative")),
        )
        for each in pack.data.get("windows") or ()
    ]


def publicity_steps(pack: Pack) -> dict[str, int]:
    """For the window of the employer: how many working days of publicity must fit into it (R-303)."""
    days = [each["min_working_days"] for each in pack.data["publicity"] if each["phase"] == "unit"]
    employers = [each["id"] for each in pack.data.get("windows") or () if each["who"] == "employer"]
    return dict.fromkeys(employers, max(days)) if days else {}


def counts_first_day(pack: Pack) -> bool:
    """Whether the day of posting counts; a parameter of the pack (C-59)."""
    value = (pack.data["plan"].get("working_days") or {}).get("count_first_day")
    if isinstance(value, dict):
        value = pack.parameters.get(value.get("param"))
    return bool(value)


def points_to_confirm(pack: Pack, spans: Iterable[Span], cutoff_on: date | None, version: str) -> list[Point]:
    """Everything that a new year may change: rules, cut-off, each window, open documents, years named, contacts."""
    points = [
        Point("pack", "规则版本", version),
        Point("cutoff", "资历计算截止日", _day(cutoff_on)),
        *(Point(f"window.{span.step}", f"时间：{span.name}", span_words(span)) for span in spans),
    ]
    for key, document in pack.data["documents"].items():
        if not document["supplied"]:
            number = f"（{document['number']}）" if document.get("number") else ""
            text = f"《{document['title']}》{number}没有提供，由它规定的条件系统不判断。请确认今年是否仍按此文件。"
            points.append(Point(f"document.{key}", "未提供的文件", text))
    education = pack.data.get("continuing_education") or {}
    if education.get("years"):
        years = "、".join(str(year) for year in education["years"])
        points.append(
            Point("continuing_education", "继续教育年度", f"规则里写的是 {years} 年，请确认新年度怎么要求。")
        )
    for contact in pack.data.get("contacts") or ():
        said = [
            contact.get("organisation") or "",
            *(contact.get("phones") or ()),
            contact.get("address") or "",
        ]
        points.append(
            Point(f"contact.{contact['id']}", f"联系方式：{contact['role']}", "，".join(filter(None, said)))
        )
    return points


def span_words(span: Span) -> str:
    """“2026-03-01 至 2026-04-10 24:00”, or that it is only a month."""
    if span.is_indicative:
        return (
            f"{_month(span.opens)}至{_month(span.closes)}（通知只印了月份）"
            if span.opens
            else f"{_month(span.closes)}（通知只印了月份）"
        )
    closes = f"{span.closes} 24:00" if span.closes else NOT_STATED
    return f"{_day(span.opens)} 至 {closes}"


def _month(day: date | None) -> str:
    return f"{day.year} 年 {day.month} 月" if day else NOT_STATED


def _day(day: date | None) -> str:
    return day.isoformat() if day else NOT_STATED
