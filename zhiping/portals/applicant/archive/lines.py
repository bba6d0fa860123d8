"""The lines of the archive's task list. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhiping.achievements.queries import Progress
from zhiping.achievements.schema import categories


@dataclass(frozen=True, slots=True)
class Line:
    """One category: what there is and what the person should see first."""

    key: str
    label: str
    hint: str
    status: str
    family: str


def category_lines(keys: Iterable[str], progress: Mapping[str, Progress]) -> list[Line]:
    """A line for each category, with counts in words."""
    return [_line(key, progress.get(key, Progress())) for key in keys]


def _line(key: str, count: Progress) -> Line:
    kind = categories()[key]
    parts = [
        (count.usable, "审核通过"),
        (count.waiting, "待单位审核"),
        (count.drafts, "草稿"),
        (count.to_mend, "要修改"),
    ]
    hint = "，".join(f"{words} {number} 项" for number, words in parts if number) or kind.hint
    if count.to_mend:
        return Line(key, kind.label, hint, f"{count.to_mend} 项要修改", "warn")
    if count.total:
        return Line(key, kind.label, hint, f"{count.total} 项", "ok" if count.usable else "info")
    return Line(key, kind.label, hint, "未填写", "neutral")
