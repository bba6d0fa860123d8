"""Facts that no archive holds and no applicant can tell: which desk states them. Pure.

A notice says of some facts who attests or decides them ("by"); others it only names, with a source. Each belongs to the
desk nearest to that body, and whatever no earlier desk has stated can be stated by the committee's office, the last.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from zhiping.achievements.facts import KNOWN
from zhiping.kernel.actor import EMPLOYER_ROLES, Role
from zhiping.policy_engine.factbook import Fact
from zhiping.policy_engine.pack import Pack

EMPLOYER, POINT, AUTHORITY, OFFICE = "employer", "acceptance_point", "authority", "office"
WORDS = {EMPLOYER: "用人单位认定", POINT: "受理点认定", AUTHORITY: "主管部门认定", OFFICE: "评委会办公室认定"}
NAMED = (("受理点", POINT), ("单位", EMPLOYER), ("办公室", OFFICE), ("委员会", OFFICE), ("考试机构", OFFICE))
BY_SOURCE = {"unit": EMPLOYER, "authority": AUTHORITY}
KINDS = ("boolean", "date")  # what a desk can enter
DESKS = {Role.ACCEPTANCE_POINT: POINT, Role.COMMITTEE_OFFICE: OFFICE, Role.LOWER_COMMITTEE: OFFICE}


def desk_of(role: str) -> str:
    """The desk that a step's role is."""
    return EMPLOYER if role in EMPLOYER_ROLES else DESKS.get(Role(role), AUTHORITY)


@lru_cache(maxsize=64)
def desk_facts(pack: Pack) -> Mapping[str, str]:
    """Facts that a desk states, by name, with that desk."""
    stated, read = stated_facts(pack), set(pack.facts_read())
    found = {name: _named(by) for name, by in stated.items()}
    for name in sorted(read - set(found)):
        fact = pack.facts[name]
        if fact.type in KINDS and fact.source in BY_SOURCE and name not in KNOWN:
            found[name] = BY_SOURCE[fact.source]
    return MappingProxyType(found)


def facts_at(pack: Pack, role: str, stated: Iterable[str] = ()) -> list[Fact]:
    """What the desk of a role is asked to state; the office also what no earlier desk has stated."""
    desk, done = desk_of(role), frozenset(stated)
    return [
        pack.facts[name]
        for name, owner in desk_facts(pack).items()
        if pack.facts[name].type in KINDS
        and (owner == desk or (desk == OFFICE and owner != EMPLOYER and name not in done))
    ]


def source_words(pack: Pack, name: str) -> str:
    """Who stated a fact, in the words of a verdict."""
    return WORDS[desk_facts(pack).get(name, EMPLOYER)]


@lru_cache(maxsize=64)
def stated_facts(pack: Pack) -> Mapping[str, str]:
    """Facts that a body states or decides, with the body as the notice names it."""
    found: dict[str, str] = {}
    _collect(pack.data.get("gates"), found)
    _collect(pack.data.get("pathways"), found)
    _collect(pack.data.get("definitions"), found)
    return MappingProxyType({name: by for name, by in found.items() if name in pack.facts})


def _named(by: str) -> str:
    return next((desk for word, desk in NAMED if word in by), AUTHORITY)


def _collect(value: Any, found: dict[str, str]) -> None:
    if isinstance(value, Mapping):
        for key in ("attested", "decision"):
            if isinstance(value.get(key), str):
                found[value[key]] = str(value.get("by") or "")
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            _collect(each, found)
