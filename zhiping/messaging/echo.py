"""Echoes: which kinds are repeated by SMS or e-mail, with which words (echoes.yaml). Pure.

An echo says that something is there and where to read it. What only the person may read never leaves the platform:
a template with a gap of FORBIDDEN is not loaded at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from ruamel.yaml import YAML

from zhiping.kernel.clock import BEIJING
from zhiping.messaging.states import Channel

# Reasons, findings, what was written by hand, and whatever identifies a person beyond doubt.
FORBIDDEN = frozenset(
    {
        *("reason", "reasons", "clause", "opinion", "items", "advice", "said", "verdict", "outcome", "lines"),
        *("heading", "body", "person", "name", "document_number", "phone", "address", "email", "password"),
    }
)


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one kind on one channel; `number` is what the SMS gateway knows them by."""

    key: str
    channel: str
    label: str
    text: str
    number: str = ""
    subject: str = ""
    mandatory: bool = False
    basis: str = ""

    @property
    def gaps(self) -> frozenset[str]:
        return gaps_of(self.text) | gaps_of(self.subject)

    def filled(self, context: Mapping[str, Any]) -> str:
        return self.text.format_map(context)


@dataclass(frozen=True, slots=True)
class Limits:
    """When and how often one person may be reached on a channel."""

    cap: int
    quiet_from: time | None = None
    quiet_until: time | None = None

    def next_moment(self, moment: datetime) -> datetime:
        """The earliest moment from `moment` on that is not in the quiet hours (they may span midnight).

        >>> night = Limits(1, time(22), time(8))
        >>> night.next_moment(datetime(2026, 3, 2, 23, 30, tzinfo=BEIJING)).isoformat()
        '2026-03-03T08:00:00+08:00'
        """
        here = moment.astimezone(BEIJING)
        if self.quiet_from is None or self.quiet_until is None or not self._is_quiet(here.time()):
            return moment
        morning = datetime.combine(here.date(), self.quiet_until, tzinfo=BEIJING)
        return morning if morning > here else morning + timedelta(days=1)

    def tomorrow(self, moment: datetime) -> datetime:
        """The first moment of the next Beijing day that is not quiet: for what the cap holds back."""
        next_day = moment.astimezone(BEIJING).date() + timedelta(days=1)
        return self.next_moment(datetime.combine(next_day, time(0), tzinfo=BEIJING))

    def _is_quiet(self, at: time) -> bool:
        first, last = self.quiet_from, self.quiet_until
        return first <= at < last if first <= last else at >= first or at < last


@dataclass(frozen=True, slots=True)
class Echoes:
    """Everything that echoes.yaml says."""

    sign: str
    limits: Mapping[str, Limits]
    give_up_after: timedelta
    templates: Mapping[tuple[str, str], Template]
    direct: Mapping[tuple[str, str], Template]
    samples: Mapping[str, str]

    def of_kind(self, key: str) -> list[Template]:
        """The echoes of one kind of message, one for each channel at most."""
        return [found for channel in Channel if (found := self.templates.get((key, channel)))]

    def any(self, key: str, channel: str) -> Template | None:
        return self.templates.get((key, channel)) or self.direct.get((key, channel))


def gaps_of(text: str) -> frozenset[str]:
    """Names of the gaps in a template.

    >>> sorted(gaps_of("{title}有{count}处"))
    ['count', 'title']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@cache
def echoes() -> Echoes:
    """What the platform echoes."""
    text = Path(__file__).with_name("echoes.yaml").read_text(encoding="utf-8")
    return read_echoes(YAML(typ="safe", pure=True).load(text))


def read_echoes(raw: Mapping[str, Any]) -> Echoes:
    """Check and freeze the data; ValueError names the template that must not be sent."""
    quiet = raw["sms"]["quiet"]
    hours = (time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["until"]))
    return Echoes(
        sign=raw["sign"],
        limits={
            Channel.SMS: Limits(raw["sms"]["cap"], *hours),
            Channel.EMAIL: Limits(raw["email"]["cap"]),
        },
        give_up_after=timedelta(hours=raw["give_up_after_hours"]),
        templates=dict(_templates(raw["kinds"])),
        direct=dict(_templates(raw["direct"])),
        samples=raw["samples"],
    )


def _templates(kinds: Mapping[str, Any]) -> Any:
    for key, kind in kinds.items():
        for channel in Channel:
            if channel not in kind:
                continue
            said = dict(kind[channel])
            number = said.pop("template", "")
            found = Template(key=key, channel=channel, label=kind["label"], number=number, **said)
            if bad := found.gaps & FORBIDDEN:
                raise ValueError(f"{key} ({channel}) must not tell {sorted(bad)}")
            if found.mandatory and not found.basis:
                raise ValueError(f"{key} ({channel}) is mandatory without a basis")
            if channel == Channel.SMS and not found.number:
                raise ValueError(f"{key} has no template number of the gateway")
            yield (key, channel), found
