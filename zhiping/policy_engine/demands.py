"""What the notice asks of this person beyond conditions: windows, chain of review, materials, fees.

Each answer is a list of plain mappings of the pack plus `state`: `needed`, `not_needed`, or `depends` when a fact that
decides it is not known yet.
"""

from typing import Any

from .factbook import check_person
from .notice import applies
from .outcomes import MET, NOT_MET, UNKNOWN, Context, beijing_time
from .pack import plain

STATES = {MET: "needed", UNKNOWN: "depends", NOT_MET: "not_needed"}


def context_of(pack: Any, facts: Any, *, at: Any = None, parameters: Any = None) -> Any:
    """A context for conditions outside a judgement."""
    person = check_person(pack.facts, facts)
    return Context(
        person, params=pack.parameters | (parameters or {}), at=beijing_time(at), cutoff=pack.cutoff
    )


def materials_for(pack: Any, title: Any, pathway: Any, facts: Any, **when: Any) -> Any:
    """Every material with whether this person needs it and whether it is there already."""
    ctx, held = context_of(pack, facts, **when), pack.title(title)
    forms = next((each.raw.get("forms") or () for each in pack.pathways if each.id == pathway), ())
    told = []
    for item in pack.data.get("materials") or ():
        state = _state(pack, f"materials.{item['id']}", item, (held, pathway), ctx)
        if item["id"] in forms and state == NOT_MET and not item.get("pathways"):
            state = MET
        told.append(
            plain(item) | {"state": STATES[state], "given": item["id"] in (ctx.person.documents or ())}
        )
    return told


def fees_for(pack: Any, title: Any, pathway: Any, facts: Any, **when: Any) -> Any:
    """Every fee with whether this person pays it."""
    ctx, held = context_of(pack, facts, **when), pack.title(title)
    return [
        plain(item) | {"state": STATES[_state(pack, f"fees.{item['id']}", item, (held, pathway), ctx)]}
        for item in pack.data.get("fees") or ()
    ]


def windows_for(pack: Any, title: Any, pathway: Any, facts: Any, **when: Any) -> Any:
    """The windows that concern this person."""
    ctx, held = context_of(pack, facts, **when), pack.title(title)
    found = [
        (item, _state(pack, f"windows.{item['id']}", item, (held, pathway), ctx))
        for item in pack.data["windows"]
    ]
    return [plain(item) | {"state": STATES[state]} for item, state in found if state != NOT_MET]


def chain_for(pack: Any, title: Any, pathway: Any, facts: Any, **when: Any) -> Any:
    """The chain of review: the first whose `when` holds, with the steps that concern this person; None if it depends."""
    ctx, held = context_of(pack, facts, **when), pack.title(title)
    for chain in pack.data["chains"]:
        state = _state(pack, f"chains.{chain['id']}", chain, (held, pathway), ctx)
        if state == UNKNOWN:
            return None
        if state == MET:
            steps = [
                (step, _state(pack, f"chains.{chain['id']}.{step['id']}", step, (held, pathway), ctx))
                for step in chain["steps"]
            ]
            return plain({key: value for key, value in chain.items() if key != "steps"}) | {
                "steps": [plain(step) | {"state": STATES[state]} for step, state in steps if state != NOT_MET]
            }
    return None


def value_of(pack: Any, raw: Any, *, parameters: Any = None) -> Any:
    """A value written as literal or `{param: name}` outside conditions (copies, working days, photo bounds)."""
    if isinstance(raw, dict) and "param" in raw:
        return (pack.parameters | (parameters or {})).get(raw["param"])
    return raw


def _state(pack: Any, name: Any, item: Any, who: Any, ctx: Context) -> Any:
    title, pathway = who
    titles, pathways = item.get("titles"), item.get("pathways")
    if titles and (title is None or (title["id"] not in titles and title["name"] not in titles)):
        return NOT_MET
    if pathways and pathway is not None and pathway not in pathways:
        return NOT_MET
    return applies(pack, name, ctx)
