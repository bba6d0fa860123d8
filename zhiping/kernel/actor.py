"""Who acts: a frozen value built once per request (or task) and passed down; domain code never sees a request."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Roles of reference domain §8; the label is what a person reads in the header."""

    ANONYMOUS = "anonymous", "访客"
    APPLICANT = "applicant", "申报人"
    EMPLOYER_CLERK = "employer_clerk", "用人单位经办人"
    EMPLOYER_HEAD = "employer_head", "用人单位负责人"
    AGENCY_CLERK = "agency_clerk", "人事代理机构"
    ACCEPTANCE_POINT = "acceptance_point", "职称申报受理点"
    INDUSTRY_AUTHORITY = "industry_authority", "行业主管部门"
    COUNTY_HR = "county_hr", "县（市、区）人力社保部门"
    CITY_HR = "city_hr", "市人力社保部门"
    PROVINCIAL_HR = "provincial_hr", "省人力社保部门"
    LOWER_COMMITTEE = "lower_committee", "下级评委会"
    COMMITTEE_OFFICE = "committee_office", "评委会办公室"
    COMMITTEE_MEMBER = "committee_member", "评审专家"
    SUPERVISOR = "supervisor", "纪检监督"
    TRAINING_BODY = "training_body", "继续教育培训机构"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SYSTEM = "system", "系统"

    label: str

    def __new__(cls, value: str, label: str) -> "Role":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


AUDITING_ROLES = frozenset(
    {
        Role.ACCEPTANCE_POINT,
        Role.INDUSTRY_AUTHORITY,
        Role.COUNTY_HR,
        Role.CITY_HR,
        Role.PROVINCIAL_HR,
        Role.LOWER_COMMITTEE,
    }
)
EMPLOYER_ROLES = frozenset({Role.EMPLOYER_CLERK, Role.EMPLOYER_HEAD, Role.AGENCY_CLERK})


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting identity: account, natural person, chosen role and the body it is exercised for."""

    role: Role
    name: str
    user_id: int | None = None
    person_id: int | None = None
    organisation_id: int | None = None
    organisation_name: str = ""
    region_code: str = ""

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether the actor exercises a role of a body rather than acting for themselves."""
        return self.organisation_id is not None

    def has_role(self, *roles: Role) -> bool:
        return self.role in roles


ANONYMOUS = Actor(role=Role.ANONYMOUS, name="访客")
SYSTEM = Actor(role=Role.SYSTEM, name="系统")
