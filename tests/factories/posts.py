"""Public institutions with their ledgers, made through the operations."""

from datetime import datetime
from decimal import Decimal

from tests.factories.people import make_organisation, staff_actor
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind
from zhiping.posts.figures import LedgerFigures, LevelFigures
from zhiping.posts.models import LedgerChange, PostLedger, PostLevel
from zhiping.posts.operations import approve_change, open_ledger, propose_figures
from zhiping.posts.states import PostGroup

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
