"""An operation of the interface, declared once: the gate, the document and the tests are made from the declaration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from zhiping.exchange.models import Client
from zhiping.exchange.states import Scope
from zhiping.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Call:
    """One call that has passed the gate: whose, with which input."""

    actor: Actor
    client: Client
    query: Any
    content: Any
    body: bytes
    headers: Mapping[str, str]
    arguments: Mapping[str, Any]
    now: datetime


@dataclass(frozen=True, slots=True)
class Header:
    """A header that an operation wants."""

    name: str
    description: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Method and shape of a call; `repeatable` operations want an idempotency key."""

    run: Callable[[Call], BaseModel]
    name: str
    summary: str
    method: str
    scope: Scope
    answer: type[BaseModel]
    query: type[BaseModel] | None = None
    content: type[BaseModel] | None = None
    status: int = 200
    repeatable: bool = False
    most_bytes: int = 64 * 1024
    most_calls: int = 600  # in ten minutes
    headers: tuple[Header, ...] = field(default=())
    refusals: tuple[str, ...] = field(default=())  # codes beyond those that every operation has


def operation(**declared: Any) -> Callable[[Callable[[Call], BaseModel]], Operation]:
    """Declare a function as an operation; the first line of its docstring is the summary."""

    def declare(run: Callable[[Call], BaseModel]) -> Operation:
        summary = (run.__doc__ or "").strip().splitlines()[0]
        return Operation(run=run, name=run.__name__, summary=summary, **declared)

    return declare
