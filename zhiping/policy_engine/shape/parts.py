"""The parts that the shape of a pack is made of: words that are allowed, and shapes that return."""

from typing import Any

from ..operators import CONDITION_KEYS
from ..problems import Complaints
from ..schema import check, check_value, mapping_of, one_of
from ..yamltext import Map

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


def condition(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
    """Conditions are checked when they are compiled; here only that there is a mapping."""
    if not isinstance(value, Map):
        complaints.add(where, f"“{key}”应是一个条件", "写作 {fact: …, is: …} 等，见手册“Conditions”", key=key)


def cite(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
    """`cite: 条款` or `cite: {document, article, line}`."""
    if isinstance(value, str) and value.strip():
        return
    check_value(value, {"document!": "id", "article!": "text", "line": "text"}, where, key, complaints)


def condition_or_list(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
    """One condition, or a list of them that must all hold."""
    for each in value if isinstance(value, list) else [value]:
        condition(each, where, key, complaints)


def clause(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
    condition(value, where, key, complaints)


def working_days(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
    check_value(value, "integer", where, key, complaints)
    if isinstance(value, int) and value < LEAST_PUBLICITY_DAYS:
        complaints.add(
            where,
            f"公示 {value} 个工作日，短于法定的 {LEAST_PUBLICITY_DAYS} 个工作日",
            f"改为不少于 {LEAST_PUBLICITY_DAYS}",
            key=key,
        )


def need(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
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
