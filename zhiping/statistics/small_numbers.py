"""Hiding numbers so small that a person could be recognised in them, and what they could be computed from. Pure."""

from collections.abc import Mapping

SMALLEST_SHOWN = 5


def shown(
    counts: Mapping[str, int], *, smallest: int = SMALLEST_SHOWN
) -> tuple[dict[str, int | None], int | None]:
    """The counts and their total with small ones as None. Zero is shown: nobody is in it.

    Hidden counts must not follow from the total: the smallest of the others go with them until at least two are hidden
    and they hold `smallest` people together; if there are not enough, the total is hidden as well.

    >>> shown({"passed": 12, "refused": 2, "open": 7, "lapsed": 0})
    ({'passed': 12, 'refused': None, 'open': None, 'lapsed': 0}, 21)
    >>> shown({"passed": 3, "refused": 0})
    ({'passed': None, 'refused': 0}, None)
    """
    hidden = {key for key, count in counts.items() if 0 < count < smallest}
    others = sorted((key for key, count in counts.items() if count >= smallest), key=lambda key: counts[key])
    while hidden and others and not _is_safe(counts, hidden, smallest):
        hidden.add(others.pop(0))
    total = sum(counts.values()) if not hidden or _is_safe(counts, hidden, smallest) else None
    return {key: None if key in hidden else count for key, count in counts.items()}, total


def _is_safe(counts: Mapping[str, int], hidden: set[str], smallest: int) -> bool:
    return len(hidden) > 1 and sum(counts[key] for key in hidden) >= smallest
