"""Forms of the notice that the platform prints for this person: which, under which name, and what is known. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhiping.achievements.schema import categories
from zhiping.applications.assessment import Assessment
from zhiping.applications.draft import Draft
from zhiping.applications.materials import NOT_NEEDED, OPTIONAL
from zhiping.documents.opinion import Opinion
from zhiping.documents.recommendation import ExceptionalRecommendation, RefereeRecommendation
from zhiping.documents.scoring_sheet import ScorePart, ScoreRow, ScoreSection, ScoringSheet

REFEREE, EXCEPTIONAL, SCORING, INTEGRITY = "referee", "exceptional", "scoring", "integrity"
BY_TEMPLATE = {
    "RECOMMENDATION_FORM": REFEREE,
    "EXCEPTIONAL_FORM": EXCEPTIONAL,
    "EXCEPTIONAL_FORM_LS": EXCEPTIONAL,
}
OPINIONS = ("所在单位意见", "主管部门意见", "市（厅、局）人事部门意见")
LONG_DAY = 10


@dataclass(frozen=True, slots=True)
class Form:
    """One paper: its key in addresses, the material it becomes, its name."""

    key: str
    material: str
    name: str

    @property
    def kind(self) -> str:
        return self.key.partition("-")[0]

    @property
    def number(self) -> int:
        """For which referee, from 0."""
        return int(self.key.partition("-")[2] or 1) - 1


def forms_of(judged: Assessment) -> list[Form]:
    """The papers that the notice has this person hand in, as far as they can be printed now."""
    return list(_forms(judged))


def _forms(judged: Assessment) -> Iterator[Form]:
    draft = judged.draft
    shut = {slot.key for slot in judged.slots if slot.need in (NOT_NEEDED, OPTIONAL)}
    for raw in draft.pack.data.get("materials") or ():
        kind = BY_TEMPLATE.get(raw.get("template") or "")
        if kind == EXCEPTIONAL and raw["id"] not in shut:
            yield Form(EXCEPTIONAL, raw["id"], raw["name"])
        elif kind == REFEREE and raw["id"] not in shut:
            referees = draft.referral.get("referees") or [{}]
            for number, each in enumerate(referees, 1):
                told = f"（推荐人 {each.get('name') or number}）" if len(referees) > 1 else ""
                yield Form(f"{REFEREE}-{number}", raw["id"], raw["name"] + told)
        elif raw["id"] == "scoring_sheet" and draft.wants_score and judged.sheet is not None:
            yield Form(SCORING, raw["id"], raw["name"])
        elif raw["id"] == "integrity_statement" and draft.integrity.get("image"):
            yield Form(INTEGRITY, raw["id"], raw["name"])


def exceptional(draft: Draft, form: Form) -> ExceptionalRecommendation:
    """破格推荐审批表; opinions stay blank for pen and seal (R-357, R-359, R-360)."""
    person, best, current = draft.application.person, _best(draft, "education"), _best(draft, "titles")
    appointed = max((str(each.get("from", "")) for each in _records(draft, "appointments")), default="")
    school = f"{best.get('school') or ''}{best.get('major') or ''}"
    return ExceptionalRecommendation(
        title=form.name,
        name=person.name,
        sex=person.get_sex_display(),
        birth_month=f"{person.born_on.year}年{person.born_on.month}月" if person.born_on else "",
        employer=_employer(draft),
        administrative_post=str(draft.form.get("administrative_post") or ""),
        years_in_specialty=draft.form.get("specialty_years"),
        graduation=f"{str(best.get('graduated_on') or '')[:4]}年{school}" if best else "",
        current_title=str(current.get("title") or ""),
        appointed_on=date.fromisoformat(appointed) if len(appointed) == LONG_DAY else None,
        title_applied=draft.application.title.name,
        career="\n".join(_career(draft)),
        reasons=str(draft.referral.get("reason") or ""),
        opinions=tuple(Opinion(heading, person_label="") for heading in OPINIONS),
    )


def referee(draft: Draft, form: Form) -> RefereeRecommendation:
    """直接申报专家推荐表 for one referee, to be signed (R-358)."""
    people = draft.referral.get("referees") or [{}]
    told: Mapping[str, Any] = people[form.number] if form.number < len(people) else {}
    return RefereeRecommendation(
        title=form.name.partition("（推荐人")[0],
        name=draft.application.person.name,
        employer=_employer(draft),
        referee=str(told.get("name") or ""),
        referee_title=str(told.get("title") or ""),
        referee_contact=str(told.get("contact") or ""),
        referee_employer=str(told.get("employer") or ""),
        reasons=str(draft.referral.get("reason") or ""),
    )


def scoring(judged: Assessment, form: Form) -> ScoringSheet:
    """量化评分表: every row of the standard, points where something is claimed (R-361)."""
    draft, sheet = judged.draft, judged.sheet
    if sheet is None:
        raise ValueError("the notice of this case has no score to print")
    told, labels = sheet.as_dict(), {f"item-{item['item']}": item["label"] for item in draft.items}
    evidence: dict[str, list[str]] = {}
    for claim in told["claims"]:
        evidence.setdefault(claim["row"], []).append(labels.get(claim["id"], ""))
    return ScoringSheet(
        title=form.name,
        name=draft.application.person.name,
        employer=_employer(draft),
        current_title=str(_best(draft, "titles").get("title") or ""),
        specialty=draft.application.specialty,
        application_mode=draft.application.pathway_name,
        sections=tuple(_section(group, evidence) for group in told["first_level"]),
        total=Decimal(str(told["total"])) if draft.chosen else None,
    )


def _section(group: Mapping[str, Any], evidence: Mapping[str, list[str]]) -> ScoreSection:
    parts = [_part(each["name"], each, evidence) for each in group.get("second_level") or ()]
    if group.get("rows"):
        parts.append(_part("", group, evidence))
    return ScoreSection(group["name"], int(group["cap"] or 0), tuple(parts), _points(group))


def _part(name: str, group: Mapping[str, Any], evidence: Mapping[str, list[str]]) -> ScorePart:
    rows = tuple(
        ScoreRow(row["text"], _points(row) if row["id"] in evidence else None, _proofs(row, evidence))
        for row in group.get("rows") or ()
    )
    return ScorePart(name, int(group["cap"] or 0), rows, _points(group))


def _proofs(row: Mapping[str, Any], evidence: Mapping[str, list[str]]) -> str:
    return "；".join(evidence.get(row["id"]) or row["evidence"])


def _points(node: Mapping[str, Any]) -> Decimal | None:
    return Decimal(str(node["points"])) if node["points"] else None


def _employer(draft: Draft) -> str:
    return draft.application.employer.name if draft.application.employer else ""


def _records(draft: Draft, category: str) -> list[Mapping[str, Any]]:
    return [item["data"] for item in draft.items if item["category"] == category]


def _best(draft: Draft, category: str) -> Mapping[str, Any]:
    """The record of the highest level; choices are listed best first."""
    order = list(categories()[category].fields["level"].choices)
    rows = [each for each in _records(draft, category) if each.get("level") in order]
    return min(rows, key=lambda each: order.index(each["level"]), default={})


def _career(draft: Draft) -> list[str]:
    jobs = sorted(_records(draft, "employment"), key=lambda each: str(each.get("from", "")))
    return [
        f"{job.get('from', '')}至{job.get('to') or '今'} {job.get('employer') or ''} {job.get('post') or ''}".strip()
        for job in jobs
    ]
