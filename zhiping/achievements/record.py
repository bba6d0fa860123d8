"""Reading what a person typed into the typed values of a record, and showing it again. Pure: plain values only.

Dates are ISO days, or ISO months where only the month is known (R-108). Empty means "not given".
"""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from zhiping.achievements.schema import Category, Field, Part
from zhiping.documents.glyphs import missing_glyphs, without_unseen

_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*(?:[-./月]\s*(?:(\d{1,2})\s*日?)?)?")
_DIGITS = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")


@dataclass(frozen=True, slots=True)
class Reading:
    """Values by name, and a sentence for each value that cannot be taken."""

    data: dict[str, Any]
    errors: dict[str, str]


class Wrong(ValueError):
    """One value that cannot be taken; the text is the sentence."""


def read_record(fields: Mapping[str, Field], typed: Mapping[str, str], *, today: date) -> Reading:
    """Read every field; what is not given is left out of the data, required or not (see `open_points`)."""
    data: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, question in fields.items():
        text = clean_text(typed.get(name, ""))
        if not text:
            continue
        try:
            data[name] = _READERS[question.type](question, text, today)
        except Wrong as wrong:
            errors[name] = str(wrong)
    for name, question in fields.items():
        earlier = data.get(question.not_before)
        if name in data and earlier and last_day(data[name]) < first_day(earlier):
            first = fields[question.not_before].label
            errors[name] = (
                f"{question.label}“{data[name]}”早于{first}“{earlier}”。请对照证明材料改正其中一个。"
            )
    return Reading(data, errors)


def open_points(fields: Mapping[str, Field], data: Mapping[str, Any]) -> dict[str, str]:
    """The required fields that are still empty, each with its sentence."""
    return {
        name: f"还没有填{question.label}。"
        for name, question in fields.items()
        if not question.optional and name not in data
    }


def open_parts(category: Category, data: Mapping[str, Any], parts: Iterable[str]) -> list[Part]:
    """The parts of the evidence that are needed and not there (R-048, R-053, R-054)."""
    there = set(parts)
    return [part for part in category.evidence if part.is_needed(data) and part.key not in there]


def clean_text(text: str) -> str:
    """NFC, one line feed kind, no unseen marks, no space around."""
    return without_unseen(unicodedata.normalize("NFC", text)).replace("\t", " ").strip()


def label_of(category: Category, data: Mapping[str, Any]) -> str:
    """The one-line name of a record, at most 200 characters."""
    shown = {name: shown_value(question, data.get(name)) for name, question in category.fields.items()}
    text = category.title.format_map(shown).replace("（）", "").strip(" ：")
    return text[:200] or f"未填写的{category.label}"


def shown_value(question: Field, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if question.type == "boolean":
        return "是" if value else "否"
    if question.type == "choice":
        return question.choices.get(value, str(value))
    return f"{value} {question.unit}".strip()


def typed_value(value: Any) -> str:
    """A value as it stands in the form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def first_day(value: str) -> date:
    """The first day of an ISO day or month (R-108).

    >>> first_day("2018-02")
    datetime.date(2018, 2, 1)
    """
    return date.fromisoformat(value if len(value) == 10 else value + "-01")


def last_day(value: str) -> date:
    """The last day of an ISO day or month (R-108).

    >>> last_day("2020-02")
    datetime.date(2020, 2, 29)
    """
    start = first_day(value)
    return start if len(value) == 10 else start.replace(day=calendar.monthrange(start.year, start.month)[1])


def _text(question: Field, text: str, today: date) -> str:
    if not question.is_long:
        text = re.sub(r"\s*\n\s*", " ", text)
    if len(text) > question.length:
        raise Wrong(f"{question.label}最多 {question.length} 字，现在是 {len(text)} 字，请精简。")
    if question.pattern and not re.fullmatch(question.pattern, text):
        raise Wrong(question.wrong)
    if missing := missing_glyphs(text):
        raise Wrong(
            f"{question.label}里的“{missing}”无法印到评审表和证书上，请核对是否输错；确属人名用字的，请联系平台运营人员补字。"
        )
    return text


def _date(question: Field, text: str, today: date) -> str:
    hit = _DATE.fullmatch(text.translate(_DIGITS))
    try:
        if not hit:
            raise ValueError(text)
        day = date(int(hit[1]), int(hit[2]), int(hit[3] or 1))
    except ValueError:
        raise Wrong(
            f"{question.label}“{text[:20]}”不是有效的日期。请写成 2018-06-30；只知道月份的，写成 2018-06。"
        ) from None
    if day.year < 1900:
        raise Wrong(f"{question.label}“{text[:20]}”的年份不对，请对照证明材料改正。")
    if day > today and not question.future:
        raise Wrong(f"{question.label}“{text[:20]}”晚于今天（{today}）。请对照证明材料改正。")
    return day.isoformat() if hit[3] else f"{day:%Y-%m}"


def _choice(question: Field, text: str, today: date) -> str:
    if text not in question.choices:
        raise Wrong(f"{question.label}请从列出的选项中选一个。")
    return text


def _boolean(question: Field, text: str, today: date) -> bool:
    if text not in {"true", "false"}:
        raise Wrong(f"{question.label}请选“是”或“否”。")
    return text == "true"


def _number(question: Field, text: str, today: date) -> int | float:
    plain = text.translate(_DIGITS).replace(",", "").replace("，", "")
    try:
        amount = Decimal(plain)
        if not re.fullmatch(r"-?[0-9]{1,13}(\.[0-9]{1,2})?", plain):
            raise InvalidOperation
    except InvalidOperation:
        raise Wrong(
            f"{question.label}“{text[:20]}”不是数字（最多两位小数）。请只填数字，不写单位。"
        ) from None
    _bounds(question, amount, today)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _integer(question: Field, text: str, today: date) -> int:
    plain = text.translate(_DIGITS)
    if not re.fullmatch(r"-?[0-9]{1,9}", plain):
        raise Wrong(f"{question.label}“{text[:20]}”不是整数。请只填数字，不写单位。")
    _bounds(question, int(plain), today)
    return int(plain)


def _bounds(question: Field, amount: Decimal | int, today: date) -> None:
    top = today.year if question.name == "year" else question.max
    if question.min is not None and amount < question.min:
        raise Wrong(f"{question.label}“{amount}”太小，最小是 {question.min}，请改正。")
    if top is not None and amount > top:
        raise Wrong(f"{question.label}“{amount}”太大，最大是 {top}，请改正。")


_READERS = {
    "text": _text,
    "date": _date,
    "choice": _choice,
    "boolean": _boolean,
    "number": _number,
    "integer": _integer,
}
