"""The fault matrix: each stand-in × each failure × what the person saw × what was lost. Whoever has a stand-in adds rows."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One failure of one outside system, as it was played; `lost` is counted, not claimed."""

    system: str
    fault: str
    page_ms: float  # how long the person's page took meanwhile
    saw: str
    after: str  # how it stood when the system was whole again
    lost: int
    doubled: int


def show_matrix(rows: Iterable[FaultRow]) -> None:
    """Print the matrix."""
    say = print
    say("\n外部系统出故障时（系统 · 故障：页面用时；人看到什么；恢复以后；丢失、重复各几笔）")
    for row in rows:
        say(
            f"  {row.system} · {row.fault}：{row.page_ms:.0f} ms；{row.saw}；{row.after}；"
            f"丢失 {row.lost}，重复 {row.doubled}"
        )
