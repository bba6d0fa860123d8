"""Transitions and the function that performs them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from zhiping.auditlog.recording import record
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.models import Stateful


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow: `verb` as "noun.verb" for the log, `label` as the Chinese act, who may (`access`)."""

    verb: str
    label: str
    sources: frozenset[str]
    target: str
    access: Callable[[Actor, Any], bool]


def move(
    thing: Stateful,
    transition: Transition,
    *,
    actor: Actor,
    now: datetime,
    note: str = "",
    version: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Perform `transition` on `thing`, or raise Forbidden / Refused and change nothing.

    1. ask the access function; 2. compare `version` (what the person's page was built from) and the state;
    3. update the row only if nobody moved it meanwhile; 4. write the decision log in the same transaction.
    """
    if not transition.access(actor, thing):
        raise Forbidden(transition.verb)
    if version is not None and version != thing.version:
        raise stale(thing)
    before = thing.state
    if before not in transition.sources:
        raise Refused(
            f"当前状态是“{state_label(thing)}”，不能{transition.label}。请刷新页面，按页面上给出的操作继续。"
        )
    rows = type(thing)._default_manager.filter(pk=thing.pk, state=before, version=thing.version)
    if not rows.update(state=transition.target, version=F("version") + 1):
        thing.refresh_from_db(fields=["state", "version"])
        raise stale(thing)
    thing.state = transition.target
    thing.version += 1
    record(
        transition.verb,
        actor=actor,
        now=now,
        subject=thing,
        from_state=before,
        to_state=transition.target,
        note=note,
        details=details,
    )


def available(transitions: Iterable[Transition], actor: Actor, thing: Stateful) -> list[Transition]:
    """The transitions that `actor` may perform on `thing` now; pages loop over them to show buttons."""
    return [t for t in transitions if thing.state in t.sources and t.access(actor, thing)]


def stale(thing: Stateful) -> Refused:
    """Someone else changed `thing` since the page was shown."""
    return Refused(
        f"这一件刚刚已被处理，当前状态是“{state_label(thing)}”。您刚才的操作没有生效，请刷新页面查看最新情况。"
    )


def state_label(thing: Stateful) -> str:
    return getattr(thing, "get_state_display", lambda: thing.state)()
