"""A verdict as something to read: one block per way of applying, its clauses as a tree, the nearest way to meet it."""

from dataclasses import dataclass
from typing import Any

from zhiping.policy_engine import Verdict
from zhiping.policy_engine.findings import Finding
from zhiping.policy_engine.judge import BEST_FIRST, ELIGIBLE, INELIGIBLE, NOT_OFFERED, WORDS, PathwayVerdict

FAMILIES = {
    "eligible": "ok", "needs_decision": "info", "needs_evidence": "warn", "undetermined": "neutral",
    "ineligible": "err", "not_offered": "neutral",
}  # fmt: skip
STATES = {"met": "met", "not_met": "not_met", "not_applicable": "met", "waived": "met", "warning": "met"}
LATER = "填报时再核"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of applying and how far the person is from it."""

    name: str
    word: str
    family: str
    words: str
    nodes: list[dict[str, Any]]
    fixes: list[str]
    text: str
    cite: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """The whole answer."""

    headline: str
    kind: str
    advice: list[str]
    ways: list[Way]


def explain(verdict: Verdict) -> Explained:
    """All ways, the best first; the headline names the one that is open or nearest."""
    ranked = sorted(verdict.pathways, key=_rank)
    ways = [_way(each) for each in ranked]
    if not ranked:
        return Explained(verdict.refusal, "warn", [], [])
    best, way = ranked[0], ways[0]
    able = "、".join(each.name for each in ranked if each.verdict == ELIGIBLE)
    if able:
        return Explained(f"按您填的情况，可以用这些方式申报：{able}", "ok", [], ways)
    if best.verdict == INELIGIBLE:
        return Explained(f"目前没有一种方式完全符合，最近的是“{best.name}”", "warn", way.fixes, ways)
    if best.verdict == NOT_OFFERED:
        return Explained("按您填的情况，没有向您开放的申报方式", "warn", [], ways)
    return Explained(f"还不能下结论，最有可能的是“{best.name}”：{WORDS[best.verdict]}", "info", way.fixes, ways)


def _rank(pathway: PathwayVerdict) -> tuple[int, int]:
    broken = sum(finding.status == "not_met" for finding in pathway.findings if not finding.holds_others)
    return BEST_FIRST.index(pathway.verdict), broken


def _way(pathway: PathwayVerdict) -> Way:
    deciding = set(pathway.deciding)
    fixes = [
        f"{finding.clause.text}：{finding.change}" if finding.change else finding.in_words()
        for finding in pathway.findings
        if finding.id in deciding and not finding.holds_others
    ]
    return Way(
        pathway.name,
        WORDS[pathway.verdict],
        FAMILIES[pathway.verdict],
        pathway.not_offered_because,
        tree_of(list(pathway.findings)),
        list(dict.fromkeys(fixes)),
        pathway.plan.pathway.raw["text"],
        pathway.plan.pathway.cite["words"],
        pathway.verdict in (ELIGIBLE, INELIGIBLE),
    )


def tree_of(findings: list[Finding]) -> list[dict[str, Any]]:
    """Findings (outer before inner, with their depth) as the nodes of the tree component."""
    roots: list[dict[str, Any]] = []
    path: list[tuple[int, dict[str, Any]]] = []
    for finding in findings:
        if not finding.clause.text:
            continue
        node = _node(finding)
        while path and path[-1][0] >= finding.depth:
            path.pop()
        (path[-1][1]["parts"] if path else roots).append(node)
        path.append((finding.depth, node))
    return roots


def _node(finding: Finding) -> dict[str, Any]:
    used = [each for each in finding.used if each["value"] is not None] if finding.clause.facts else []
    got = finding.sentence or LATER
    if used and not finding.holds_others:
        got += "（" + "；".join(f"{each['label']}：{each['shown']}" for each in used) + "）"
    return {
        "state": STATES.get(finding.status, "unknown"),
        "text": finding.clause.text,
        "got": got,
        "source": "您填写的内容" if used else "",
        "cite": finding.clause.cite.get("words") or "",
        "fix": finding.change or finding.clause.raw.get("hint") or "",
        "parts": [],
        "join": "",
    }
