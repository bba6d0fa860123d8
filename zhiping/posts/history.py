"""A change in words: what it was, what it is to be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhiping.posts.models import LedgerChange
from zhiping.posts.states import ChangeKind, PostGroup

WHOLE = (("establishment", "编制数"), ("posts", "专业技术岗位总数"))
LEVEL = (("ratio", "核准比例（%）"), ("approved", "核准数"), ("filled", "实聘数"))


@dataclass(frozen=True, slots=True)
class Line:
    """One figure before and after."""

    label: str
    before: str
    after: str


def lines_of(change: LedgerChange) -> list[Line]:
    """What a change alters, figure by figure; figures that stay are left out."""
    before, after = change.before, change.after
    if change.kind == ChangeKind.FIGURES:
        return list(_figures(before, after))
    [(group, told)] = after["levels"].items()
    label, was = PostGroup(group).label, before["levels"][group]
    if change.kind == ChangeKind.POOLED:
        return [Line(f"{label}统筹岗位", str(was["pooled"]), str(told["pooled"]))]
    name = change.rule["name"]
    return [
        Line(f"{label}实聘数（{name}）", str(was["filled"]), str(was["filled"] - told["left"])),
        Line(f"{label}可进人数（{name}）", "—", str(told["enter"])),
    ]


def _figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Line]:
    pairs = [(words, before[name], after[name]) for name, words in WHOLE]
    for group in PostGroup:
        was, will = before["levels"][group.value], after["levels"][group.value]
        pairs += [(group.label + words, was[name], will[name]) for name, words in LEVEL]
    return [
        Line(words, _plain(was), _plain(will)) for words, was, will in pairs if _plain(was) != _plain(will)
    ]


def _plain(value: Any) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
