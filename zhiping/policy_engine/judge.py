"""Judge one person by a pack: a verdict for every pathway, which argues clause by clause (R-113, R-395)."""

import functools
from typing import Any

from .factbook import check_person
from .outcomes import DECISION, DOCUMENT, EVIDENCE, MET, NOT_MET, UNKNOWN, Context, beijing_time
from .problems import PackError, Problem
from .sheet import ScoreSheet, check_claims
from .verdicts import (
    ELIGIBLE,
    INELIGIBLE,
    NEEDS_DECISION,
    NEEDS_EVIDENCE,
    NOT_OFFERED,
    UNDETERMINED,
    PathwayVerdict,
    Plan,
    Verdict,
)

BY_WHY = {DECISION: NEEDS_DECISION, EVIDENCE: NEEDS_EVIDENCE, DOCUMENT: UNDETERMINED}


def judge(
    pack: Any, title: Any, facts: Any, *, at: Any = None, pathway: Any = None, parameters: Any = None
) -> Any:
    """Judge `facts` (a mapping, or a checked Person) for a title (name or id) of the pack, by one or every pathway.

    Without `at` deadlines are not judged. `parameters` enters values that stood in documents not supplied, or readings.
    """
    person, at = check_person(pack.facts, facts), beijing_time(at)
    held = pack.title(title)
    if held is None:
        return _refused(pack, title, person, at)
    values = pack.parameters | _checked(pack, parameters) if parameters else pack.parameters
    claims = check_claims(pack, person.claims) if person.claims is not None and pack.scoring else None
    ctx = Context(person, params=values, at=at, cutoff=pack.cutoff, score=_scorer(pack, person, claims))
    plans = plans_for(pack, held)
    if pathway is not None:
        plans = [plan for plan in plans if plan.pathway.id == pathway]
        if not plans:
            return Verdict(pack, held, person.name, at, [_no_such_pathway(pack, held, pathway, ctx)])
    return Verdict(pack, held, person.name, at, [_judge_plan(pack, plan, held, ctx) for plan in plans])


def plans_for(pack: Any, title: Any) -> Any:
    """The plans of a title, kept with the pack."""
    plans = pack.plans.get(title["id"])
    if plans is None:
        plans = pack.plans[title["id"]] = [
            _plan(pack, pathway, title) for pathway in pack.pathways_for(title)
        ]
    return plans


def _plan(pack: Any, pathway: Any, title: Any) -> Any:
    binding = [gate for gate in pack.gates if gate.binds(title, pathway.id)]
    gates = tuple(gate for gate in binding if gate.id not in pathway.waives)
    waived = tuple(gate for gate in binding if gate.id in pathway.waives)
    requires = tuple(clause for clause in pathway.requires if clause.binds(title, pathway.id))
    offered = (pathway.offered_if,) if pathway.offered_if is not None else ()
    nodes = (*offered, *gates, *pathway.opens_if, *requires)
    declared = pack.data.get("parameters") or {}
    read = frozenset().union(*(node.parameters for node in nodes))
    return Plan(
        pathway,
        gates,
        waived,
        nodes,
        tuple(name for name in declared if name in read and declared[name].get("alternatives")),
    )


def _judge_plan(pack: Any, plan: Any, title: Any, ctx: Context) -> Any:
    outcomes = tuple([node.run(ctx) for node in plan.nodes])
    readings = functools.partial(_other_readings, pack) if plan.parameters else None
    return PathwayVerdict(plan, title, _verdict(plan, outcomes), ctx, outcomes, other_readings=readings)


def _verdict(plan: Any, outcomes: Any) -> str:
    if plan.pathway.offered_if is not None and outcomes[0][0] == NOT_MET:
        return NOT_OFFERED
    state = min([outcome[0] for outcome in outcomes], default=MET)
    if state != UNKNOWN:
        return ELIGIBLE if state == MET else INELIGIBLE
    return BY_WHY[max([outcome[1] for outcome in outcomes if outcome[0] == UNKNOWN])]


def _other_readings(pack: Any, result: Any) -> Any:
    """Parameters whose other reading would change the verdict; only what depends on them is run again."""
    plan, ctx = result.plan, result.context
    for name in plan.parameters:
        declared = pack.data["parameters"][name]
        touched = [name in node.parameters for node in plan.nodes]
        for value in declared["alternatives"]:
            other = Context(
                ctx.person, params=ctx.params | {name: value}, at=ctx.at, cutoff=ctx.cutoff, score=ctx.score
            )
            other.memo = {
                clause: outcome for clause, outcome in ctx.memo.items() if name not in clause.parameters
            }
            outcomes = [
                node.run(other) if again else outcome
                for node, outcome, again in zip(plan.nodes, result.outcomes, touched, strict=True)
            ]
            verdict = _verdict(plan, outcomes)
            if verdict != result.verdict:
                yield {
                    "parameter": name,
                    "reading": declared.get("reading"),
                    "question": declared["question"],
                    "value": ctx.params.get(name),
                    "alternative": value,
                    "verdict": verdict,
                }


def _scorer(pack: Any, person: Any, claims: Any) -> Any:
    """A function that scores under the readings of a context, remembered by them."""
    if claims is None:
        return None
    kept = {}

    def scored(ctx: Context) -> Any:
        key = tuple(str(ctx.params.get(name)) for name in sorted(pack.scoring.parameters))
        if key not in kept:
            sheet = ScoreSheet(pack, person, claims, ctx.at, ctx.params)
            least = sheet.threshold_total(sheet.sure)
            most = least + sheet.possible - sheet.total
            kept[key] = (None, None, sheet.why_open) if sheet.missing else (least, most, sheet.why_open)
        return kept[key]

    return scored


def _checked(pack: Any, parameters: Any) -> Any:
    for name in parameters or {}:
        if name not in pack.parameters:
            raise PackError([Problem(pack.id, 0, f"没有参数“{name}”", "可用：" + "、".join(pack.parameters))])
    return parameters or {}


def _refused(pack: Any, title: Any, person: Any, at: Any) -> Any:
    """A title that is not applied for here: the pack may say why (R-164: 以考代评)."""
    reasons = [each for each in pack.data.get("refusals") or () if title in (each["title"], each["id"])]
    said = "；".join(f"{each['reason']}：{each['text']}" for each in reasons) or "现有：" + "、".join(
        each["name"] for each in pack.titles
    )
    return Verdict(pack, {"id": "", "name": title}, person.name, at, [], f"本计划不受理“{title}”。{said}")


def _no_such_pathway(pack: Any, title: Any, wanted: Any, ctx: Context) -> Any:
    from .pack import Pathway

    known = next((each for each in pack.pathways if each.id == wanted), None)
    pathway = known or Pathway(wanted, wanted, {"id": wanted}, {"words": ""}, None, (), (), ())
    there = "、".join(each.name for each in pack.pathways_for(title))
    return PathwayVerdict(
        Plan(pathway, (), (), (), ()),
        title,
        NOT_OFFERED,
        ctx,
        (),
        not_offered_because=f"“{title['name']}”没有这种申报方式；现有：{there}",
    )
