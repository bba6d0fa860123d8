"""A plan comes to be: from a notice of the past, or from last year's plan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.clock import start_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.kernel.queries import working_calendar
from zhiping.organisations.models import Organisation, Region
from zhiping.organisations.states import OrganisationKind, OrganisationState
from zhiping.plans.access import can_install_plan, can_keep_plan
from zhiping.plans.models import Plan
from zhiping.plans.operations.rows import write_rows
from zhiping.plans.points import highest_level, spans_of, title_words
from zhiping.plans.queries import spans_of_plan
from zhiping.plans.rollover import Span, same_day_in, shift_by_year, shift_from
from zhiping.plans.states import PlanState
from zhiping.policies.models import PackVersion
from zhiping.policies.operations import install_pack
from zhiping.policies.queries import pack_of, published
from zhiping.policy_engine import load_pack

Shift = Callable[[date], date]
UNPRINTED_LENGTH = timedelta(days=30)


@transaction.atomic
def install_plan(
    *,
    version: PackVersion,
    slug: str,
    region: Region,
    office: Organisation,
    now: datetime,
    actor: Actor = SYSTEM,
) -> Plan:
    """Enter a plan of the past as its notice printed it: archived, with titles and windows; once per slug."""
    if not can_install_plan(actor):
        raise Forbidden("plan.install")
    if found := Plan.objects.filter(slug=slug).first():
        return found
    pack = pack_of(version)
    plan = Plan.objects.create(
        state=PlanState.ARCHIVED,
        slug=slug,
        name=pack.name,
        year=pack.data["plan"]["year"],
        series=pack.data["plan"]["series"],
        title=title_words(pack),
        level=highest_level(pack),
        region=region,
        office=office,
        pack_version=version,
        cutoff_on=pack.cutoff,
        created_at=now,
        published_at=_issued(pack.data["notice"].get("issued_on")),
    )
    write_rows(plan, version, spans_of(pack))
    record(
        "plan.install",
        actor=actor,
        now=now,
        subject=plan,
        to_state=plan.state,
        details={"pack": str(version)},
    )
    return plan


@transaction.atomic
def load_notice(*, folder: Path, now: datetime) -> Plan | None:
    """Publish the pack of a notice and enter its plan as history; nothing for a pack that is only a parent.

    The committee's office is entered as a body of the jurisdiction if it is not there yet.
    """
    if load_pack(folder).is_abstract:
        return None
    version = install_pack(folder=folder, now=now)
    pack = pack_of(version)
    region = _region_of(pack.data["plan"]["jurisdiction"])
    committee = (pack.data["plan"].get("committee") or {}).get("name") or f"{region.name}职称评审委员会"
    office, _ = Organisation.objects.get_or_create(
        name=f"{committee}办公室"[:120],
        defaults={
            "kind": OrganisationKind.COMMITTEE_OFFICE,
            "region": region,
            "state": OrganisationState.AUTHORISED,
        },
    )
    return install_plan(version=version, slug=pack.id, region=region, office=office, now=now)


@transaction.atomic
def roll_over(
    *, plan: Plan, year: int, actor: Actor, now: datetime, opens_on: date | None = None, name: str = ""
) -> Plan:
    """Copy a plan into a new year as a draft.

    1. take the version of its rules that is in force now; 2. move every window (same weekday and working-day rule, or
    from `opens_on`) and the cut-off; 3. list what a person must confirm; 4. log it.
    """
    if not can_keep_plan(actor, plan):
        raise Forbidden("plan.roll_over")
    if year <= plan.year:
        raise Refused(f"新计划的年度要晚于 {plan.year} 年。", field="year")
    slug = _slug_in(plan, year)
    if Plan.objects.filter(slug=slug).exists():
        raise Refused(f"{year} 年度的计划已经建立，请直接打开它修改。", field="year")
    version = published(plan.pack_version.slug) or plan.pack_version
    shift, spans = _shift_for(plan, year, opens_on), spans_of_plan(plan)
    new = Plan.objects.create(
        slug=slug,
        name=(name or plan.name.replace(str(plan.year), str(year)))[:200],
        year=year,
        series=plan.series,
        title=plan.title,
        level=plan.level,
        region_id=plan.region_id,
        office_id=plan.office_id,
        pack_version=version,
        cutoff_on=same_day_in(plan.cutoff_on, year - plan.year) if plan.cutoff_on else None,
        rolled_from=plan,
        created_at=now,
    )
    write_rows(new, version, [_begun(_moved(span, shift), opens_on) for span in spans], confirm=True)
    record(
        "plan.roll_over", actor=actor, now=now, subject=new, to_state=new.state, details={"from": plan.slug}
    )
    return new


def _slug_in(plan: Plan, year: int) -> str:
    """The plan's address with the new year in it."""
    old = str(plan.year)
    return (plan.slug.replace(old, str(year), 1) if old in plan.slug else f"{plan.slug}-{year}")[:80]


def _shift_for(plan: Plan, year: int, opens_on: date | None) -> Shift:
    """How dates move; counted from the first day as printed, else from the notice's date."""
    calendar = working_calendar()
    if opens_on is None:
        return shift_by_year(year - plan.year, calendar)
    issued = pack_of(plan.pack_version).data["notice"].get("issued_on")
    dated = [s for s in spans_of_plan(plan) if s.who == "applicant" and s.closes and not s.is_indicative]
    if not dated:
        raise Refused(
            "去年的计划没有印出个人申报的日期，不能按开始日推算。请不填开始日，再逐项填写。", field="opens_on"
        )
    first = min(span.opens or issued or span.closes - UNPRINTED_LENGTH for span in dated)
    return shift_from(first, opens_on, calendar)


def _begun(span: Span, opens_on: date | None) -> Span:
    """A window of applicants whose beginning was not printed begins on the day the office gave."""
    if opens_on is None or span.opens or span.who != "applicant" or span.is_indicative:
        return span
    return replace(span, opens=opens_on)


def _moved(span: Span, shift: Shift) -> Span:
    if span.is_indicative:
        return replace(span, opens=None, closes=None)
    return replace(
        span,
        opens=shift(span.opens) if span.opens else None,
        closes=shift(span.closes) if span.closes else None,
    )


def _issued(day: date | None) -> datetime | None:
    return start_of(day) if day else None


def _region_of(jurisdiction: dict[str, str]) -> Region:
    """The region of a pack's jurisdiction, as far down as it goes."""
    name = jurisdiction.get("county") or jurisdiction.get("city") or jurisdiction["province"]
    region = Region.objects.filter(name=name).first()
    if region is None:
        raise Refused(f"地区表里没有“{name}”，请系统管理员先录入。")
    return region
