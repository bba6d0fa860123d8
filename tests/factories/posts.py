"""Public institutions with their ledgers, made through the operations."""

from datetime import date, datetime
from decimal import Decimal

from tests.factories.people import make_organisation, make_person, staff_actor
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind
from zhiping.posts.figures import LedgerFigures, LevelFigures
from zhiping.posts.models import Competition, LedgerChange, PostForm, PostLedger, PostLevel
from zhiping.posts.operations import (
    EntryTold,
    approve_change,
    conclude_competition,
    enter_person,
    fill_form,
    open_competition,
    open_ledger,
    propose_figures,
    seal_form,
)
from zhiping.posts.states import FormVariant, Outcome, PostGroup

# (ratio %, approved, filled) per level; a unit of 40 posts with 3 vacant intermediate ones.
USUAL = {
    "senior_full": ("5", 2, 1),
    "senior_associate": ("25", 10, 9),
    "intermediate": ("40", 16, 13),
    "junior": ("30", 12, 7),
}


def make_institution(name: str = "", **fields) -> Organisation:
    return make_organisation(name, kind=OrganisationKind.PUBLIC_INSTITUTION, **fields)


def make_authority(name: str = "") -> Organisation:
    return make_organisation(name, kind=OrganisationKind.HR_AUTHORITY)


def post_officer(authority: Organisation) -> Actor:
    return staff_actor(authority, Role.COUNTY_HR)


def figures_for(
    levels: dict[str, tuple[str, int, int]] | None = None, *, establishment: int = 50, posts: int = 40
) -> LedgerFigures:
    """Figures as a clerk types them; levels left out are empty."""
    told = {**dict.fromkeys(PostGroup.values, ("0", 0, 0)), **(USUAL if levels is None else levels)}
    return LedgerFigures(
        establishment,
        posts,
        tuple(
            LevelFigures(group, Decimal(ratio), approved, filled)
            for group, (ratio, approved, filled) in told.items()
        ),
    )


def proposed(
    now: datetime, institution: Organisation, authority: Organisation, **fields
) -> tuple[PostLedger, LedgerChange]:
    """A ledger with figures that wait for approval."""
    clerk = staff_actor(institution)
    ledger = open_ledger(institution=institution, authority=authority, actor=clerk, now=now)
    change = propose_figures(
        ledger=ledger, figures=figures_for(**fields), reason="按编办核定文件登记", actor=clerk, now=now
    )
    return ledger, change


def make_ledger(
    now: datetime,
    institution: Organisation | None = None,
    *,
    authority: Organisation | None = None,
    **fields,
) -> PostLedger:
    """A ledger in force with the usual figures, or `levels`."""
    authority = authority or make_authority()
    ledger, change = proposed(now, institution or make_institution(), authority, **fields)
    approve_change(
        change=change, opinion="与核定文件一致", version=None, actor=post_officer(authority), now=now
    )
    ledger.refresh_from_db()
    return ledger


def level_of(ledger: PostLedger, group: str = "intermediate") -> PostLevel:
    """The level as it stands in the database now."""
    return PostLevel.objects.get(ledger=ledger, group=group)


def concluded(
    now: datetime,
    ledger: PostLedger,
    *people: EntryTold,
    opened: int = 3,
    group: str = "intermediate",
    **fields,
) -> Competition:
    """A competition of the year whose result is fixed."""
    clerk = staff_actor(ledger.institution)
    name = fields.pop("name", f"竞聘{Competition.objects.count() + 1}")
    competition = open_competition(
        ledger=ledger, year=2026, group=group, name=name, opened=opened, actor=clerk, now=now
    )
    for told in people:
        enter_person(competition=competition, told=told, actor=clerk, now=now)
    conclude_competition(
        competition=competition, is_committed=True, version=None, actor=clerk, now=now, **fields
    )
    return competition


def chosen(name: str = "申报人甲", outcome: str = Outcome.REVIEW, **fields) -> EntryTold:
    """Somebody chosen in a competition; `person` may be given."""
    person = fields.pop("person", None) or make_person(name)
    values = {
        "current_title": "助理工程师",
        "appointed_title": "助理工程师",
        "appointed_on": date(2016, 1, 1),
        "current_grade": "专业技术十一级",
        "wanted_title": "工程师",
        "wanted_grade": "专业技术十级",
        **fields,
    }
    return EntryTold(person, outcome, **values)


def filled(now: datetime, ledger: PostLedger, variant: str = FormVariant.HANGZHOU, **fields) -> PostForm:
    """The year's form, sent up."""
    values = {"year": 2026, "unit_signer": "人事科长甲", "explanation": "", **fields}
    return fill_form(ledger=ledger, variant=variant, actor=staff_actor(ledger.institution), now=now, **values)


def sealed(now: datetime, form: PostForm) -> PostForm:
    """Sealed by its post authority."""
    officer = post_officer(form.ledger.authority)
    seal_form(form=form, signer="岗位科长乙", opinion="情况属实", version=None, actor=officer, now=now)
    return form
