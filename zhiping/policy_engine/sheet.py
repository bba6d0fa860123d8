"""Scoring: claims against a standard, with what each cap takes away and every other reading beside it (R-228…R-269)."""

import functools
from dataclasses import dataclass, field

from .factbook import Person, check_person, read_record
from .outcomes import DECISION, DOCUMENT, EVIDENCE, MET, NOT_MET, UNKNOWN, Context, Open, beijing_time
from .periods import total_months
from .problems import Complaints, PackError, Problem
from .scoring import FULL_YEARS
from .yamltext import Map

COUNTED, PENDING, REFUSED = "counted", "pending", "refused"


@dataclass(slots=True)
class Judged:
    """One claim after the tests of its row: points if it counts, and why not if it does not."""

    id: str
    row: object
    record: dict
    state: str
    points: float = 0
    line: object = None
    reason: str = ""
    cite: dict = field(default_factory=dict)
    clauses: tuple = ()

    def as_dict(self):
        return {
            "id": self.id,
            "row": self.row.id,
            "state": self.state,
            "points": self.points,
            "reason": self.reason,
            "cite": self.cite.get("words", ""),
            "clauses": dict(self.clauses),
        }


@dataclass(slots=True)
class Tally:
    """Points of one view: raw, capped and lost, by row and group."""

    total: float
    nodes: dict
    dropped: dict

    def of(self, name):
        return self.nodes[name]["points"]


class ScoreSheet:
    """The result: the certain total, what pending claims could add, the confirmed view, and the other readings."""

    def __init__(self, pack, person, claims, at, parameters):
        self.pack, self.standard, self.name = pack, pack.scoring, person.name
        self._claims, self._person, self._at, self._parameters = claims, person, at, parameters
        ctx = Context(person, params=parameters, at=at, cutoff=pack.cutoff)
        self.missing = [
            (node, raw, cite) for node, raw, cite in self.standard.needs if node.run(ctx)[0] != MET
        ]
        self._ctx = ctx
        self.judged = [_judge_claim(index, record, row, ctx) for index, (row, record) in enumerate(claims)]
        if self.standard.raw.get("evidence_once"):
            _once(self.judged)
        self.sure = _tally(self.standard, self.judged, ctx, (COUNTED,))
        for claim in self.judged:
            if claim.state == COUNTED and id(claim) in self.sure.dropped:
                claim.state, claim.reason = REFUSED, self.sure.dropped[id(claim)]

    @property
    def total(self):
        return self.sure.total

    @functools.cached_property
    def possible(self):
        """The total if every pending claim is accepted."""
        if not any(claim.state == PENDING for claim in self.judged):
            return self.sure.total
        live = [claim for claim in self.judged if claim.state != REFUSED or id(claim) in self.sure.dropped]
        return max(self.sure.total, _tally(self.standard, live, self._ctx, (COUNTED, PENDING, REFUSED)).total)

    @functools.cached_property
    def confirmed(self):
        """The tally of claims that are confirmed."""
        kept = [
            claim for claim in self.judged if claim.record.get("confirmed") is True and claim.state == COUNTED
        ]
        return _tally(self.standard, kept, self._ctx, (COUNTED,))

    def threshold_total(self, tally):
        """The total that is compared with the threshold (C-18: with or without the bonus)."""
        left_out = self.standard.without.get(self._ctx) if self.standard.without is not None else ()
        return tally.total - sum(tally.of(name) for name in left_out or ())

    @property
    def why_open(self):
        """Why the total is not final: a document, evidence or a decision; 0 if it is."""
        if self.missing:
            return (
                DOCUMENT if any(raw["missing"] == "undetermined" for _, raw, _ in self.missing) else EVIDENCE
            )
        return DECISION if self.possible > self.total else 0

    @property
    def opens(self):
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
    def readings(self):
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

    def as_dict(self):
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

    def _group(self, group):
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
                    "text": row.raw["text"],
                    "cite": row.cite["words"],
                    **self.sure.nodes[row.id],
                    "confirmed": self.confirmed.of(row.id),
                    "evidence": row.raw.get("evidence") or [],
                }
                for row in group.rows
            ]
        return told


def score(pack, claims, *, at=None, parameters=None):
    """Score a claims mapping `{name, facts, claims}` (or a list of claims) by the pack's standard."""
    if pack.scoring is None:
        raise PackError([Problem(pack.id, 0, "这个政策包没有量化评分标准", "换一个有 scoring 的政策包")])
    raw = {"claims": claims} if isinstance(claims, list) else claims
    person = raw if isinstance(raw, Person) else check_person(pack.facts, raw)
    values = pack.parameters | (parameters or {})
    return ScoreSheet(pack, person, check_claims(pack, person.claims or []), beijing_time(at), values)


def check_claims(pack, claims):
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


def _judge_claim(index, record, row, ctx):
    claim = Judged(str(record.get("id") or index + 1), row, record, COUNTED)
    clauses, pending = [], None
    for test in row.tests:
        if not test.concerns(row, ctx):
            continue
        state = test.where.state(record, ctx)
        waits = state == UNKNOWN or (state == NOT_MET and test.decision)
        clauses.append(
            (test.id, "unknown" if state == UNKNOWN or waits else "met" if state == MET else "not_met")
        )
        if state == NOT_MET and not test.decision and claim.state != REFUSED:
            claim.state, claim.reason, claim.cite = REFUSED, f"不计分：{test.text}", test.cite
        elif waits and pending is None:
            pending = (
                f"待{test.by}认定：{test.text}" if test.decision else f"内容不全：{test.text}",
                test.cite,
            )
    claim.clauses = tuple(clauses)
    if claim.state == REFUSED:
        return claim
    if row.counts_years:
        claim.state = PENDING if pending or record.get("from") is None else COUNTED
        claim.reason, claim.cite = pending or (
            "计入满年数" if claim.state == COUNTED else "内容不全：起始日期",
            row.cite,
        )
        return claim
    claim.line, claim.points, certain = _points(row, record, ctx)
    if claim.line is None or claim.points == 0:
        claim.state, claim.reason = REFUSED, "不属于任何给分的情形"
    elif pending or not certain:
        claim.state, (claim.reason, claim.cite) = PENDING, pending or ("内容不全，分值待定", row.cite)
    return claim


def _points(row, record, ctx):
    """The first line of the points table that fits; the highest that may fit if that is not certain."""
    perhaps = []
    for line in row.lines:
        state = line.where.state(record, ctx)
        if state == NOT_MET:
            continue
        points = line.points.get(ctx)
        points = 0 if type(points) is Open else points
        if state == MET:
            best = max([*perhaps, (points, line)], key=lambda pair: pair[0])
            return best[1], best[0], not perhaps
        perhaps.append((points, line))
    if perhaps:
        best = max(perhaps, key=lambda pair: pair[0])
        return best[1], best[0], False
    return None, 0, True


def _once(judged):
    """One piece of evidence counts in one place only: the first that is offered (R-268)."""
    seen = {}
    for claim in judged:
        evidence = claim.record.get("evidence")
        if evidence is None or claim.state == REFUSED:
            continue
        if evidence in seen:
            claim.state, claim.reason = REFUSED, f"同一份佐证“{evidence}”已在“{seen[evidence]}”计分，只计一处"
        else:
            seen[evidence] = claim.row.raw.get("name") or claim.row.id


def _tally(standard, judged, ctx, states):
    nodes, dropped, by_row = {}, {}, {}
    for claim in judged:
        if claim.state in states:
            by_row.setdefault(claim.row.id, []).append(claim)
    total = sum(_group_points(group, by_row, ctx, nodes, dropped) for group in standard.groups)
    return Tally(total, nodes, dropped)


def _group_points(group, by_row, ctx, nodes, dropped):
    raw = sum(_group_points(each, by_row, ctx, nodes, dropped) for each in group.groups)
    for row in group.rows:
        gained = _row_points(row, by_row[row.id], ctx, dropped) if row.id in by_row else 0
        raw += _capped(row.id, gained, row.cap, ctx, nodes)
    return _capped(group.id, raw, group.cap, ctx, nodes)


def _capped(name, raw, cap, ctx, nodes):
    limit = cap.get(ctx)
    points = raw if limit is None or type(limit) is Open else min(raw, limit)
    nodes[name] = {
        "raw": raw,
        "points": points,
        "lost": raw - points,
        "cap": limit if type(limit) is not Open else None,
    }
    return points


def _row_points(row, claims, ctx, dropped):
    if row.counts_years:
        periods = [
            (each["from"], each.get("to") or ctx.cutoff)
            for each in (claim.record for claim in claims)
            if each.get("from")
        ]
        return _points(row, {FULL_YEARS: total_months(periods, None, ctx.cutoff) // 12}, ctx)[1]
    claims = sorted(claims, key=lambda claim: -claim.points)
    claims = _best_of(row, claims, dropped)
    counts, kept = {}, []
    for claim in claims:
        times = claim.line.times.get(ctx) if claim.line.times is not None else None
        counts[claim.line] = counts.get(claim.line, 0) + 1
        if times is not None and type(times) is not Open and counts[claim.line] > times:
            dropped[id(claim)] = f"这一情形只计{times}次"
        else:
            kept.append(claim)
    if row.mode.get(ctx) in ("highest_only", "once"):
        for claim in kept[1:]:
            dropped[id(claim)] = "只计最高的一项"
        kept = kept[:1]
    return sum(claim.points for claim in kept)


def _best_of(row, claims, dropped):
    if row.best_of is None:
        return claims
    seen, kept = set(), []
    for claim in claims:
        name = claim.record.get(row.best_of)
        if name is not None and name in seen:
            dropped[id(claim)] = f"同一“{name}”只计最高的一项"
        else:
            seen.add(name)
            kept.append(claim)
    return kept
