"""Questions to the published rules."""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from zhiping import policy_engine as engine
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.models import CalendarException, CalendarYear
from zhiping.policies.calendar_lines import Exceptional, lines_of
from zhiping.policies.models import PackVersion
from zhiping.policies.states import USABLE, PackState
from zhiping.policy_engine import Pack, PackError, Problem, ScoreSheet, Verdict, load_pack_text

COMPILED_PACKS_KEPT = 64


def visible_to(actor: Actor) -> QuerySet[PackVersion]:
    """Everyone sees what is or was in force; drafts only the body that owns them, and the administrator."""
    if actor.has_role(Role.SYSTEM_ADMIN, Role.SYSTEM):
        return PackVersion.objects.all()
    public = Q(state__in=USABLE)
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return PackVersion.objects.filter(public | Q(owner_id=actor.organisation_id))
    return PackVersion.objects.filter(public)


def pack_of(version: PackVersion) -> Pack:
    """The compiled pack; compiled once per process and checksum."""
    return compiled(version.checksum, lambda: version.text)


def compiled(checksum: str, text: str | Callable[[], str]) -> Pack:
    """The pack of a text, or of what a function writes if it must; `checksum` alone is the key of the cache."""
    return _compiled(_Keyed(checksum, text))


def judge(pack: Pack, facts: Any, *, title: str, at: datetime | None = None, **narrowed: Any) -> Verdict:
    """A verdict for every pathway (or the one given as `pathway`), argued clause by clause (R-113)."""
    return engine.judge(pack, title, facts, at=at, **narrowed)


def score(pack: Pack, claims: Any, *, at: datetime | None = None) -> ScoreSheet:
    """The scoring sheet of the pack, filled from claims."""
    return engine.score(pack, claims, at=at)


def published(slug: str) -> PackVersion | None:
    """The version in force."""
    return PackVersion.objects.filter(slug=slug, state=PackState.PUBLISHED).first()


def next_number(slug: str) -> int:
    return (PackVersion.objects.filter(slug=slug).aggregate(highest=Max("number"))["highest"] or 0) + 1


def problems_of(text: str) -> list[Problem]:
    """What is wrong with a text, each with its line and remedy; empty if it could be published."""
    try:
        load_pack_text(text, "规则全文")
    except PackError as error:
        return list(error.problems)
    return []


def calendar_text(year: int) -> str:
    """A year's exceptional days as the lines in which they are typed."""
    days = CalendarException.objects.filter(year_id=year).order_by("day")
    return lines_of([Exceptional(each.day, each.is_working, each.name) for each in days])


def calendar_years() -> QuerySet[CalendarYear]:
    """The years that are known, newest first."""
    return CalendarYear.objects.order_by("-year")


class _Keyed:
    """A text, or how to write it, that hashes and compares by its checksum."""

    __slots__ = ("checksum", "text")

    def __init__(self, checksum: str, text: str | Callable[[], str]) -> None:
        self.checksum, self.text = checksum, text

    def __hash__(self) -> int:
        return hash(self.checksum)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, _Keyed) and self.checksum == other.checksum


@functools.lru_cache(maxsize=COMPILED_PACKS_KEPT)
def _compiled(keyed: _Keyed) -> Pack:
    return load_pack_text(keyed.text() if callable(keyed.text) else keyed.text)
