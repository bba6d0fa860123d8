"""A kind of message: what it is called, what it says, where it leads. Pure text with named gaps."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """Templates in `str.format` style; a gap that the context does not fill is a programming error."""

    key: str
    title: str
    body: str
    link: str = ""

    def filled(self, context: dict[str, Any]) -> dict[str, str]:
        """Title, body and link with the gaps filled.

        >>> Kind("a.b", "{who}来了", "请开门", "/d/{n}/").filled({"who": "甲", "n": 3})
        {'title': '甲来了', 'body': '请开门', 'link': '/d/3/'}
        """
        return {name: getattr(self, name).format_map(context) for name in ("title", "body", "link")}
