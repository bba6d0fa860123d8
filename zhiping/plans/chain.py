"""Through whose hands an application goes: the plan's chain for one employer (R-283…R-291)."""

from collections.abc import Mapping
from typing import Any

from zhiping.kernel.errors import Refused
from zhiping.kernel.regions import lies_in
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import EMPLOYER_KINDS, OrganisationKind, OrganisationState, RegionLevel
from zhiping.plans.models import Plan
from zhiping.plans.routing import Body, StepSpec, route
from zhiping.policy_engine.demands import chain_for
from zhiping.policy_engine.pack import Pack

AFFILIATIONS = {
    RegionLevel.PROVINCE: "provincial",
    RegionLevel.CITY: "municipal",
    RegionLevel.COUNTY: "county",
}
KIND_FACTS = {
    OrganisationKind.ENTERPRISE: "enterprise",
    OrganisationKind.PUBLIC_INSTITUTION: "public_institution",
    OrganisationKind.SOCIAL_ORGANISATION: "social_organisation",
}


def chain_of(
    pack: Pack,
    plan: Plan,
    employer: Organisation,
    *,
    title: str = "",
    pathway: str = "",
    facts: Mapping[str, Any] | None = None,
) -> list[StepSpec]:
    """The auditing steps in order with body, role and due moment; Refused if a body is missing.

    `facts` (of the person) are laid over what the employer tells by itself; at most three queries.
    """
    known = {**facts_of_employer(employer), **(facts or {})}
    windows = {window.step: window.closes_at for window in plan.windows.all()}
    return route(
        steps_for(pack, title or pack.titles[0]["id"], pathway, known),
        employer=body_of(employer),
        office=body_of(plan.office),
        bodies=bodies_around(employer),
        due=windows,
    )


def steps_for(pack: Pack, title: str, pathway: str, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps that concern this person, of the first chain that is for them."""
    known = {name: value for name, value in facts.items() if name in pack.facts}
    chain = chain_for(pack, title, pathway or None, known)
    if chain is None:
        raise Refused("本计划没有写明您单位这种情况的报送路线。请联系计划页上的评委会办公室。")
    return [step for step in chain["steps"] if step["state"] == "needed"]


def facts_of_employer(employer: Organisation) -> dict[str, Any]:
    """What a chain asks about the employer, in the common vocabulary."""
    facts: dict[str, Any] = {
        "unit_affiliation": affiliation_of(employer),
        "region_code": employer.region_id,
        "is_agency_client": employer.kind == OrganisationKind.PERSONNEL_AGENCY,
        "personnel_relation": "local",
    }
    if employer.kind in KIND_FACTS:
        facts["employer_kind"] = KIND_FACTS[employer.kind]
    return facts


def affiliation_of(employer: Organisation) -> str:
    """To which level the employer belongs: its supervising body's; an agency's clients have none."""
    if employer.kind == OrganisationKind.PERSONNEL_AGENCY or employer.parent is None:
        return "none"
    return AFFILIATIONS[RegionLevel(employer.parent.region.level)]


def bodies_around(employer: Organisation) -> list[Body]:
    """Authorised bodies of the employer's county, city and province; the nearest come first. Two queries."""
    codes = lies_in(employer.region_id)
    around = (
        Organisation.objects.filter(region_id__in=codes, state=OrganisationState.AUTHORISED)
        .exclude(kind__in=EMPLOYER_KINDS - {OrganisationKind.PERSONNEL_AGENCY})
        .select_related("region")
        .order_by("pk")
    )
    return [body_of(each) for each in around]


def body_of(body: Organisation) -> Body:
    """A registered organisation as routing sees it; needs its region."""
    return Body(body.pk, body.name, body.kind, body.region.level, body.region_id, body.parent_id)
