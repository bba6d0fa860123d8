"""Whether one may apply: open now, opening soon, closed, or no date yet. Pure; derived, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from zhiping.kernel.clock import beijing_day

CLOSING_SOON_DAYS = 7
APPLICANT = "applicant"


class Phase(Enum):
    """Phase, its word, and the family of its tag."""

    OPEN = ("open", "受理中", "info")
    CLOSING = ("closing", "即将截止", "warn")
    SOON = ("soon", "即将开始", "")
    CLOSED = ("closed", "已截止", "")
    UNDATED = ("undated", "时间另行公布", "")
    SUSPENDED = ("suspended", "已暂停", "warn")
    REVIEW = ("review", "评审中", "info")
    RESULTS = ("results", "评后公示", "info")
    ISSUED = ("issued", "已发文", "")
    ARCHIVED = ("archived", "已归档", "")

    def __init__(self, key: str, word: str, tag: str) -> None:
        self.key, self.word, self.tag = key, word, tag


class Window(Protocol):
    """What the calculation needs to know of a window."""

    who: str
    opens_at: datetime | None
    closes_at: datetime | None
    is_indicative: bool


@dataclass(frozen=True, slots=True)
class Status:
    """The phase; the moment that counts next and the days until then."""

    phase: Phase
    moment: datetime | None = None
    days: int = 0

    @property
    def is_open(self) -> bool:
        return self.phase in (Phase.OPEN, Phase.CLOSING)

    @property
    def last_day(self) -> date | None:
        """The day of `moment` as people say it: a window that ends at 24:00 ends on the day before."""
        if self.moment is None:
            return None
        return last_day(self.moment) if self.phase is not Phase.SOON else beijing_day(self.moment)


def status_of(windows: Sequence[Window], now: datetime, *, is_accepting: bool = True) -> Status:
    """The status from the applicants' windows; a plan past its life or withdrawn accepts nothing.

    A window without a beginning counts as open from publication on. Months printed as an indication are no dates.
    """
    dated = [w for w in windows if w.who == APPLICANT and w.closes_at and not w.is_indicative]
    if not dated:
        return Status(Phase.UNDATED if is_accepting else Phase.CLOSED)
    last = max(w.closes_at for w in dated)
    if not is_accepting:
        return Status(Phase.CLOSED, last)
    running = [w.closes_at for w in dated if (w.opens_at is None or w.opens_at <= now) and now < w.closes_at]
    if running:
        days = days_between(now, max(running))
        return Status(Phase.CLOSING if days <= CLOSING_SOON_DAYS else Phase.OPEN, max(running), days)
    coming = [w.opens_at for w in dated if w.opens_at is not None and w.opens_at > now]
    if coming:
        return Status(Phase.SOON, min(coming), (beijing_day(min(coming)) - beijing_day(now)).days)
    return Status(Phase.CLOSED, last)


def days_between(now: datetime, closes_at: datetime) -> int:
    """Days left until the last day of a window; 0 on that day itself."""
    return (last_day(closes_at) - beijing_day(now)).days


def last_day(closes_at: datetime) -> date:
    """The Beijing day that ends at (or contains) the last moment before `closes_at`."""
    return beijing_day(closes_at - RESOLUTION)


RESOLUTION = datetime.resolution
