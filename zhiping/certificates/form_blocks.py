"""From archive records, as the application pinned them, to the rows of the 评审表 (domain §10.1). Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zhiping.achievements.schema import categories
from zhiping.documents import review_form as form

Record = Mapping[str, Any]
WORK = ("projects", "contests", "science_awards", "exhibitions", "collections", "displays", "state_events",
        "economic_results", "heritage", "apprentices", "trainings_given", "skill_contests", "honours",
        "associations", "studios", "landmarks")  # fmt: skip
TEXTS = ("papers", "books", "standards", "patents")
DAYS = ("awarded_on", "granted_on", "completed_on", "published_on", "held_on", "collected_on", "used_on", "done_on",
        "achieved_on", "named_on", "obtained_on", "shown_on", "from", "started_on", "year")  # fmt: skip


def words(category: str, name: str, value: Any) -> str:
    """A value in the words people see: the choice's label, 是 or 否, the text itself."""
    if value is None or value == "":
        return ""
    question = categories()[category].fields.get(name) if category in categories() else None
    if question is not None and question.type == "choice":
        return question.choices.get(value, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def period(record: Record) -> str:
    """From – to, or the one day that a record has."""
    if "from" in record:
        return f"{record['from']}—{record.get('to') or '至今'}"
    return next((str(record[name]) for name in DAYS if record.get(name)), "")


def moment(record: Record) -> str:
    return next((str(record[name]) for name in DAYS if record.get(name)), "")


def employments(records: Iterable[Record]) -> tuple[form.Employment, ...]:
    rows = sorted(records, key=lambda r: str(r.get("from", "")))
    return tuple(
        form.Employment(
            period=period(r),
            employer=str(r.get("employer", "")),
            work="；".join(
                filter(None, (words("employment", "work", r.get("work")), str(r.get("post") or "")))
            ),
        )
        for r in rows
    )


def achievements(items: Iterable[tuple[str, str, Record]]) -> tuple[form.Achievement, ...]:
    """Rows of the work table from (category, label, record)."""
    return tuple(
        form.Achievement(
            period=moment(record),
            work=f"{categories()[category].label}：{label}",
            role=words(category, "role", record.get("role")),
            completion=words(category, "level", record.get("level")),
            effect=words(category, "prize", record.get("prize") or record.get("grade")),
        )
        for category, label, record in items
        if category in WORK
    )


def publications(items: Iterable[tuple[str, str, Record]]) -> tuple[form.Publication, ...]:
    return tuple(
        form.Publication(
            day=moment(record),
            title=label,
            publisher=str(record.get("venue") or record.get("isbn") or record.get("number") or ""),
            rank=words(category, "author_role", record.get("author_role"))
            or words(category, "role", record.get("role")),
        )
        for category, label, record in items
        if category in TEXTS
    )


def assessments(records: Iterable[Record]) -> tuple[form.Assessment, ...]:
    rows = sorted(records, key=lambda r: int(r["year"]))
    return tuple(form.Assessment(int(r["year"]), words("appraisals", "grade", r.get("grade"))) for r in rows)


def learning(records: Iterable[Record]) -> tuple[form.LearningYear, ...]:
    """Hours per year; several cards of one year are added up."""
    names = ("professional", "public_industry", "public_general", "total")
    years: dict[int, dict[str, float]] = {}
    for record in records:
        sums = years.setdefault(int(record["year"]), dict.fromkeys(names, 0.0))
        for name in names[:3]:
            sums[name] += float(record.get(name) or 0)
        parts = sum(float(record.get(name) or 0) for name in names[:3])
        sums["total"] += float(record.get("total") or 0) or parts
    return tuple(
        form.LearningYear(
            year,
            professional=f"{sums['professional']:g}",
            industry_public=f"{sums['public_industry']:g}",
            general_public=f"{sums['public_general']:g}",
            total=f"{sums['total']:g}",
        )
        for year, sums in sorted(years.items())
    )


def highest(records: Iterable[Record], category: str, name: str) -> Record:
    """The record with the best value of a choice; choices are listed best first."""
    order = list(categories()[category].fields[name].choices)
    rows = [r for r in records if r.get(name) in order]
    return min(rows, key=lambda r: order.index(r[name]), default={})


def day_of(value: Any) -> date | None:
    """An ISO day as a date; a month or nothing gives none, the form then stays blank for the pen."""
    text = str(value or "")
    return date.fromisoformat(text) if len(text) == 10 else None
