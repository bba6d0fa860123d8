"""评审会议记录: who was there, what was said, how the votes fell."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class Attendee:
    """A member of the committee at roll call; ``note`` holds recusal or reason of absence."""

    name: str
    role: str
    attendance: str
    note: str = ""


@dataclass(frozen=True)
class CandidateResult:
    """One case: the group's opinion and the secret vote. ``present`` is the base the result was counted on."""

    number: int
    name: str
    employer: str
    title_applied: str
    group: str
    group_opinion: str
    present: int
    agree: int
    against: int
    abstain: int
    outcome: str
    recused: str = ""


@dataclass(frozen=True)
class MeetingMinutes:
    """The record of one review meeting."""

    template: ClassVar[str] = "minutes"

    heading: str
    committee: str
    meeting: str
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: str
    recorder: str
    members: int
    quorum: int
    present: int
    rule: str
    attendees: tuple[Attendee, ...]
    candidates: tuple[CandidateResult, ...]
    proceedings: str = ""
    supervision: str = ""
    log_head: str = ""
    day: date | None = None
