"""The score page: which picked records may be claimed under which row, and reading the ticks back."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from zhiping.applications.counting import counted_items
from zhiping.applications.draft import Draft
from zhiping.policy_engine.factbook import RECORD_KEYS
from zhiping.portals.applicant.applications.forms import answer_field, read_answer

SKIPPED = frozenset({*RECORD_KEYS, "date"})


def rows_of(draft: Draft) -> list[dict[str, Any]]:
    """Every row under its second-level indicator, with the records that may be claimed there."""
    chosen = {(claim["row"], claim["item"]): claim for claim in draft.chosen}
    standard, found = draft.pack.scoring, []
    for first in standard.raw["first_level"]:
        for second in first.get("second_level") or [first]:
            rows = [_row(draft, standard.rows[raw["id"]], chosen) for raw in second.get("rows") or ()]
            name = first["name"] if second is first else f"{first['name']} · {second['name']}"
            found.append(
                {
                    "id": second["id"],
                    "name": name,
                    "rows": [row for row in rows if row["candidates"]],
                    "empty": [row for row in rows if not row["candidates"]],
                }
            )
    return found


def claims_in(draft: Draft, posted: QueryDict) -> list[dict[str, Any]]:
    """The ticks of the page as claims; answers are read by their declared types, points never (R-267)."""
    found = []
    for row in draft.pack.scoring.rows.values():
        for item in _candidates(draft, row):
            name = f"{row.id}-{item['item']}"
            if f"claim-{name}" in posted:
                answers = {
                    fact.name: answer
                    for fact in questions(row, item)
                    if (answer := _answer(fact, posted.get(f"answer-{name}-{fact.name}", ""))) is not None
                }
                found.append({"row": row.id, "item": item["item"], "answers": answers})
    return found


def questions(row: Any, item: Mapping[str, Any]) -> list[Any]:
    """Fields of a row that the archive record does not carry."""
    return [
        fact for name, fact in row.fact.fields.items() if name not in SKIPPED and name not in item["data"]
    ]


def _row(draft: Draft, row: Any, chosen: Mapping[tuple[str, int], Mapping[str, Any]]) -> dict[str, Any]:
    candidates = []
    for item in _candidates(draft, row):
        claim = chosen.get((row.id, item["item"]))
        answers = (claim or {}).get("answers") or {}
        name = f"{row.id}-{item['item']}"
        candidates.append(
            {
                "item": item,
                "name": name,
                "is_claimed": claim is not None,
                "questions": [
                    {
                        "id": f"answer-{name}-{fact.name}",
                        "label": fact.question or fact.label or fact.name,
                        "options": _options(fact),
                        "value": _written(answers.get(fact.name)),
                        "is_optional": fact.optional,
                    }
                    for fact in questions(row, item)
                ],
            }
        )
    return {
        "id": row.id,
        "name": row.raw.get("name") or "",
        "text": row.raw["text"],
        "cite": row.cite.get("words", ""),
        "candidates": candidates,
    }


def _candidates(draft: Draft, row: Any) -> list[Mapping[str, Any]]:
    """Records of the row's category; of any with a common field where the standard names none."""
    source = row.raw.get("source")
    if source:
        return [item for item in counted_items(draft) if item["category"] == source]
    return [item for item in draft.picked if set(item["data"]) & set(row.fact.fields)]


def _options(fact: Any) -> list[tuple[str, str]]:
    if fact.type == "boolean":
        return [("true", "是"), ("false", "否")]
    return [(value, fact.shown(value)) for value in fact.values] if fact.values else []


def _answer(fact: Any, typed: str) -> Any:
    try:
        value = answer_field(fact).clean(typed)
    except ValidationError:
        return None
    return read_answer(fact, value) if value not in (None, "") else None


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
