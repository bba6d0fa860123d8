"""The main navigation: one table, at most five entries for each role, two to four characters each.

Whoever lands a page adds its line here; the page must exist, because the name is resolved on every request.
"""

from dataclasses import dataclass

from django.urls import reverse

from zhiping.kernel.actor import AUDITING_ROLES, EMPLOYER_ROLES, Actor, Role

MOST_ENTRIES = 5
Line = tuple[str, str]  # (label, URL name)

PUBLIC: tuple[Line, ...] = (
    ("首页", "public:home"),
    ("申报计划", "public:plans:list"),
    ("公示", "public:publicity:list"),
    ("证书核验", "public:verify:index"),
)
APPLICANT: tuple[Line, ...] = (
    ("我的申报", "applicant:home"),
    ("业绩档案", "applicant:archive:index"),
    ("个人信息", "applicant:profile:show"),
    ("申报计划", "public:plans:list"),
    ("我的证书", "applicant:certificates:index"),
)
EMPLOYER: tuple[Line, ...] = (
    ("工作台", "employer:home"),
    ("档案审核", "employer:archive:index"),
    ("申报审核", "employer:applications:queue"),
    ("单位公示", "employer:publicity:list"),
    ("单位信息", "employer:registration:show"),
)
AUTHORITY: tuple[Line, ...] = (
    ("工作台", "authority:home"),
    ("申报审核", "authority:applications:queue"),
    ("用人单位", "authority:employers:list"),
    ("评委会", "authority:committees:index"),
    ("评审结果", "authority:results:index"),
)
PAPER: Line = ("纸质表", "authority:paper:index")
DESK = (*AUTHORITY[:2], PAPER)  # acceptance points and lower committees only audit and pass the paper on
PUBLISHING = (*DESK, AUTHORITY[-1])  # industry authorities may publish results with the 人力社保 body
COUNTY = (
    *(line for line in AUTHORITY if line[0] != "评委会"),
    PAPER,
)  # filing is for cities and the province
COMMITTEE: tuple[Line, ...] = (
    ("工作台", "committee:home"),
    ("计划", "committee:plans:list"),
    ("公示", "committee:publicity:index"),
    ("会议", "committee:meetings:index"),
    ("结果", "committee:results:index"),
)
EXPERT: tuple[Line, ...] = (("我的评审", "expert:index"), ("投票", "public:ballot:paper"))
SUPERVISOR: tuple[Line, ...] = (
    ("监督", "supervisor:home"),
    ("异议", "supervisor:objections"),
    ("评审结果", "supervisor:results"),
    ("公示", "public:publicity:list"),
)
OPERATOR: tuple[Line, ...] = (
    ("单位", "operator:accounts:bodies"),
    ("账号", "operator:accounts:people"),
    ("工作日历", "operator:calendar:list"),
    ("提问", "operator:help:list"),
    ("接口", "operator:clients:list"),
)

TRAINING: tuple[Line, ...] = (
    ("课程", "training:courses:list"),
    ("班次", "training:classes:list"),
    ("学时登记", "training:batches:list"),
)

NAVIGATION: dict[Role, tuple[Line, ...]] = {
    Role.ANONYMOUS: PUBLIC,
    Role.APPLICANT: APPLICANT,
    Role.COMMITTEE_OFFICE: COMMITTEE,
    Role.COMMITTEE_MEMBER: EXPERT,
    Role.SUPERVISOR: SUPERVISOR,
    Role.TRAINING_BODY: TRAINING,
    Role.SYSTEM_ADMIN: OPERATOR,
    **dict.fromkeys(EMPLOYER_ROLES, EMPLOYER),
    **dict.fromkeys(AUDITING_ROLES, DESK),
    Role.INDUSTRY_AUTHORITY: PUBLISHING,
    Role.COUNTY_HR: COUNTY,
    Role.CITY_HR: AUTHORITY,
    Role.PROVINCIAL_HR: AUTHORITY,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation bar."""

    label: str
    url: str
    is_current: bool


def entries_for(actor: Actor | None, path: str) -> list[Entry]:
    """The navigation of the acting role; the entry whose address is the longest start of `path` is current."""
    lines = NAVIGATION.get(actor.role if actor else Role.ANONYMOUS, PUBLIC)
    links = [(label, reverse(name)) for label, name in lines]
    here = max((url for _, url in links if _holds(url, path)), key=len, default=None)
    return [Entry(label, url, url == here) for label, url in links]


def _holds(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
