"""Verdicts: what was found for one pathway and for one person, in words and as plain data."""

import functools
from dataclasses import dataclass
from typing import Any

from .findings import deciding_clauses, findings_of
from .outcomes import NOT_MET, Context

ELIGIBLE, INELIGIBLE, NOT_OFFERED = "eligible", "ineligible", "not_offered"
UNDETERMINED, NEEDS_EVIDENCE, NEEDS_DECISION = "undetermined", "needs_evidence", "needs_decision"
WORDS = {
    ELIGIBLE: "符合",
    INELIGIBLE: "不符合",
    NOT_OFFERED: "不开放",
    UNDETERMINED: "无法判断（条件所在文件未提供）",
    NEEDS_EVIDENCE: "需补充证明",
    NEEDS_DECISION: "需人工认定",
}
BEST_FIRST = (ELIGIBLE, NEEDS_DECISION, NEEDS_EVIDENCE, UNDETERMINED, INELIGIBLE, NOT_OFFERED)


@dataclass(frozen=True, eq=False)
class Plan:
    """What binds one pathway for one title, sorted out once per pack."""

    pathway: Any
    gates: tuple[Any, ...]
    waived: tuple[Any, ...]
    nodes: tuple[Any, ...]
    parameters: tuple[Any, ...]


@dataclass(eq=False)
class PathwayVerdict:
    """The verdict for one pathway. The trace is held; sentences are made when they are asked for."""

    plan: Plan
    title: dict[Any, Any]
    verdict: str
    context: Context
    outcomes: tuple[Any, ...]
    other_readings: Any = None
    not_offered_because: str = ""

    @functools.cached_property
    def decided_by(self) -> Any:
        """Readings that decide: under an alternative of these parameters the verdict would be another."""
        return list(self.other_readings(self)) if self.other_readings else []

    @property
    def id(self) -> Any:
        return self.plan.pathway.id

    @property
    def name(self) -> Any:
        return self.plan.pathway.name

    @property
    def may_proceed(self) -> bool:
        return bool(self.verdict == ELIGIBLE)

    @functools.cached_property
    def findings(self) -> Any:
        """Every clause with its result, in the order of the notice."""
        return tuple(findings_of(self.plan, self.outcomes, self.context))

    @property
    def deciding(self) -> Any:
        """Ids of the clauses that decide the verdict; none if it is eligible."""
        if self.verdict in (ELIGIBLE, NOT_OFFERED) or not self.outcomes:
            return []
        return deciding_clauses(self.plan.nodes, self.outcomes, self.context)

    def clause(self, name: Any) -> Any:
        """The finding of one clause, or None."""
        return next((finding for finding in self.findings if finding.id == name), None)

    def in_words(self) -> str:
        """One Chinese paragraph: the verdict and what decides it."""
        said = f"{self.name}：{WORDS[self.verdict]}"
        if self.verdict == NOT_OFFERED:
            return f"{said}。{self.not_offered_because or self._not_for_this_person()}"
        reasons = [
            finding.in_words()
            for name in self.deciding
            if (finding := self.clause(name)) and not finding.holds_others
        ]
        raw = self.plan.pathway.raw
        if self.verdict == INELIGIBLE and raw.get("otherwise") and self._door_is_shut():
            reasons.append(raw["otherwise"])
        doubts = {each["question"]: each["reading"] or "参数" for each in self.decided_by}
        reasons += [f"本结论取决于如何理解：{question}（{reading}）" for question, reading in doubts.items()]
        return said + ("。" + "；".join(reasons) if reasons else "") + "。"

    def _not_for_this_person(self) -> Any:
        return "不属于本方式的适用对象：" + self.plan.nodes[0].tell(self.outcomes[0], self.context)

    def _door_is_shut(self) -> Any:
        return any(
            outcome[0] == NOT_MET
            for node, outcome in zip(self.plan.nodes, self.outcomes, strict=True)
            if node in self.plan.pathway.opens_if
        )

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON-ready data."""
        return {
            "pathway": self.id,
            "name": self.name,
            "verdict": self.verdict,
            "words": self.in_words(),
            "cite": self.plan.pathway.cite["words"],
            "deciding": self.deciding,
            "decided_by": self.decided_by,
            "needs_confirmation": bool(self.plan.pathway.raw.get("needs_confirmation")),
            "clauses": [finding.as_dict() for finding in self.findings],
        }


@dataclass(eq=False)
class Verdict:
    """The verdicts for every pathway that was asked about."""

    pack: Any
    title: dict[Any, Any]
    name: str
    at: Any
    pathways: list[Any]
    refusal: str = ""

    @property
    def verdict(self) -> Any:
        """The best verdict of all pathways."""
        found = {each.verdict for each in self.pathways} or {NOT_OFFERED}
        return next(each for each in BEST_FIRST if each in found)

    @property
    def may_proceed(self) -> bool:
        return bool(self.verdict == ELIGIBLE)

    def pathway(self, name: Any) -> Any:
        """The verdict of one pathway, or None."""
        return next((each for each in self.pathways if each.id == name), None)

    def in_words(self) -> str:
        """All pathways in Chinese, one line each."""
        return self.refusal or "\n".join(each.in_words() for each in self.pathways)

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON-ready data."""
        return {
            "pack": self.pack.id,
            "checksum": self.pack.checksum,
            "title": self.title["name"],
            "name": self.name,
            "at": self.at.isoformat() if self.at else None,
            "cutoff": self.pack.cutoff.isoformat(),
            "verdict": self.verdict,
            "words": self.in_words(),
            "pathways": [each.as_dict() for each in self.pathways],
        }
