"""Dates within one submission that cannot be, and times in work that overlap. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from zhiping.achievements.schema import categories
from zhiping.leads.states import LeadKind

YOUNGEST = 12  # years: nobody graduates, works or publishes before
OVERLAP_DAYS = 62  # changing the employer leaves some weeks in both


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`key` tells two contradictions of one submission apart, and the same one at the next submission."""

    kind: str
    key: str
    sentence: str


def contradictions(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Every contradiction of a frozen submission."""
    handed_in = date.fromisoformat(content["submitted_at"][:10])
    born = (content.get("person") or {}).get("born_on")
    items = content.get("items", ())
    for item in items:
        yield from _impossible(item, date.fromisoformat(born) if born else None, handed_in)
    work = [each for each in items if each["category"] == "employment" and each["data"].get("from")]
    for one, other in combinations(work, 2):
        yield from _overlapping(one, other, handed_in)


def _impossible(item: Mapping[str, Any], born: date | None, handed_in: date) -> Iterator[Contradiction]:
    fields = categories()[item["category"]].fields
    for name, said in item["data"].items():
        if name not in fields or fields[name].type != "date" or not said:
            continue
        day, label = date.fromisoformat(said), f"“{item['label']}”的{fields[name].label} {said}"
        if day > handed_in and name not in ("to", "valid_until"):
            sentence = f"{label} 在提交之后。"
        elif born and day.year - born.year < YOUNGEST:
            sentence = f"{label} 时本人不满 {YOUNGEST} 岁（{born.year} 年出生）。"
        else:
            continue
        yield Contradiction(LeadKind.DATES, f"{item['item']}-{name}", sentence)


def _overlapping(
    one: Mapping[str, Any], other: Mapping[str, Any], handed_in: date
) -> Iterator[Contradiction]:
    if one["data"].get("employer") == other["data"].get("employer"):
        return
    first, second = _term(one["data"], handed_in), _term(other["data"], handed_in)
    begins, ends = max(first[0], second[0]), min(first[1], second[1])
    days = (ends - begins).days + 1
    if days > OVERLAP_DAYS:
        low, high = sorted((one["item"], other["item"]))
        sentence = f"“{one['label']}”和“{other['label']}”从 {begins} 到 {ends} 重叠 {days} 天。"
        yield Contradiction(LeadKind.OVERLAP, f"{low}-{high}", sentence)


def _term(data: Mapping[str, Any], handed_in: date) -> tuple[date, date]:
    ends = date.fromisoformat(data["to"]) if data.get("to") else handed_in
    return date.fromisoformat(data["from"]), ends
