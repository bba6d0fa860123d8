"""The shape of a pack: every key that a notice may carry. `docs/howto/write-a-policy-pack.md` says what they mean."""

from .operators import CONDITION_KEYS
from .schema import check, check_value, mapping_of, one_of
from .yamltext import Map

LEVELS = ("senior_full", "senior_associate", "intermediate", "assistant", "technician")
ROLES = (
    "applicant",
    "employer",
    "acceptance_point",
    "industry_authority",
    "hr_authority",
    "provincial_authority",
    "personnel_agency",
    "lower_committee",
    "committee",
    "committee_office",
    "collector",
    "platform",
)
ACTIONS = (
    "apply",
    "audit",
    "publicity",
    "recommend",
    "collect",
    "pay",
    "decide",
    "report",
    "publish",
    "certify",
    "return",
)
KINDS = (
    "scope",
    "deadline",
    "continuing_education",
    "appraisal",
    "posts",
    "materials",
    "photo",
    "integrity",
    "seniority",
    "education",
    "title",
    "other",
)
FACT_TYPES = ("boolean", "integer", "number", "text", "date", "choice", "choices", "list")
LEAST_PUBLICITY_DAYS = 5  # 职称评审管理暂行规定（人社部令第40号）：不少于5个工作日


def condition(value, where, key, complaints):
    """Conditions are checked when they are compiled; here only that there is a mapping."""
    if not isinstance(value, Map):
        complaints.add(where, f"“{key}”应是一个条件", "写作 {fact: …, is: …} 等，见手册“Conditions”", key=key)


def cite(value, where, key, complaints):
    """`cite: 条款` or `cite: {document, article, line}`."""
    if isinstance(value, str) and value.strip():
        return
    check_value(value, {"document!": "id", "article!": "text", "line": "text"}, where, key, complaints)


def condition_or_list(value, where, key, complaints):
    """One condition, or a list of them that must all hold."""
    for each in value if isinstance(value, list) else [value]:
        condition(each, where, key, complaints)


def clause(value, where, key, complaints):
    condition(value, where, key, complaints)


def working_days(value, where, key, complaints):
    check_value(value, "integer", where, key, complaints)
    if isinstance(value, int) and value < LEAST_PUBLICITY_DAYS:
        complaints.add(
            where,
            f"公示 {value} 个工作日，短于法定的 {LEAST_PUBLICITY_DAYS} 个工作日",
            f"改为不少于 {LEAST_PUBLICITY_DAYS}",
            key=key,
        )


def need(value, where, key, complaints):
    """A condition with sentence and citation, and what its absence means."""
    condition(value, where, key, complaints)
    if isinstance(value, Map):
        meta = Map(
            {k: v for k, v in value.items() if k not in CONDITION_KEYS}, file=value.file, line=value.line
        )
        check(meta, {"missing!": ("undetermined", "needs_evidence")} | SAID, complaints, "needs")


TEXTS = ["text"]
CHOICES = one_of(TEXTS, mapping_of("text"))
FIELD = {
    "type!": FACT_TYPES[:-1],
    "values": CHOICES,
    "scale": "id",
    "unit": "text",
    "question": "text",
    "label": "text",
    "optional": "boolean",
}
FACT = FIELD | {"type!": FACT_TYPES, "question!": "text", "source": "text", "fields": mapping_of(FIELD)}
PARAMETER = {
    "question!": "text",
    "value": "anything",
    "alternatives": ["anything"],
    "reading": "text",
    "assumed": "boolean",
    "not_supplied": "id",
    "type": FACT_TYPES[:-1],
    "cite": cite,
}
FOR_WHOM = {"titles": TEXTS, "pathways": TEXTS, "when": condition}
NOTE = {"note": "text", "reading": "text", "assumed": "boolean"}
SAID = {"text!": "text", "cite!": cite} | NOTE
PATHWAY = {
    "id!": "id",
    "name!": "text",
    "titles": TEXTS,
    "offered_if": condition,
    "waives": ["id"],
    "opens_if": condition_or_list,
    "otherwise": "text",
    "requires!": [clause],
    "needs_confirmation": "boolean",
    "scoring_sheet": ("required", "none", "not_named"),
    "forms": ["id"],
} | SAID
STEP = {
    "id!": "id",
    "name!": "text",
    "action!": ACTIONS,
    "level": "text",
    "needs": ("all", "one"),
    "holders!": [{"role!": ROLES, "body!": "text"}],
    "window": "id",
    "when": condition,
    "optional": "boolean",
    "text": "text",
    "cite!": cite,
    "before": "id",
} | NOTE
ROW = {
    "id!": "id",
    "name": "text",
    "cap": "anything",
    "fields": mapping_of(FIELD),
    "counts_if": [clause],
    "points!": [{"where": "anything", "points!": "anything", "times": "anything"}],
    "mode": "anything",
    "best_of": "id",
    "evidence": TEXTS,
    "definition": SAID,
    "source": "id",
    "dated_by": "id",
} | SAID
SECOND = {"id!": "id", "name!": "text", "cap": "anything", "cite!": cite, "rows!": [ROW]} | NOTE
FIRST = {
    "id!": "id",
    "name!": "text",
    "cap": "anything",
    "cite!": cite,
    "rows": [ROW],
    "second_level": [SECOND],
} | NOTE
SCORING = {
    "id!": "id",
    "name!": "text",
    "cite!": cite,
    "maximum!": "number",
    "evidence_once": "boolean",
    "threshold": {"pathway!": "id", "gte!": "anything", "without": "anything", "cite!": cite} | NOTE,
    "needs": [need],
    "counts_if": [clause],
    "fields": mapping_of(FIELD),
    "terms": SAID,
    "first_level!": [FIRST],
    "text": "text",
} | NOTE

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
    "posts": {"form": "text", "title": "text", "applies_to": TEXTS, "check_in": "text", "vacancy": "text"}
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
        {"id!": "id", "kinds": TEXTS, "effects": TEXTS, "years": "integer", "bars": [LEVELS]} | SAID
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
