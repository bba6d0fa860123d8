"""What every stand-in is made of: requests, answers, routes, and the base class."""

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from sandbox.clock import Clock
from sandbox.courier import Courier
from sandbox.faults import Fault, Switch, twisted
from sandbox.shelf import Shelf


@dataclass(frozen=True)
class Request:
    """What came in; `path` is what follows the stand-in's name; `parts` what the route's gaps took from it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    parts: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    """What goes out."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def page_answer(html: str, status: int = 200) -> Answer:
    return Answer(status, html.encode(), {"Content-Type": "text/html; charset=utf-8"})


def json_answer(value: Any, status: int = 200, **headers: str) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, body, {"Content-Type": "application/json", **headers})


def redirect(address: str) -> Answer:
    return Answer(303, b"", {"Location": address})


def route(method: str, path: str, *, breaks: bool = True) -> Callable[[Any], Any]:
    """Mark a method of a stand-in as the answer to `method path`; `*` in the path stands for one part.

    Pages for people (`breaks=False`) are never broken: somebody must be able to mend it.
    """

    def mark(function: Any) -> Any:
        function.answers = (method, tuple(path.strip("/").split("/")), breaks)
        return function

    return mark


@dataclass(frozen=True)
class Surroundings:
    """What a stand-in is given: its own address, the platform's, its rows, the time, where shared keys lie."""

    base: str
    platform: str = "http://127.0.0.1:8000"
    shelf: Shelf = field(default_factory=Shelf)
    clock: Clock = field(default_factory=Clock)
    keys: Path | None = None

    def key(self, name: str) -> str:
        """The key called `name` that the platform made (`<name>.key`); tests pass none and share a fixed one."""
        return (self.keys / f"{name}.key").read_text() if self.keys else f"shared-{name}-key-for-tests"


class StandIn:
    """Base of every stand-in: subclass it, set the three words, mark methods with `route`."""

    name = ""  # first part of its addresses
    title = ""  # what people call the system
    about = ""  # one sentence: what it stands for

    def __init__(self, surroundings: Surroundings) -> None:
        self.around = surroundings
        self.switch = Switch()
        self.courier = Courier(self.switch)
        self.diary: deque[str] = deque(maxlen=100)
        self.routes = [
            (*each.answers, each)
            for name in sorted(dir(type(self)))
            if hasattr(each := getattr(self, name), "answers")
        ]

    @property
    def base(self) -> str:
        """Its own address, without a slash at the end."""
        return f"{self.around.base}/{self.name}"

    def look(self) -> str:
        """HTML of what it holds now, shown on its page under the switch."""
        return ""

    def spoiled(self, answer: Answer) -> Answer:
        """What "wrong" looks like here; override it with something nastier than a page instead of JSON."""
        return page_answer("<html><body>系统维护中</body></html>")

    def twisted(self, answer: Answer, fault: Fault) -> Answer:
        """What "duplicated" and "reordered" look like here; override it where the answer is signed."""
        return replace(answer, body=twisted(answer.body, fault))

    def find(self, method: str, parts: Sequence[str]) -> tuple[Any, tuple[str, ...], bool] | None:
        for verb, pattern, breaks, function in self.routes:
            if verb != method or len(pattern) != len(parts):
                continue
            if all(mark in ("*", part) for mark, part in zip(pattern, parts, strict=True)):
                taken = tuple(part for mark, part in zip(pattern, parts, strict=True) if mark == "*")
                return function, taken, breaks
        return None
