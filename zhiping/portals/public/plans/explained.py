"""A verdict as something to read: the headline, the ways of applying with the best first, the nearest fixes."""

from dataclasses import dataclass
from typing import Any

from zhiping.policy_engine import Verdict
from zhiping.policy_engine.verdicts import (
    BEST_FIRST,
    ELIGIBLE,
    INELIGIBLE,
    NOT_OFFERED,
    WORDS,
    PathwayVerdict,
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of applying: the engine's account of it, and what is missing."""

    told: dict[str, Any]
    fixes: list[str]


@dataclass(frozen=True, slots=True)
class Explained:
    """The whole answer; `kind` is that of the note it stands in."""

    headline: str
    kind: str
    advice: list[str]
    ways: list[Way]


def explain(verdict: Verdict) -> Explained:
    """All ways, the best first; the headline names the one that is open or nearest."""
    ranked = sorted(verdict.pathways, key=_rank)
    ways = _without_repeats([Way(each.as_dict(), fixes_of(each)) for each in ranked])
    if not ranked:
        return Explained(verdict.refusal, "warn", [], [])
    best, fixes = ranked[0], ways[0].fixes
    able = "、".join(each.name for each in ranked if each.verdict == ELIGIBLE)
    if able:
        return Explained(f"按您填的情况，可以用这些方式申报：{able}", "ok", [], ways)
    if best.verdict == INELIGIBLE:
        return Explained(f"目前没有一种方式完全符合，最近的是“{best.name}”", "warn", fixes, ways)
    if best.verdict == NOT_OFFERED:
        return Explained("按您填的情况，没有向您开放的申报方式", "warn", [], ways)
    return Explained(f"还不能下结论，最有可能的是“{best.name}”：{WORDS[best.verdict]}", "info", fixes, ways)


def _without_repeats(ways: list[Way]) -> list[Way]:
    """A gate that has the same result in an earlier way is shown there only, with what stands under it."""
    shown: set[tuple[str, str]] = set()
    for way in ways:
        kept, is_repeated = [], False
        for each in way.told["clauses"]:
            if each["depth"] == 0:
                key = (each["id"], each["status"])
                is_repeated = each["role"] == "gate" and key in shown
                if each["role"] == "gate":
                    shown.add(key)
            if not is_repeated:
                kept.append(each)
        way.told["clauses"] = kept
    return ways


def fixes_of(pathway: PathwayVerdict) -> list[str]:
    """For each clause that decides: the smallest change that would meet it, with the day where time alone does it."""
    deciding = set(pathway.deciding)
    return list(
        dict.fromkeys(
            f"{finding.clause.text}：{finding.change}" if finding.change else finding.in_words()
            for finding in pathway.findings
            if finding.id in deciding and not finding.holds_others
        )
    )


def _rank(pathway: PathwayVerdict) -> tuple[int, int]:
    broken = sum(finding.status == "not_met" for finding in pathway.findings if not finding.holds_others)
    return BEST_FIRST.index(pathway.verdict), broken
