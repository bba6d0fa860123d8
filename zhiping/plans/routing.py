"""From the steps of a chain, as a notice writes them, to the bodies that really hold them. Pure.

A notice says "县（市、区）经信局"; the platform holds "安吉县经济和信息化局". Bodies are looked for around the employer:
at the level the step names, else in its county, city, province, in this order; by kind, by the employer's own
supervising body, and by the letters of the name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Refused
from zhiping.organisations.states import OrganisationKind, RegionLevel

NEAREST = (RegionLevel.COUNTY, RegionLevel.CITY, RegionLevel.PROVINCE)
AUDITING = frozenset({"audit", "recommend"})
FINAL = frozenset({"committee", "committee_office"})
ELSEWHERE = frozenset({"applicant", "platform", "collector"})
KIND_OF = {
    "acceptance_point": OrganisationKind.ACCEPTANCE_POINT,
    "industry_authority": OrganisationKind.INDUSTRY_AUTHORITY,
    "provincial_authority": OrganisationKind.INDUSTRY_AUTHORITY,
    "hr_authority": OrganisationKind.HR_AUTHORITY,
    "personnel_agency": OrganisationKind.PERSONNEL_AGENCY,
    "lower_committee": OrganisationKind.COMMITTEE_OFFICE,
}
ROLE_OF = {
    "employer": Role.EMPLOYER_CLERK,
    "acceptance_point": Role.ACCEPTANCE_POINT,
    "industry_authority": Role.INDUSTRY_AUTHORITY,
    "provincial_authority": Role.INDUSTRY_AUTHORITY,
    "personnel_agency": Role.AGENCY_CLERK,
    "lower_committee": Role.LOWER_COMMITTEE,
    "committee_office": Role.COMMITTEE_OFFICE,
}
HR_ROLES = {
    RegionLevel.COUNTY: Role.COUNTY_HR,
    RegionLevel.CITY: Role.CITY_HR,
    RegionLevel.PROVINCE: Role.PROVINCIAL_HR,
}
GENERAL = re.compile(
    r"县（市、区）|区、县（市）|各|市|县|区|省级?|所在地|当地|主管|行业|部门|人事代理机构|职称|局|厅|委员会|办公室|评审"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that may hold a step."""

    pk: int
    name: str
    kind: str
    level: str
    region: str
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step of an application's way: who holds it, as whom, until when."""

    key: str
    label: str
    role: Role
    organisation_id: int
    due_at: datetime | None
    action: str = "audit"
    window: str = ""


def route(
    steps: Iterable[Mapping[str, Any]],
    *,
    employer: Body,
    office: Body,
    bodies: Sequence[Body],
    due: Mapping[str, datetime | None],
) -> list[StepSpec]:
    """The auditing steps in order, each held by one body; the committee's office comes last, always (R-293)."""
    found: list[StepSpec] = []
    for step in steps:
        if step["action"] not in AUDITING or any(holder["role"] in FINAL for holder in step["holders"]):
            continue
        found += _held(step, employer, office, bodies, due)
    label = "评委会办公室审核"
    last = StepSpec("office", label, Role.COMMITTEE_OFFICE, office.pk, due.get("office"), window="office")
    return [*_without_repeats(found), last]


def _held(
    step: Mapping[str, Any],
    employer: Body,
    office: Body,
    bodies: Sequence[Body],
    due: Mapping[str, datetime | None],
) -> list[StepSpec]:
    window = step.get("window") or ""
    holders = [holder for holder in step["holders"] if holder["role"] not in ELSEWHERE]
    needs_all = step.get("needs") == "all" and len(holders) > 1
    found = []
    for number, holder in enumerate(holders, 1):
        body = _body_of(holder, step.get("level"), employer, office, bodies)
        if body is None and not needs_all:
            continue
        if body is None:
            raise _nobody(step, holder, employer)
        key = f"{step['id']}.{number}" if needs_all else step["id"]
        label = f"{body.name}审核" if needs_all else step["name"]
        role = _role(holder["role"], body)
        found.append(StepSpec(key, label, role, body.pk, due.get(window), step["action"], window))
        if not needs_all:
            break
    if not found and not step.get("optional") and holders:
        raise _nobody(step, holders[0], employer)
    return found


def _body_of(
    holder: Mapping[str, Any], level: str | None, employer: Body, office: Body, bodies: Sequence[Body]
) -> Body | None:
    role = holder["role"]
    if role == "employer" or (
        role == "personnel_agency" and employer.kind == OrganisationKind.PERSONNEL_AGENCY
    ):
        return employer
    wanted = [body for body in bodies if body.kind == KIND_OF[role] and body.pk != office.pk]
    levels = (RegionLevel.PROVINCE,) if role == "provincial_authority" else _levels(level)
    for each in levels:
        near = [body for body in wanted if body.level == each]
        if near:
            return _best(near, holder["body"], employer, must_match=role == "lower_committee")
    return None


def _levels(level: str | None) -> tuple[str, ...]:
    """From the level the step names upwards: a unit of the city has no county."""
    return NEAREST[NEAREST.index(RegionLevel(level)) :] if level in NEAREST else NEAREST


def _best(near: list[Body], printed: str, employer: Body, *, must_match: bool) -> Body | None:
    core = GENERAL.sub("", printed)
    named = [body for body in near if core and _abbreviates(core, body.name)]
    if must_match:
        return named[0] if named else None
    supervising = [body for body in named or near if body.pk == employer.parent]
    if supervising:
        return supervising[0]
    if named:
        return named[0]
    return near[0] if len(near) == 1 or near[0].kind != OrganisationKind.INDUSTRY_AUTHORITY else None


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of `short` stand in `name` in this order: 经信 in 经济和信息化."""
    letters = iter(name)
    return all(letter in letters for letter in short)


def named_body(printed: str, bodies: Iterable[Body]) -> Body | None:
    """The body that a notice names on its own, outside a chain: by level, then by letters (省经信厅)."""
    core = GENERAL.sub("", printed)
    level = RegionLevel.PROVINCE if printed.startswith("省") else None
    fitting = (
        body for body in bodies if level in (None, body.level) and core and _abbreviates(core, body.name)
    )
    return next(fitting, None)


def _role(role: str, body: Body) -> Role:
    return HR_ROLES[RegionLevel(body.level)] if role == "hr_authority" else ROLE_OF[role]


def _without_repeats(steps: list[StepSpec]) -> list[StepSpec]:
    """A body that would hold two steps running holds them as one."""
    return [
        step
        for before, step in zip([None, *steps], steps, strict=False)
        if before is None or (before.role, before.organisation_id) != (step.role, step.organisation_id)
    ]


def _nobody(step: Mapping[str, Any], holder: Mapping[str, Any], employer: Body) -> Refused:
    return Refused(
        f"“{step['name']}”应由“{holder['body']}”办理，但平台上没有登记{employer.name}所在地的这个机构。"
        "请联系评委会办公室，由系统管理员登记后再提交。"
    )
