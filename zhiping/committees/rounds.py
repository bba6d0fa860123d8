"""Who votes on what: cases with the same set of entitled members share a round. Pure.

One list for all would show by its gaps which ballot is a recused member's; therefore each set of voters draws codes
of its own (domain §15.7, reliability §4.2).
"""

from collections.abc import Iterable, Mapping

SMALLEST_ELECTORATE = 5  # below this a result tells too much about single votes (reliability §4.2 c)


def voters_by_case(
    cases: Iterable[int], present: Iterable[int], recused: Mapping[int, frozenset[int]]
) -> dict[int, frozenset[int]]:
    """For each case the members entitled to vote: present and not recused."""
    everyone = frozenset(present)
    return {case: everyone - recused.get(case, frozenset()) for case in cases}


def batches(voters: Mapping[int, frozenset[int]]) -> list[tuple[frozenset[int], list[int]]]:
    """Group cases by their set of voters, in the order of their first case.

    >>> [cases for _, cases in batches({1: frozenset({7, 8}), 2: frozenset({8}), 3: frozenset({7, 8})})]
    [[1, 3], [2]]
    """
    found: dict[frozenset[int], list[int]] = {}
    for case, members in voters.items():
        found.setdefault(members, []).append(case)
    return list(found.items())
