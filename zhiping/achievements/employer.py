"""Whom a profile names as the current employer, worked out from its versions."""

from collections.abc import Iterable

from zhiping.achievements.states import VersionState

COUNTED = frozenset({VersionState.SUBMITTED, VersionState.RETURNED, VersionState.APPROVED})


def current_employer(versions: Iterable[tuple[str, int | None]]) -> tuple[int | None, bool]:
    """The employer and whether it has confirmed, from (state, employer) pairs, newest first.

    The newest version that is before the employer or approved counts; a draft says nothing yet, a rejected one
    falls back to what was approved before.

    >>> current_employer([("draft", 9), ("submitted", 8), ("approved", 7)])
    (8, False)
    >>> current_employer([("rejected", 8), ("approved", 7)])
    (7, True)
    """
    named: int | None = None
    for state, employer in versions:
        if state not in COUNTED:
            continue
        if named is None:
            named = employer
        if state == VersionState.APPROVED:
            return named, named == employer
    return named, False
