"""Which seals a paper form must bear by the time it lies on a desk (R-310). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhiping.kernel.actor import EMPLOYER_ROLES, Role
from zhiping.organisations.states import RegionLevel

HR = frozenset({Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR})
INDUSTRY = frozenset({Role.INDUSTRY_AUTHORITY})


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as packs name it: the word for people, and whose it is."""

    label: str
    roles: frozenset[Role]
    level: str = ""  # of the body's region; any if empty


@dataclass(frozen=True, slots=True)
class Place:
    """A desk of the chain, as far as seals are concerned."""

    position: int
    role: str
    organisation_id: int
    level: str


SEALS = {
    "employer": Seal("用人单位", frozenset(EMPLOYER_ROLES)),
    "acceptance_point": Seal("受理点", frozenset({Role.ACCEPTANCE_POINT})),
    "hr_authority": Seal("人力社保部门", HR),
    "industry_authority": Seal("行业主管部门", INDUSTRY),
    "county_hr_authority": Seal("县（市、区）人力社保部门", HR, RegionLevel.COUNTY),
    "city_hr_authority": Seal("市人力社保部门", HR, RegionLevel.CITY),
    "county_industry_authority": Seal("县（市、区）行业主管部门", INDUSTRY, RegionLevel.COUNTY),
    "city_industry_authority": Seal("市行业主管部门", INDUSTRY, RegionLevel.CITY),
}


def due_at(named: Iterable[str], chain: Sequence[Place], organisation_id: int | None) -> tuple[str, ...]:
    """The seals named by the notice whose bodies come before this desk in the chain.

    A body that is not in this person's chain (a unit without a department) can give no seal and is not waited for.
    """
    here = max((p.position for p in chain if p.organisation_id == organisation_id), default=None)
    before = [p for p in chain if here is None or p.position < here]
    return tuple(name for name in named if any(_is_of(SEALS[name], p) for p in before))


def labels(names: Iterable[str]) -> list[str]:
    """The seals in the words that people see, in the order of the notice."""
    return [SEALS[name].label for name in names]


def _is_of(seal: Seal, place: Place) -> bool:
    return place.role in seal.roles and seal.level in ("", place.level)
