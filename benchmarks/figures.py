"""A measured figure beside its goal, and the table of them."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, its unit, the goal ("at most", or "at least" if `more_is_better`), the value."""

    name: str
    value: float
    unit: str = "ms"
    goal: float | None = None
    more_is_better: bool = False
    note: str = ""

    @property
    def mark(self) -> str:
        if self.goal is None:
            return ""
        is_met = self.value >= self.goal if self.more_is_better else self.value <= self.goal
        return "ok" if is_met else "over" if not self.more_is_better else "under"

    @property
    def goal_text(self) -> str:
        if self.goal is None:
            return ""
        return f"{'≥' if self.more_is_better else '≤'} {self.goal:g}"


def best_ms(action: Callable[[], object], *, rounds: int = 5, runs: int = 50) -> float:
    """The best of `rounds` series, per run, in milliseconds: of processor time: what the code costs by itself."""
    action()
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(runs):
            action()
        best = min(best, (time.process_time() - began) / runs)
    return best * 1000


def middle(values: Iterable[float]) -> float:
    return statistics.median(values)


def show(title: str, figures: Iterable[Figure]) -> None:
    """Print the table of one part."""
    say = print
    rows = [(f.name, f.goal_text, f"{f.value:.3g}" if f.value < 100 else f"{f.value:.0f}", f.unit, f.mark, f.note)
            for f in figures]  # fmt: skip
    say(f"\n{title}")
    wide = max((_width(row[0]) for row in rows), default=0)
    for name, goal, value, unit, mark, note in rows:
        say(
            f"  {name}{' ' * (wide - _width(name))}  {goal:>10}  {value:>8} {unit:<8} {mark:<6}{note}".rstrip()
        )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(mark) in "WF" else 1 for mark in text)
