"""A table of hours as a training body fills it: read row by row, each with its error or its meaning. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

HEADERS = ("证件号码", "姓名", "课程编号", "年度", "学时")
RESULT = "核对结果"
GOOD = "可以登记"
KNOWN = "已登记过，不重复计"


@dataclass(frozen=True, slots=True)
class Claim:
    """One row as text: whose hours, of which course, how many."""

    document: str
    name: str
    course: str
    year: str
    hours: str

    @property
    def mark(self) -> tuple[str, str, str]:
        return self.document, self.course, self.year


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what is wrong with it, or the person, course and hours it means."""

    claim: Claim
    error: str = ""
    person: int = 0
    course: Any = None
    hours: Decimal = Decimal(0)
    is_known: bool = False

    @property
    def verdict(self) -> str:
        return self.error or (KNOWN if self.is_known else GOOD)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows are held against: people by document, courses by number and year, hours already registered."""

    people: Mapping[str, tuple[int, str]]
    courses: Mapping[tuple[str, str], Any]
    registered: frozenset[tuple[int, str]]


def claims_of(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Claim] | None:
    """The rows under the headers of the template, in any order of columns; None if a column is missing."""
    if any(header not in headers for header in HEADERS):
        return None
    places = [headers.index(header) for header in HEADERS]
    return [Claim(*(row[place].strip() for place in places)) for row in rows]


def judged(claims: Iterable[Claim], known: Known) -> list[Judged]:
    """Every row with its verdict; a second row about the same person and course is an error."""
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for number, claim in enumerate(claims, start=2):
        earlier = seen.setdefault(claim.mark, number)
        if earlier != number:
            found.append(Judged(claim, f"与第 {earlier} 行重复：同一人同一课程只登记一次"))
        else:
            found.append(_judge(claim, known))
    return found


def _judge(claim: Claim, known: Known) -> Judged:
    """
    >>> _judge(Claim("", "甲", "K1", "2026", "8"), Known({}, {}, frozenset())).error
    '证件号码没有填'
    """
    blank = [header for header, value in zip(HEADERS, _cells(claim), strict=True) if not value]
    if blank:
        return Judged(claim, f"{'、'.join(blank)}没有填")
    person, name = known.people.get(claim.document, (0, ""))
    if not person or name != claim.name:
        return Judged(claim, "证件号码和姓名对不上，或本人还没有在平台注册")
    course = known.courses.get((claim.course, claim.year))
    if course is None:
        return Judged(claim, f"{claim.year} 年没有编号 {claim.course} 的已备案课程")
    hours = _number(claim.hours)
    if hours is None or not 0 < hours <= course.hours:
        return Judged(claim, f"学时应是大于 0、不超过 {course.hours.normalize():f} 的数，最多一位小数")
    is_known = (person, course.key) in known.registered
    return Judged(claim, person=person, course=course, hours=hours, is_known=is_known)


def _cells(claim: Claim) -> tuple[str, ...]:
    return claim.document, claim.name, claim.course, claim.year, claim.hours


def marked(rows: Iterable[Judged]) -> Iterable[tuple[str, ...]]:
    """The rows of the copy that goes back: as typed, with the verdict in a last column."""
    return ((*_cells(row.claim), row.verdict) for row in rows)


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    exact = value.is_finite() and -value.as_tuple().exponent <= 1  # type: ignore[operator]
    return value if exact else None
