"""Who is short of hours for a title in a year: person by person, for a body or a whole region. Holds one at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhiping.continuing_education.ledger import Line
from zhiping.continuing_education.requirement import HourVerdict, look_ahead
from zhiping.continuing_education.shortfall import to_learn
from zhiping.policy_engine.pack import Pack


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's hours for a title in a year."""

    person: int
    verdict: HourVerdict
    said: str
    hours: float


def standings(
    people: Iterable[int],
    ledgers: Iterable[tuple[int, list[Line]]],
    pack: Pack,
    title: str,
    *,
    year: int,
    this_year: int,
) -> Iterator[Standing]:
    """Everybody in `people`; both must come in the order of keys, `ledgers` only names those who have hours."""
    rest = iter(ledgers)
    current = next(rest, None)
    for person in people:
        while current is not None and current[0] < person:
            current = next(rest, None)
        lines = current[1] if current is not None and current[0] == person else []
        verdict = look_ahead(pack, title, lines, year=year, first=this_year)
        lacking = to_learn(verdict.missing, this_year=this_year)
        said = "；".join(each.words for each in lacking)
        yield Standing(person, verdict, said, sum(each.hours for each in lacking))
