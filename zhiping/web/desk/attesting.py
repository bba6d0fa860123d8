"""What the rules want this desk to state: the questions, the answers of a form, and what was stated so far."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiping.applications.attesting import facts_at, source_words
from zhiping.applications.queries.desks import CaseFile
from zhiping.kernel.errors import Refused
from zhiping.plans.rules import rules_of
from zhiping.policy_engine.factbook import Fact
from zhiping.policy_engine.pack import Pack

NAME = "attested-"
YES_NO = {"true": True, "false": False}


def asked_at(pack: Pack, opened: CaseFile, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Questions for the desk that has the case, with what is typed or was stated."""
    if opened.step is None:
        return []
    said = opened.attested
    return [
        {
            "name": NAME + fact.name,
            "label": fact.question,
            "is_day": fact.type == "date",
            "value": typed.get(NAME + fact.name) or _written(said.get(fact.name)),
        }
        for fact in facts_at(pack, opened.step.role, said)
    ]


def attested_in(posted: Mapping[str, str], opened: CaseFile) -> dict[str, Any]:
    """The answers of this desk; those that belong to another desk, and empty ones, are left out."""
    if opened.step is None:
        return {}
    asked = facts_at(rules_of(opened.application.plan), opened.step.role, opened.attested)
    found = {fact.name: _read(fact, posted.get(NAME + fact.name, "")) for fact in asked}
    return {name: value for name, value in found.items() if value is not None}


def stated_so_far(pack: Pack, opened: CaseFile) -> list[tuple[str, str, str]]:
    """Question, answer and who answered."""
    return [
        (pack.facts[name].question, pack.facts[name].shown(value), source_words(pack, name))
        for name, value in opened.attested.items()
        if name in pack.facts
    ]


def _read(fact: Fact, text: str) -> Any:
    if fact.type == "boolean":
        return YES_NO.get(text)
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(f"“{fact.question}”不是一个日期，请写成 2026-03-09 这样。") from None


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
