"""Scoring: claims against a standard, with what each cap takes away and every other reading beside it (R-228…R-269)."""

import functools
from typing import Any

from .factbook import Person, check_person, read_record
from .outcomes import DECISION, DOCUMENT, EVIDENCE, MET, Context, Open, beijing_time
from .problems import Complaints, PackError, Problem
from .tally import COUNTED, PENDING, REFUSED, judge_claim, once, tally
from .yamltext import Map


class ScoreSheet:
    """The result: the certain total, what pending claims could add, the confirmed view, and the other readings."""

    def __init__(self, pack: Any, person: Any, claims: Any, at: Any, parameters: Any) -> None:
        self.pack, self.standard, self.name = pack, pack.scoring, person.name
        self._claims, self._person, self._at, self._parameters = claims, person, at, parameters
        ctx = Context(person, params=parameters, at=at, cutoff=pack.cutoff)
        self.missing = [
            (node, raw, cite) for node, raw, cite in self.standard.needs if node.run(ctx)[0] != MET
        ]
        self._ctx = ctx
        self.judged = [judge_claim(index, record, row, ctx) for index, (row, record) in enumerate(claims)]
        if self.standard.raw.get("evidence_once"):
            once(self.judged)
        self.sure = tally(self.standard, self.judged, ctx, (COUNTED,))
        for claim in self.judged:
            if claim.state == COUNTED and id(claim) in self.sure.dropped:
                claim.state, claim.reason = REFUSED, self.sure.dropped[id(claim)]

    @property
    def total(self) -> Any:
        return self.sure.total

    @functools.cached_property
    def possible(self) -> Any:
        """The total if every pending claim is accepted."""
        if not any(claim.state == PENDING for claim in self.judged):
            return self.sure.total
        live = [claim for claim in self.judged if claim.state != REFUSED or id(claim) in self.sure.dropped]
        return max(self.sure.total, tally(self.standard, live, self._ctx, (COUNTED, PENDING, REFUSED)).total)

    @functools.cached_property
    def confirmed(self) -> Any:
        """The tally of claims that are confirmed."""
        kept = [
            claim for claim in self.judged if claim.record.get("confirmed") is True and claim.state == COUNTED
        ]
        return tally(self.standard, kept, self._ctx, (COUNTED,))

    def threshold_total(self, tally: Any) -> Any:
        """The total that is compared with the threshold (C-18: with or without the bonus)."""
        left_out = self.standard.without.get(self._ctx) if self.standard.without is not None else ()
        return tally.total - sum(tally.of(name) for name in left_out or ())

    @property
    def why_open(self) -> Any:
        """Why the total is not final: a document, evidence or a decision; 0 if it is."""
        if self.missing:
            return (
                DOCUMENT if any(raw["missing"] == "undetermined" for _, raw, _ in self.missing) else EVIDENCE
            )
        return DECISION if self.possible > self.total else 0

    @property
    def opens(self) -> Any:
        """Does the score open the self-scored pathway: True, False, or None while it depends on open points."""
        if self.standard.threshold is None or self.missing:
            return None
        need = self.standard.threshold.get(self._ctx)
        if type(need) is Open:
            return None
        if self.threshold_total(self.sure) >= need:
            return True
        gain = self.possible - self.total
        return None if self.threshold_total(self.sure) + gain >= need else False

    @functools.cached_property
    def readings(self) -> Any:
        """Total under every alternative of every parameter that the standard reads."""
        found = []
        for name in sorted(self.standard.parameters):
            declared = self.pack.data["parameters"][name]
            for value in declared.get("alternatives") or ():
                other = ScoreSheet(
                    self.pack, self._person, self._claims, self._at, self._parameters | {name: value}
                )
                found.append(
                    {
                        "parameter": name,
                        "reading": declared.get("reading"),
                        "question": declared["question"],
                        "value": self._parameters.get(name),
                        "alternative": value,
                        "total": other.total,
                        "opens": other.opens,
                    }
                )
        return found

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON-ready data."""
        return {
            "pack": self.pack.id,
            "name": self.name,
            "standard": self.standard.raw["id"],
            "maximum": self.standard.raw["maximum"],
            "total": self.total,
            "possible": self.possible,
            "confirmed": self.confirmed.total,
            "opens": self.opens,
            "open": [
                {"text": raw["text"], "cite": cite["words"], "missing": raw["missing"]}
                for _, raw, cite in self.missing
            ],
            "first_level": [self._group(group) for group in self.standard.groups],
            "claims": [claim.as_dict() for claim in self.judged],
            "readings": self.readings,
        }

    def _group(self, group: Any) -> Any:
        told = {
            "id": group.id,
            "name": group.name,
            "cite": group.cite["words"],
            **self.sure.nodes[group.id],
            "confirmed": self.confirmed.of(group.id),
        }
        if group.groups:
            told["second_level"] = [self._group(each) for each in group.groups]
        if group.rows:
            told["rows"] = [
                {
                    "id": row.id,
                    "name": row.raw.get("name") or row.id,
                    "text": row.raw["text"],
                    "cite": row.cite["words"],
                    **self.sure.nodes[row.id],
                    "confirmed": self.confirmed.of(row.id),
                    "evidence": row.raw.get("evidence") or [],
                }
                for row in group.rows
            ]
        return told


def score(pack: Any, claims: Any, *, at: Any = None, parameters: Any = None) -> Any:
    """Score a claims mapping `{name, facts, claims}` (or a list of claims) by the pack's standard."""
    if pack.scoring is None:
        raise PackError([Problem(pack.id, 0, "这个政策包没有量化评分标准", "换一个有 scoring 的政策包")])
    raw = {"claims": claims} if isinstance(claims, list) else claims
    person = raw if isinstance(raw, Person) else check_person(pack.facts, raw)
    values = pack.parameters | (parameters or {})
    return ScoreSheet(pack, person, check_claims(pack, person.claims or []), beijing_time(at), values)


def check_claims(pack: Any, claims: Any) -> Any:
    """Check claims against the rows' fields; PackError names key, line and what is allowed."""
    complaints, found = Complaints(), []
    if not isinstance(claims, list):
        raise PackError(
            [Problem("claims", getattr(claims, "line", 0), "claims 应是列表", "写作 claims: [{row: …}]")]
        )
    for index, claim in enumerate(claims):
        if not isinstance(claim, dict):
            complaints.add(
                claims, f"第 {index + 1} 项业绩应是“键: 值”的形式", "如 {row: …, date: …}", key=index
            )
            continue
        claim = claim if isinstance(claim, Map) else Map(claim, file="claims")  # noqa: PLW2901
        row = pack.scoring.rows.get(claim.get("row"))
        if row is None:
            complaints.add(
                claim, f"没有得分项“{claim.get('row')}”", "可用：" + "、".join(pack.scoring.rows), key="row"
            )
            continue
        if "points" in claim:
            complaints.add(claim, "分值由系统按业绩计算，不能填写", "删去 points", key="points")
            continue
        body = Map(
            {key: value for key, value in claim.items() if key != "row"}, file=claim.file, line=claim.line
        )
        body.lines.update(claim.lines)
        found.append((row, read_record(row.fact, body, index, complaints)))
    complaints.raise_if_any()
    return found
