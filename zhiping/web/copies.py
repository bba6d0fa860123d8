"""The answers of the copy check in a form: `copy-<file>` says what that file was found to be."""

from collections.abc import Mapping

from zhiping.achievements.states import PaperKind
from zhiping.web.numbers import whole_number

NAME = "copy-"


def answers_in(posted: Mapping[str, str]) -> dict[int, str]:
    """Kind of paper by key of the file; what is not one of the offered answers is left out."""
    found = {}
    for name, kind in posted.items():
        key = whole_number(name.removeprefix(NAME)) if name.startswith(NAME) else None
        if key is not None and kind in PaperKind.values:
            found[key] = kind
    return found
