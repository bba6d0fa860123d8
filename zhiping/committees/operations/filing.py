"""Building a committee and having it filed (domain §2 rows 1-5)."""

from datetime import date, datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.committees import access, transitions
from zhiping.committees.models import Committee, Member
from zhiping.committees.regulation import Regulation, regulation_on
from zhiping.committees.states import CommitteeState, MeetingState, Position
from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.organisations.models import Organisation


@transaction.atomic
def found_committee(
    *, name: str, series: str, level: str, size_basis: str = "", actor: Actor, now: datetime
) -> Committee:
    """Start a committee of the acting office. A name is taken once."""
    if not actor.has_role(Role.COMMITTEE_OFFICE):
        raise Forbidden("committee.found")
    if Committee.objects.filter(name=name).exists():
        raise Refused(f"已有名为“{name}”的评委会。请换一个名称，或打开已有的评委会。", field="name")
    committee = Committee.objects.create(
        name=name, series=series, level=level, size_basis=size_basis, office_id=actor.organisation_id
    )
    record("committee.found", actor=actor, now=now, subject=committee, to_state=committee.state)
    return committee


@transaction.atomic
def seat_member(
    *,
    committee: Committee,
    person: Person,
    position: str,
    title: str,
    employer: Organisation | None,
    term_from: date,
    term_until: date,
    actor: Actor,
    now: datetime,
) -> Member:
    """Give an expert a seat for one term; only while the committee is being built."""
    _require_draft(committee, actor)
    limit = regulation_on(clock.beijing_day(now)).term_years
    if not term_from < term_until <= clock.years_later(term_from, limit):
        raise Refused(f"一届任期最长 {limit} 年，结束日期要晚于开始日期。请修改任期。", field="term_until")
    if committee.members.filter(person=person).exists():
        raise Refused(f"{person.name} 已在这个评委会里，不用重复添加。", field="person")
    member = Member.objects.create(
        committee=committee,
        person=person,
        position=position,
        title=title,
        employer=employer,
        term_from=term_from,
        term_until=term_until,
    )
    record("committee.seat", actor=actor, now=now, subject=committee, details={"member": member.pk})
    return member


@transaction.atomic
def unseat_member(*, member: Member, actor: Actor, now: datetime) -> None:
    """Take a seat away while the committee is being built."""
    _require_draft(member.committee, actor)
    record("committee.unseat", actor=actor, now=now, subject=member.committee, details={"member": member.pk})
    member.delete()


@transaction.atomic
def file_committee(
    *,
    committee: Committee,
    filing_number: str,
    valid_until: date,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Approve the filing: size, oddness, chair, terms and validity are checked and the committee is frozen."""
    move(committee, transitions.FILE_COMMITTEE, actor=actor, now=now, version=version, note=filing_number)
    today = clock.beijing_day(now)
    regulation = regulation_on(today)
    if not filing_number.strip():
        raise Refused("核准备案要有文号。请填写备案文号。", field="filing_number")
    if not today < valid_until <= clock.years_later(today, regulation.filing_years):
        raise Refused(
            f"备案有效期最长 {regulation.filing_years} 年（{regulation.cite['filing']}）。请填写 {today} 之后、"
            f"{clock.years_later(today, regulation.filing_years)} 及以前的日期。",
            field="valid_until",
        )
    if gaps := composition_gaps(committee, regulation):
        raise Refused("；".join(gaps) + "。请退给评委会办公室补齐后再备案。")
    committee.filing_number, committee.filed_on, committee.valid_until = filing_number, today, valid_until
    committee.save(update_fields=["filing_number", "filed_on", "valid_until"])


@transaction.atomic
def withdraw_filing(
    *, committee: Committee, basis: str, version: int | None = None, actor: Actor, now: datetime
) -> None:
    """Take the filing back with the document it rests on: the committee can neither plan nor open a meeting any more."""
    if not basis.strip():
        raise Refused("撤销备案要有依据。请填写文件名称和文号。", field="basis")
    if committee.meetings.filter(state=MeetingState.IN_SESSION).exists():
        raise Refused("这个评委会正在开会。请等会议闭会以后再撤销备案。", field="basis")
    move(committee, transitions.WITHDRAW_FILING, actor=actor, now=now, version=version, note=basis.strip())


def composition_gaps(committee: Committee, regulation: Regulation) -> list[str]:
    """What the line-up still lacks, as sentences with the article; empty when it may be filed."""
    members = list(committee.members.all())
    least = regulation.minimum_members[committee.level]["specialty"]
    gaps = []
    if len(members) < least and not committee.size_basis:
        gaps.append(
            f"现有 {len(members)} 人，少于 {least} 人，且没有核减人数的依据（{regulation.cite['minimum']}）"
        )
    if len(members) % 2 == 0:
        gaps.append(f"现有 {len(members)} 人，应为单数（{regulation.cite['odd']}）")
    chairs = sum(member.position == Position.CHAIR for member in members)
    if chairs != 1:
        gaps.append(f"主任委员应有 1 人，现有 {chairs} 人")
    return gaps


def _require_draft(committee: Committee, actor: Actor) -> None:
    if not access.can_manage_committee(actor, committee):
        raise Forbidden("committee.change")
    if committee.state != CommitteeState.DRAFT:
        raise Refused(f"评委会{committee.get_state_display()}，成员不能再改。需要调整请重新组建并备案。")
