"""One claim against its row, and all claims added up under the caps of row, second level and first level."""

from dataclasses import dataclass, field
from typing import Any

from .outcomes import MET, NOT_MET, UNKNOWN, Context, Open
from .periods import total_months
from .scoring import FULL_YEARS

COUNTED, PENDING, REFUSED = "counted", "pending", "refused"


@dataclass(slots=True)
class Judged:
    """One claim after the tests of its row: points if it counts, and why not if it does not."""

    id: str
    row: Any
    record: dict[Any, Any]
    state: str
    points: float = 0
    line: Any = None
    reason: str = ""
    cite: dict[Any, Any] = field(default_factory=dict)
    clauses: tuple[Any, ...] = ()

    def as_dict(self) -> dict[str, Any]:
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
    nodes: dict[Any, Any]
    dropped: dict[Any, Any]

    def of(self, name: Any) -> Any:
        return self.nodes[name]["points"]


def _tests_of(row: Any, ctx: Context) -> Any:
    """The clauses that concern a row under the readings of this sheet."""
    found = ctx.memo.get(row)
    if found is None:
        found = ctx.memo[row] = tuple(test for test in row.tests if test.concerns(row, ctx))
    return found


def judge_claim(index: Any, record: Any, row: Any, ctx: Context) -> Any:
    claim = Judged(str(record.get("id") or index + 1), row, record, COUNTED)
    clauses, pending = [], None
    for test in _tests_of(row, ctx):
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
    claim.line, claim.points, certain = points(row, record, ctx)
    if claim.line is None or claim.points == 0:
        claim.state, claim.reason = REFUSED, "不属于任何给分的情形"
    elif pending or not certain:
        claim.state, (claim.reason, claim.cite) = PENDING, pending or ("内容不全，分值待定", row.cite)
    return claim


def points(row: Any, record: Any, ctx: Context) -> Any:
    """The first line of the points table that fits; the highest that may fit if that is not certain."""
    perhaps: list[Any] = []
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


def once(judged: Any) -> None:
    """One piece of evidence counts in one place only: the first that is offered (R-268)."""
    seen: dict[str, str] = {}
    for claim in judged:
        evidence = claim.record.get("evidence")
        if evidence is None or claim.state == REFUSED:
            continue
        if evidence in seen:
            claim.state, claim.reason = REFUSED, f"同一份佐证“{evidence}”已在“{seen[evidence]}”计分，只计一处"
        else:
            seen[evidence] = claim.row.raw.get("name") or claim.row.id


def tally(standard: Any, judged: Any, ctx: Context, states: Any) -> Any:
    nodes: dict[str, Any] = {}
    dropped: dict[int, str] = {}
    by_row: dict[str, list[Any]] = {}
    for claim in judged:
        if claim.state in states:
            by_row.setdefault(claim.row.id, []).append(claim)
    total = sum(_group_points(group, by_row, ctx, nodes, dropped) for group in standard.groups)
    return Tally(total, nodes, dropped)


def _group_points(group: Any, by_row: Any, ctx: Context, nodes: Any, dropped: Any) -> Any:
    raw = sum(_group_points(each, by_row, ctx, nodes, dropped) for each in group.groups)
    for row in group.rows:
        gained = _row_points(row, by_row[row.id], ctx, dropped) if row.id in by_row else 0
        raw += _capped(row.id, gained, row.cap, ctx, nodes)
    return _capped(group.id, raw, group.cap, ctx, nodes)


def _capped(name: Any, raw: Any, cap: Any, ctx: Context, nodes: Any) -> Any:
    limit = cap.get(ctx)
    points = raw if limit is None or type(limit) is Open else min(raw, limit)
    nodes[name] = {
        "raw": raw,
        "points": points,
        "lost": raw - points,
        "cap": limit if type(limit) is not Open else None,
    }
    return points


def _row_points(row: Any, claims: Any, ctx: Context, dropped: Any) -> Any:
    if row.counts_years:
        periods = [
            (each["from"], each.get("to") or ctx.cutoff)
            for each in (claim.record for claim in claims)
            if each.get("from")
        ]
        return points(row, {FULL_YEARS: total_months(periods, None, ctx.cutoff) // 12}, ctx)[1]
    claims = sorted(claims, key=lambda claim: -claim.points)
    claims = _best_of(row, claims, dropped)
    counts: dict[Any, int] = {}
    kept = []
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


def _best_of(row: Any, claims: Any, dropped: Any) -> Any:
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
