"""The requirements of a title in plain Chinese, for the plan page: generated from the pack, nothing added."""

from typing import Any

from .clauses import Clause, Exception_
from .judge import plans_for
from .operators.choices import ByReading
from .pack import plain


def requirements_in_words(pack: Any, title: Any) -> Any:
    """Gates once, then every pathway with its requirements, each with citation; plain data for a page.

    Facts and parameters stand in words; a value not supplied names its document.
    """
    held = pack.title(title)
    if held is None:
        return None
    plans = plans_for(pack, held)
    gates = [gate for gate in pack.gates if gate.binds(held, None)]
    declared = pack.data.get("parameters") or {}
    return {
        "title": plain(held),
        "cutoff": pack.cutoff.isoformat(),
        "gates": [_told(gate) for gate in gates],
        "pathways": [_pathway_told(plan, held) for plan in plans],
        "open_readings": [
            {
                "question": raw["question"],
                "value": plain(raw.get("value")),
                "reading": raw.get("reading"),
                "alternatives": plain(raw.get("alternatives") or []),
            }
            for raw in declared.values()
            if raw.get("alternatives")
        ],
        "not_supplied": [
            {"question": raw["question"], "document": plain(pack.data["documents"].get(raw["not_supplied"]))}
            for raw in declared.values()
            if raw.get("not_supplied") and raw.get("value") is None
        ],
    }


def _pathway_told(plan: Any, held: Any) -> dict[str, Any]:
    """One way with its door, what it waives and what it requires."""
    pathway = plan.pathway
    return {
        "id": pathway.id,
        "name": pathway.name,
        "text": pathway.raw["text"],
        "cite": pathway.cite["words"],
        "waives": [gate.text for gate in plan.waived],
        "offered_if": pathway.offered_if.requires() if pathway.offered_if else None,
        "opens_if": [_told(node) for node in pathway.opens_if],
        "needs_confirmation": bool(pathway.raw.get("needs_confirmation")),
        "scoring_sheet": pathway.raw.get("scoring_sheet"),
        "forms": pathway.raw.get("forms") or [],
        "requires": [_told(node) for node in pathway.requires if node.binds(held, pathway.id)],
    }


def _told(node: Any) -> Any:
    """One requirement with what stands under it."""
    if isinstance(node, Clause):
        raw = node.raw
        return {
            "id": node.id,
            "text": node.text,
            "requires": node.requires(),
            "cite": node.cite["words"],
            "kind": raw.get("kind"),
            "when": node.when.requires() if node.when else None,
            "assumed": bool(raw.get("assumed")),
            "reading": raw.get("reading"),
            "hint": raw.get("hint"),
            "items": _items(node.condition),
            "exceptions": [_told(each) for each in node.exceptions if isinstance(each, Exception_)],
        }
    return {
        "id": None,
        "text": node.requires(),
        "requires": node.requires(),
        "cite": None,
        "items": _items(node),
    }


def _items(node: Any) -> Any:
    """The numbered clauses inside a condition."""
    if isinstance(node, Clause):
        return [_told(node)]
    children = list(node.cases.values())[:1] if isinstance(node, ByReading) else node.children
    return [told for child in children for told in _items(child)]
