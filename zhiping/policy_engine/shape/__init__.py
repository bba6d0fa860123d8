"""The shape of a pack: every key that a notice may carry. `docs/howto/write-a-policy-pack.md` says what they mean."""

from ..schema import mapping_of
from .parts import (
    CHOICES,
    FACT,
    KINDS,
    LEAST_PUBLICITY_DAYS,
    LEVELS,
    NOTE,
    PARAMETER,
    PATHWAY,
    SAID,
    SCORING,
    TEXTS,
    cite,
    clause,
    condition,
)
from .rest import REST

PACK = {
    "format!": (1,),
    "id!": "id",
    "name!": "text",
    "abstract": "boolean",
    "extends": "text",
    "use": TEXTS,
    "remove": TEXTS,
    "notice!": {
        "number": "text",
        "title": "text",
        "issued_on": "date",
        "issuers": TEXTS,
        "addressees": TEXTS,
        "public": "boolean",
        "supplied!": ("all", "attachments_only", "partly"),
        "file": "text",
        "attachments": [{"no!": "integer", "title!": "text", "supplied!": "boolean"} | NOTE],
    }
    | NOTE,
    "documents!": mapping_of(
        {"title!": "text", "number": "text", "supplied!": "boolean", "issued_on": "date", "file": "text"}
        | NOTE
    ),
    "plan!": {
        "year!": "integer",
        "series!": "text",
        "level!": ("province", "city", "county", "employer"),
        "jurisdiction!": {"province!": "text", "city": "text", "county": "text"},
        "menu": "text",
        "cutoff!": {"day!": "date", "cite!": cite, "text": "text"} | NOTE,
        "committee": {
            "name!": "text",
            "evaluates": TEXTS,
            "recommends": TEXTS,
            "cite!": cite,
            "row": "integer",
        }
        | NOTE,
        "professions": TEXTS,
        "working_days": {"count_first_day": "anything"},
        "platform": "text",
    }
    | NOTE,
    "titles!": [
        {
            "id!": "id",
            "name!": "text",
            "level!": LEVELS,
            "lower": "text",
            "cite!": cite,
            "result": ("title", "recommendation", "entrusted", "initial"),
        }
        | NOTE
    ],
    "parameters": mapping_of(PARAMETER),
    "scales": mapping_of(CHOICES),
    "facts!": mapping_of(FACT),
    "definitions": mapping_of(condition),
    "gates!": [clause],
    "pathways!": [PATHWAY],
    "refusals": [{"id!": "id", "title!": "text", "reason!": "text"} | SAID],
    "scoring": SCORING,
} | REST

__all__ = ["KINDS", "LEAST_PUBLICITY_DAYS", "PACK"]
