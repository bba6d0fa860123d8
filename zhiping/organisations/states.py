"""Kinds and states of bodies."""

from django.db.models import TextChoices


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
