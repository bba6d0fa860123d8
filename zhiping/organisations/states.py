"""Kinds and states of bodies, and which roles each kind has."""

from django.db.models import TextChoices

from zhiping.kernel.actor import Role


class RegionLevel(TextChoices):
    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县（市、区）"


class OrganisationKind(TextChoices):
    ENTERPRISE = "enterprise", "企业"
    PUBLIC_INSTITUTION = "public_institution", "事业单位"
    SOCIAL_ORGANISATION = "social_organisation", "社会组织"
    PERSONNEL_AGENCY = "personnel_agency", "人事代理机构"
    ACCEPTANCE_POINT = "acceptance_point", "职称申报受理点"
    INDUSTRY_AUTHORITY = "industry_authority", "行业主管部门"
    HR_AUTHORITY = "hr_authority", "人力社保部门"
    COMMITTEE_OFFICE = "committee_office", "评委会办公室"
    SUPERVISION = "supervision", "纪检监督部门"
    TRAINING_BODY = "training_body", "继续教育培训机构"
    PLATFORM = "platform", "平台运营"


EMPLOYER_KINDS = frozenset(
    {
        OrganisationKind.ENTERPRISE,
        OrganisationKind.PUBLIC_INSTITUTION,
        OrganisationKind.SOCIAL_ORGANISATION,
        OrganisationKind.PERSONNEL_AGENCY,
    }
)


class OrganisationState(TextChoices):
    """domain §9.2; bodies other than employers are entered as authorised."""

    REGISTERED = "registered", "已注册，待上传授权委托证明"
    SUBMITTED = "authorisation_submitted", "授权委托证明待审核"
    RETURNED = "authorisation_returned", "授权委托证明被退回"
    AUTHORISED = "authorised", "已授权"
    SUSPENDED = "suspended", "已停用"


class ClerkRequestState(TextChoices):
    INVITED = "invited", "待本人接受"
    ASKED = "asked", "待单位确认"
    ACCEPTED = "accepted", "已通过"
    DECLINED = "declined", "未通过"


_CLERKS = (Role.EMPLOYER_CLERK, Role.EMPLOYER_HEAD)
ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    OrganisationKind.ENTERPRISE: _CLERKS,
    OrganisationKind.PUBLIC_INSTITUTION: _CLERKS,
    OrganisationKind.SOCIAL_ORGANISATION: _CLERKS,
    OrganisationKind.PERSONNEL_AGENCY: (Role.AGENCY_CLERK,),
    OrganisationKind.ACCEPTANCE_POINT: (Role.ACCEPTANCE_POINT,),
    OrganisationKind.INDUSTRY_AUTHORITY: (Role.INDUSTRY_AUTHORITY,),
    OrganisationKind.HR_AUTHORITY: (Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR),
    OrganisationKind.COMMITTEE_OFFICE: (
        Role.COMMITTEE_OFFICE,
        Role.LOWER_COMMITTEE,
        Role.COMMITTEE_MEMBER,
    ),
    OrganisationKind.SUPERVISION: (Role.SUPERVISOR,),
    OrganisationKind.TRAINING_BODY: (Role.TRAINING_BODY,),
    OrganisationKind.PLATFORM: (Role.SYSTEM_ADMIN,),
}
HR_ROLE_OF_LEVEL: dict[str, Role] = {
    RegionLevel.COUNTY: Role.COUNTY_HR,
    RegionLevel.CITY: Role.CITY_HR,
    RegionLevel.PROVINCE: Role.PROVINCIAL_HR,
}
