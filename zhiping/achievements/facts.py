"""From approved versions to facts in the vocabulary of docs/vocabulary.md, ready for the policy engine.

Only what an employer approved becomes a fact; an empty list means "known to be none". Pure: no query, no clock.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zhiping.achievements.models import ItemVersion, ProfileVersion
from zhiping.achievements.record import first_day, last_day
from zhiping.achievements.schema import categories, profile_fields
from zhiping.identity.models import Person
from zhiping.kernel.regions import digits_of_city, digits_of_province
from zhiping.organisations.states import OrganisationKind

KIND_OF_EMPLOYER = {
    OrganisationKind.ENTERPRISE: "enterprise",
    OrganisationKind.PUBLIC_INSTITUTION: "public_institution",
    OrganisationKind.SOCIAL_ORGANISATION: "social_organisation",
}
NOT_FACTS = frozenset({"phone", "email", "address", "ethnicity", "politics", "started_work_on", "post"})
TEXT_NAMES = {"profession": "specialty_text"}
# Single facts that come from the identity document, the profile, the employer or the records.
KNOWN = frozenset(TEXT_NAMES.get(name, name) for name in profile_fields() if name not in NOT_FACTS) | {
    "born_on",
    "region_code",
    "is_agency_client",
    "employer_kind",
    "works_in_province",
    "works_in_city",
    "discipline_active",
    "always_enterprise",
    "came_from_enterprise",
}


def facts_of(
    person: Person,
    versions: Iterable[ItemVersion],
    *,
    profile: ProfileVersion | None,
    day: date,
    jurisdiction: str = "",
) -> dict[str, Any]:
    """Every fact the archive and the profile know about a person on a day.

    `versions` come from `queries.approved_versions` (or are pinned by an application); `jurisdiction` is the region
    code of the plan, from which "works in this province / city" follows. `sources` says where each single value is from.
    """
    facts: dict[str, Any] = {category: [] for category in categories()}
    for version in versions:
        facts[version.item.category].append(record_of(version))
    facts |= _profile_facts(profile, jurisdiction)
    if person.born_on:
        facts["born_on"] = person.born_on.isoformat()
    facts |= _derived(facts, day)
    lists = set(categories())
    facts["sources"] = {name: _source_of(name, profile) for name in sorted(facts) if name not in lists}
    return facts


def record_of(version: ItemVersion) -> dict[str, Any]:
    """One approved version as a record with its identity, so that one piece of evidence counts once (R-268)."""
    key = f"item-{version.item_id}"
    proved = f"自动提取自{version.source}" if version.source else "单位已审核"
    source = f"业绩档案：{version.label}（第 {version.number} 版，{proved}）"
    record: dict[str, Any] = {"id": key, "evidence": key, "source": source, **version.data}
    if "confirmed" not in categories()[version.item.category].fields:
        record["confirmed"] = True
    if version.item.category == "education":
        record["verified_online"] = bool(version.source)  # the register itself said it
    return record


def _profile_facts(profile: ProfileVersion | None, jurisdiction: str) -> dict[str, Any]:
    if profile is None:
        return {}
    known = {
        TEXT_NAMES.get(name, name): value for name, value in profile.data.items() if name not in NOT_FACTS
    }
    employer = profile.employer
    if employer is not None:
        known["region_code"] = employer.region_id
        known["is_agency_client"] = employer.kind == OrganisationKind.PERSONNEL_AGENCY
        if employer.kind in KIND_OF_EMPLOYER:
            known["employer_kind"] = KIND_OF_EMPLOYER[employer.kind]
        if jurisdiction:
            known["works_in_province"] = digits_of_province(employer.region_id) == digits_of_province(
                jurisdiction
            )
        if jurisdiction and not jurisdiction.endswith("0000"):
            known["works_in_city"] = digits_of_city(employer.region_id) == digits_of_city(jurisdiction)
    return known


def _derived(facts: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What follows from the records: punishment still in force, a life in enterprises, a move out of one."""
    derived: dict[str, Any] = {
        "discipline_active": any(_is_in_force(entry, day) for entry in facts["discipline"])
    }
    technical = [job for job in facts["employment"] if job.get("work") == "technical"]
    if technical:
        derived["always_enterprise"] = all(job["employer_kind"] == "enterprise" for job in technical)
        derived["came_from_enterprise"] = facts.get("employer_kind") == "public_institution" and any(
            job["employer_kind"] == "enterprise" for job in technical
        )
    return derived


def _is_in_force(entry: Mapping[str, Any], day: date) -> bool:
    return first_day(entry["from"]) <= day and ("until" not in entry or last_day(entry["until"]) >= day)


def _source_of(name: str, profile: ProfileVersion | None) -> str:
    if name == "born_on":
        return "身份证件"
    if name in profile_fields() or name in {
        "region_code",
        "is_agency_client",
        "works_in_province",
        "works_in_city",
    }:
        number = profile.number if profile else 1
        return f"个人基本信息（第 {number} 版，单位已审核）"
    return "由业绩档案推算"
