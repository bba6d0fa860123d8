"""Links to rooms of the platform that an installation may not have."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def url_or_none(*names: str, **parameters: Any) -> str | None:
    """The address of the first page of these names that exists."""
    for name in names:
        try:
            return reverse(name, kwargs=parameters or None)
        except NoReverseMatch:
            continue
    return None
