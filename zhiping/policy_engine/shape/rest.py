"""The shape of what a notice says beyond conditions: dates, chain, publicity, materials, fees, contacts, …"""

from .parts import FOR_WHOM, LEVELS, NOTE, ROLES, SAID, STEP, TEXTS, cite, condition, working_days

REST = {
    "windows!": [
        {
            "id!": "id",
            "name!": "text",
            "who!": ROLES,
            "opens": "date",
            "closes": "date",
            "late": "text",
            "after": "id",
            "stated": "boolean",
            "paper": "boolean",
            "indicative": "boolean",
            "text": "text",
            "cite!": cite,
            "before": "id",
        }
        | FOR_WHOM
        | NOTE
    ],
    "chains!": [
        {
            "id!": "id",
            "name!": "text",
            "when": condition,
            "cite!": cite,
            "steps!": [STEP],
            "titles": TEXTS,
            "pathways": TEXTS,
            "text": "text",
            "before": "id",
        }
        | NOTE
    ],
    "publicity!": [
        {
            "id!": "id",
            "by!": ROLES,
            "phase!": ("unit", "before_review", "results", "filing"),
            "min_working_days!": working_days,
            "recorded": "boolean",
            "needs": ("no_objection",),
            "content": "text",
            "export": "text",
            "text": "text",
            "cite!": cite,
        }
        | NOTE
    ],
    "materials": [
        {
            "id!": "id",
            "name!": "text",
            "how!": ("upload", "archive", "form", "paper"),
            "copies": "integer",
            "format": TEXTS,
            "any_of": TEXTS,
            "automatic": "text",
            "seals": TEXTS,
            "template": "text",
            "required": "boolean",
            "text": "text",
            "cite!": cite,
            "before": "id",
        }
        | FOR_WHOM
        | NOTE
    ],
    "review_form": {
        "name!": "text",
        "copies": "anything",
        "size": "text",
        "double_sided": "boolean",
        "watermark": "text",
        "after": TEXTS,
        "to": "text",
        "seals": TEXTS,
        "text": "text",
        "cite!": cite,
    }
    | NOTE,
    "copies": {"by!": ROLES, "statement!": "text", "marks!": TEXTS} | SAID,
    "photo": {
        "formats": TEXTS,
        "bytes_gt": "anything",
        "bytes_lt": "anything",
        "width_gt": "anything",
        "height_gt": "anything",
        "ratio_gte": "anything",
        "ratio_lte": "anything",
        "background": "text",
        "sizes": TEXTS,
    }
    | SAID,
    "self_report": {"max_characters": "integer"} | SAID,
    "posts": {
        "form": "text",
        "title": "text",
        "applies_to": TEXTS,
        "check_in": "text",
        "vacancy": "text",
        "exchanges": [
            {"id!": "id", "name!": "text", "leave!": "integer", "enter!": "integer"} | SAID,
        ],
    }
    | SAID,
    "continuing_education": {
        "required!": "boolean",
        "years": ["integer"],
        "from_plan_year": "integer",
        "proof": "text",
        "channels": [
            {"subject!": "text", "system!": "text", "automatic": "boolean", "contact": "text"} | NOTE
        ],
    }
    | SAID,
    "achievements": {
        "since!": ("current_title", "current_post_or_5_years", "none"),
        "last_years": "integer",
        "related_profession": "boolean",
        "representative": "boolean",
    }
    | SAID,
    "fees": [
        {
            "id!": "id",
            "name!": "text",
            "amount": "number",
            "currency": "text",
            "basis": "text",
            "not_supplied": "id",
            "text": "text",
            "cite!": cite,
            "before": "id",
        }
        | FOR_WHOM
        | NOTE
    ],
    "fee_rule": {"order": TEXTS, "unpaid": "text", "channel": "text", "text": "text", "cite!": cite} | NOTE,
    "filings": [
        {"id!": "id", "name!": "text", "working_days_before_review": "integer", "by": "text", "to": "text"}
        | SAID
    ],
    "sanctions": [
        {
            "id!": "id",
            "kinds": TEXTS,
            "effects": TEXTS,
            "years": "integer",
            "starts": ("finding", "year_after_review"),
            "bars": [LEVELS],
            "credit_platforms": "boolean",
        }
        | SAID
    ],
    "results": {
        "published_by": TEXTS,
        "needs": ("all", "one"),
        "certificate": ("electronic", "paper", "both"),
        "download": TEXTS,
    }
    | SAID,
    "contacts": [
        {
            "id!": "id",
            "role!": "text",
            "organisation": "text",
            "phones": ["phone"],
            "address": "text",
            "subject": "text",
            "channel": "text",
            "cite!": cite,
            "before": "id",
        }
        | NOTE
    ],
    "downloads": [{"title!": "text", "supplied!": "boolean", "cite!": cite} | NOTE],
    "remarks": [{"id!": "id"} | SAID],
}
