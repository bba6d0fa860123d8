"""Run the worked cases beside a pack, and find the clauses and scoring rows that no case proves."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import Any

from .demands import chain_for, fees_for, materials_for
from .judge import judge
from .problems import Complaints, PackError
from .schema import check, mapping_of
from .sheet import score
from .tally import COUNTED
from .verdicts import BEST_FIRST
from .yamltext import Map, parse

STATUSES = ("met", "not_met", "unknown", "not_applicable", "waived", "warning", "not_judged")


def _anything(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
    """Checked by what the case is run against."""


CASE = {
    "name!": "text",
    "requirement": _anything,
    "title!": "text",
    "pathway": "id",
    "at": _anything,
    "cutoff": "date",
    "person": "text",
    "facts": _anything,
    "without": ["text"],
    "parameters": _anything,
    "expect": BEST_FIRST,
    "note": "text",
    "clauses": mapping_of(STATUSES),
    "decided_by": ["text"],
    "deciding": ["text"],
    "chain": "text",
    "steps": ["text"],
    "materials": ["text"],
    "fees": "number",
    "verdicts": mapping_of(BEST_FIRST),
}
EXPECT = {
    "total": "number",
    "possible": "number",
    "confirmed": "number",
    "pending": "number",
    "opens": "boolean",
    "first": mapping_of("number"),
    "second": mapping_of("number"),
    "rows": mapping_of("number"),
    "raw": mapping_of("number"),
    "readings": mapping_of("number"),
}
SCORING_CASE = {
    "name!": "text",
    "requirement": _anything,
    "at": _anything,
    "cutoff": "date",
    "person": "text",
    "facts": _anything,
    "without": ["text"],
    "parameters": _anything,
    "claims!": [_anything],
    "expect!": EXPECT,
    "note": "text",
    "clauses": mapping_of([STATUSES]),
    "states": mapping_of(("counted", "pending", "refused")),
}
FILE = {"people": mapping_of(_anything), "cases": [CASE], "scoring_cases": [SCORING_CASE], "pack": "text"}


@dataclass
class CaseReport:
    """What happened: how many cases ran, every problem, and which results were seen of each clause."""

    ran: int = 0
    problems: Complaints = field(default_factory=Complaints)
    seen: dict[Any, Any] = field(default_factory=dict)
    rows: set[Any] = field(default_factory=set)
    requirements: set[Any] = field(default_factory=set)

    def note(self, name: Any, status: Any) -> None:
        self.seen.setdefault(name, set()).add(status)


def run_cases(pack: Any, text: Any, file: Any = "cases.yaml") -> Any:
    """Run the text of a cases file against a pack."""
    report = CaseReport()
    try:
        data = parse(text, file)
    except PackError as error:
        report.problems.extend(error.problems)
        return report
    check(data, FILE, report.problems, "文件")
    if report.problems:
        return report
    people = data.get("people") or {}
    for kind, run in (("cases", _run_case), ("scoring_cases", _run_scoring_case)):
        for case in data.get(kind) or ():
            report.ran += 1
            _note_requirements(case, report)
            try:
                run(pack, case, people, report)
            except PackError as error:
                for problem in error.problems:
                    report.problems.add(case, f"“{case['name']}”：{problem.message}", problem.remedy)
    return report


def _note_requirements(case: Any, report: Any) -> None:
    named = case.get("requirement")
    for name in named if isinstance(named, list) else [named] if named is not None else ():
        if re.fullmatch(r"[RC]-\d{2,3}", str(name)):
            report.requirements.add(name)
        else:
            report.problems.add(case, f"requirement“{name}”写法不对", "写 R-… 或 C-…", key="requirement")


def _facts(case: Any, people: Any, report: Any) -> Any:
    base = Map(file=case.file, line=case.line)
    if case.get("person") is not None:
        if case["person"] not in people:
            report.problems.add(
                case, f"people 里没有“{case['person']}”", "现有：" + "、".join(people), key="person"
            )
        base.update(people.get(case["person"]) or {})
    for key, value in (case.get("facts") or {}).items():
        base[key] = value
        base.lines[key] = case["facts"].lines.get(key, case.line)
    for key in case.get("without") or ():
        base.pop(key, None)
    return base


def _moment(case: Any, report: Any) -> Any:
    at = case.get("at")
    if isinstance(at, str):
        try:
            return dt.datetime.fromisoformat(at)
        except ValueError:
            report.problems.add(
                case, f"at“{at}”不是时间", "写作 2020-11-01T09:00:00+08:00 或 2020-11-01", key="at"
            )
            return None
    return at


def _at_cutoff(pack: Any, case: Any) -> Any:
    """The pack as another year's plan would use it: the same rules, another cut-off day."""
    day = case.get("cutoff")
    if day is None:
        return pack
    plan = pack.data["plan"]
    return replace(pack, data={**pack.data, "plan": {**plan, "cutoff": {**plan["cutoff"], "day": day}}})


def _differs(case: Any, report: Any, what: Any, wanted: Any, got: Any, *, extra: Any = "") -> None:
    if wanted != got:
        report.problems.add(
            case, f"“{case['name']}”：{what} 应为 {wanted}，实为 {got}", extra, key=what.split(" ")[0]
        )


def _run_case(pack: Any, case: Any, people: Any, report: Any) -> None:
    pack = _at_cutoff(pack, case)
    facts, title, way = _facts(case, people, report), case["title"], case.get("pathway")
    options = {"at": _moment(case, report), "parameters": case.get("parameters")}
    verdict = judge(pack, title, facts, pathway=way, **options)
    statuses: dict[str, str] = {}
    for each in verdict.pathways:
        deciding = set(each.deciding)
        for finding in each.findings:
            statuses.setdefault(finding.id, finding.status)
            if (
                finding.status in ("met", "unknown")
                or finding.id in deciding
                or finding.id in (case.get("clauses") or {})
                or finding.role == "exception"
            ):
                report.note(finding.id, finding.status)
    if case.get("expect") is not None:
        _differs(case, report, "expect", case["expect"], verdict.verdict, extra=verdict.in_words()[:300])
    for name, wanted in (case.get("verdicts") or {}).items():
        held = verdict.pathway(name)
        _differs(case, report, f"verdicts {name}", wanted, held.verdict if held else "not_offered")
    for name, wanted in (case.get("clauses") or {}).items():
        if name not in pack.clauses:
            report.problems.add(case, f"“{case['name']}”：没有条款“{name}”", "检查 id", key="clauses")
        else:
            _differs(case, report, f"clauses {name}", wanted, statuses.get(name, "（这一方式没有这一条）"))
    if case.get("decided_by") is not None:
        got = sorted({found["parameter"] for each in verdict.pathways for found in each.decided_by})
        _differs(case, report, "decided_by", sorted(case["decided_by"]), got)
    if case.get("deciding") is not None:
        _differs(
            case,
            report,
            "deciding",
            sorted(case["deciding"]),
            sorted({n for e in verdict.pathways for n in e.deciding}),
        )
    _run_demands(pack, case, facts, options, report)


def _run_demands(pack: Any, case: Any, facts: Any, options: Any, report: Any) -> None:
    title, way = case["title"], case.get("pathway")
    if case.get("chain") is not None or case.get("steps") is not None:
        chain = chain_for(pack, title, way, facts, **options)
        if case.get("chain") is not None:
            _differs(case, report, "chain", case["chain"], chain["id"] if chain else None)
        if case.get("steps") is not None:
            _differs(
                case,
                report,
                "steps",
                case["steps"],
                [step["id"] for step in chain["steps"]] if chain else None,
            )
    if case.get("materials") is not None:
        needed = [
            each["id"]
            for each in materials_for(pack, title, way, facts, **options)
            if each["state"] == "needed"
        ]
        _differs(case, report, "materials", sorted(case["materials"]), sorted(needed))
    if case.get("fees") is not None:
        fees = [
            each.get("amount") or 0
            for each in fees_for(pack, title, way, facts, **options)
            if each["state"] == "needed"
        ]
        _differs(case, report, "fees", case["fees"], sum(fees))


def _run_scoring_case(pack: Any, case: Any, people: Any, report: Any) -> None:
    facts = _facts(case, people, report)
    facts["claims"] = case["claims"]
    pack = _at_cutoff(pack, case)
    sheet = score(pack, facts, at=_moment(case, report), parameters=case.get("parameters"))
    seen: dict[str, set[str]] = {}
    for claim in sheet.judged:
        if claim.state == COUNTED:
            report.rows.add(claim.row.id)
        for name, status in claim.clauses:
            seen.setdefault(name, set()).add(status)
            report.note(name, status)
    expect = case["expect"]
    totals = {
        "total": sheet.total,
        "possible": sheet.possible,
        "confirmed": sheet.confirmed.total,
        "opens": sheet.opens,
        "pending": sheet.possible - sheet.total,
    }
    for key, got in totals.items():
        if key in expect:
            _differs(case, report, key, expect[key], got)
    for key, what in (("first", "points"), ("second", "points"), ("rows", "points"), ("raw", "raw")):
        for name, wanted in (expect.get(key) or {}).items():
            _differs(case, report, f"{key} {name}", wanted, sheet.sure.nodes.get(name, {}).get(what))
    readings = {f"{each['parameter']}={each['alternative']}": each["total"] for each in sheet.readings}
    for name, wanted in (expect.get("readings") or {}).items():
        _differs(
            case, report, f"readings {name}", wanted, readings.get(name), extra="可用：" + "、".join(readings)
        )
    for name, wanted in (case.get("clauses") or {}).items():
        _differs(case, report, f"clauses {name}", sorted(wanted), sorted(seen.get(name, ())))
    states = {claim.id: claim.state for claim in sheet.judged}
    for name, wanted in (case.get("states") or {}).items():
        _differs(case, report, f"states {name}", wanted, states.get(str(name)))
