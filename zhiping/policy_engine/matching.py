"""Distinct evidence: how many conditions can be served at once when one piece of evidence serves only one."""

from typing import Any


def most_served(options: Any) -> Any:
    """The largest number of conditions that can be satisfied with disjoint evidence.

    `options[i]` lists the ways to satisfy condition i, each a set of evidence; an empty set needs none.
    With single pieces it is a bipartite matching (augmenting paths); sets of several are searched.

    >>> most_served([[{"gold"}], [{"gold"}, {"silver"}]])
    2
    """
    if all(len(way) <= 1 for ways in options for way in ways):
        return _matched(options)
    ways_each = sorted(([frozenset(way) for way in ways] for ways in options if ways), key=len)
    return _searched(ways_each, 0, frozenset())


def _matched(options: Any) -> Any:
    served = 0
    taken: dict[str, int] = {}

    def place(index: Any, tried: Any) -> Any:
        for way in options[index]:
            piece = next(iter(way), None)
            if piece is None:
                return True
            if piece in tried:
                continue
            tried.add(piece)
            if piece not in taken or place(taken[piece], tried):
                taken[piece] = index
                return True
        return False

    for index, ways in enumerate(options):
        if any(not way for way in ways) or (ways and place(index, set())):
            served += 1
    return served


def _searched(options: Any, index: Any, used: Any) -> Any:
    """The most conditions from `index` on that can be served without the evidence already used; taking comes first."""
    rest = len(options) - index
    if not rest:
        return 0
    best = 0
    for way in options[index]:
        if not way & used:
            best = max(best, 1 + _searched(options, index + 1, used | way))
            if best == rest:
                return best
    return max(best, _searched(options, index + 1, used))
