"""The arithmetic of a committee, in integers (domain §2 rows 1-8, §15.1). Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from zhiping.committees.states import Choice


@dataclass(frozen=True, slots=True)
class Tally:
    """One case's count. `base` is the number of members entitled to vote; missing ballots are not agreement."""

    base: int
    agree: int
    against: int
    abstain: int

    @property
    def cast(self) -> int:
        return self.agree + self.against + self.abstain

    @property
    def passed(self) -> bool:
        """Agreement of two thirds or more of the base."""
        return self.base > 0 and 3 * self.agree >= 2 * self.base

    @property
    def needed(self) -> int:
        """The smallest number of agreeing votes that passes."""
        return votes_needed(self.base)


def votes_needed(base: int) -> int:
    """⌈2·base / 3⌉.

    >>> [votes_needed(n) for n in (9, 11, 13, 15, 17, 25)]
    [6, 8, 9, 10, 12, 17]
    """
    return -(-2 * base // 3)


def has_quorum(present: int, size: int) -> bool:
    """Whether two thirds of the members are present (art. 19)."""
    return size > 0 and 3 * present >= 2 * size


def count(choices: Iterable[str], base: int) -> Tally:
    """Count the ballots of one case; more ballots than voters is an error of the box, never rounded away."""
    found = Counter(choices)
    tally = Tally(base, found[Choice.AGREE], found[Choice.AGAINST], found[Choice.ABSTAIN])
    if tally.cast > base or tally.cast != sum(found.values()):
        raise ValueError(f"{sum(found.values())} ballots for {base} voters")
    return tally
