"""The smallest bodies that tests of the lower rooms need."""

from itertools import count

from zhiping.organisations.models import Organisation, Region
from zhiping.organisations.states import OrganisationKind, OrganisationState, RegionLevel

_numbers = count(1)


def region(code: str = "330106", name: str = "西湖区", level: str = RegionLevel.COUNTY) -> Region:
    return Region.objects.get_or_create(code=code, defaults={"name": name, "level": level})[0]


def organisation(**fields: object) -> Organisation:
    defaults: dict[str, object] = {
        "name": f"示例单位{next(_numbers)}",
        "kind": OrganisationKind.ENTERPRISE,
        "state": OrganisationState.AUTHORISED,
    }
    if "region" not in fields:
        defaults["region"] = region()
    return Organisation.objects.create(**(defaults | fields))
