"""The result of one condition: a tuple, because a judgement makes hundreds of them.

`(state, why, got, parts)` — state NOT_MET < UNKNOWN < MET, so "all" is min and "any" is max; `why` says what an
unknown waits for, ordered by how hard it is to settle: people decide < evidence is shown < a document turns up.
"""

import datetime as dt
from typing import Any

BEIJING = dt.timezone(dt.timedelta(hours=8))
NOT_MET, UNKNOWN, MET = 0, 1, 2
NOTHING, DECISION, EVIDENCE, DOCUMENT = 0, 1, 2, 3

STATE_WORDS = {NOT_MET: "not_met", UNKNOWN: "unknown", MET: "met"}
WHY_WORDS = {NOTHING: None, DECISION: "needs_decision", EVIDENCE: "needs_evidence", DOCUMENT: "undetermined"}

Outcome = tuple[int, int, Any, tuple[Any, ...]]
YES: Outcome = (MET, NOTHING, None, ())
NO: Outcome = (NOT_MET, NOTHING, None, ())


class Open:
    """A value that is not known: why, and what is missing, in words."""

    __slots__ = ("what", "why")

    def __init__(self, why: Any, what: Any) -> None:
        self.why, self.what = why, what


def beijing_time(at: Any) -> Any:
    """A moment in Beijing time; a bare day is its noon, a moment without zone is taken as Beijing's."""
    if at is None or isinstance(at, dt.datetime):
        return at if at is None or at.tzinfo is None else at.astimezone(BEIJING)
    return dt.datetime(at.year, at.month, at.day, 12, tzinfo=BEIJING)


class Context:
    """Everything that one judgement looks at."""

    __slots__ = ("at", "cutoff", "day", "memo", "params", "person", "score", "values")

    def __init__(self, person: Any, *, params: Any, at: Any, cutoff: Any, score: Any = None) -> None:
        self.person, self.values = person, person.values
        self.params, self.at, self.cutoff, self.score = params, at, cutoff, score
        self.day = at.date() if at is not None else cutoff  # `at` is Beijing time, see `beijing_time`
        self.memo: dict[Any, Any] = {}

    def supposing(self, values: Any) -> Any:
        """The same judgement if some facts were as supposed."""
        other = Context(self.person, params=self.params, at=self.at, cutoff=self.cutoff, score=self.score)
        other.values = self.values | values
        return other
