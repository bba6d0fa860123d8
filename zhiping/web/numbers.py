"""Whole numbers that a form sends: keys, versions, ticks. Whatever else is sent is no number, never an error."""

import re
from collections.abc import Iterable

from django.http import HttpRequest

_WHOLE = re.compile(r"[0-9]{1,15}")  # ASCII digits, and few enough for every column


def whole_number(text: str | None) -> int | None:
    """The number that stands there.

    >>> whole_number("12"), whole_number("²"), whole_number("9" * 5000), whole_number(None)
    (12, None, None, None)
    """
    return int(text) if text and _WHOLE.fullmatch(text) else None


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """Those of the texts that are numbers, in their order."""
    return [number for text in texts if (number := whole_number(text)) is not None]


NEVER = -1  # no row ever has this version


def posted_version(request: HttpRequest) -> int:
    """The version of the thing that the person's page was built from; a page that sends none counts as out of date."""
    return version_in(request.POST.get("version"))


def version_in(text: str | None) -> int:
    """The version that a text names; one that is nobody's if it names none.

    >>> version_in("3"), version_in(""), version_in(None)
    (3, -1, -1)
    """
    found = whole_number(text)
    return NEVER if found is None else found
