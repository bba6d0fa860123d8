"""Planning a meeting, calling the roll, recusals, opinions, minutes (domain §3 articles 19-25)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhiping.applications.models import Application
from zhiping.auditlog.recording import record
from zhiping.committees import access, transitions
from zhiping.committees.conflicts import automatic_reason
from zhiping.committees.models import Case, Committee, GroupOpinion, Meeting, Member, Recusal, Seat
from zhiping.committees.states import CommitteeState, MeetingState
from zhiping.committees.tally import has_quorum, votes_needed
from zhiping.jobs.queue import enqueue
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.plans.models import Plan
from zhiping.plans.operations import advance_plan
from zhiping.plans.states import PlanState


@transaction.atomic
def plan_meeting(
    *, committee: Committee, plan: Plan, held_on: date, place: str, actor: Actor, now: datetime
) -> Meeting:
    """Call a meeting of a filed committee that is still valid on the day and covers the plan's series and level."""
    if not access.can_manage_committee(actor, committee) or plan.office_id != committee.office_id:
        raise Forbidden("meeting.plan")
    _require_filed(committee, held_on)
    if (committee.series, committee.level) != (plan.series, plan.level):
        raise Refused(
            "评委会的系列或层级与计划不一致，不能评审这个计划。请选择对应的评委会。", field="committee"
        )
    meeting = Meeting.objects.create(committee=committee, plan=plan, held_on=held_on, place=place)
    current = committee.members.filter(term_from__lte=held_on, term_until__gte=held_on)
    Seat.objects.bulk_create([Seat(meeting=meeting, member=member) for member in current])
    record("meeting.plan", actor=actor, now=now, subject=meeting, to_state=meeting.state)
    return meeting


@transaction.atomic
def add_cases(
    *, meeting: Meeting, applications: Sequence[Application], actor: Actor, now: datetime
) -> list[Case]:
    """Put ready applications on the agenda and record the recusals that follow from the register by themselves."""
    _require(meeting, actor, MeetingState.PLANNED)
    members = list(Member.objects.filter(seats__meeting=meeting).select_related("person"))
    start = meeting.cases.count()
    cases = []
    for offset, application in enumerate(applications, start + 1):
        if application.plan_id != meeting.plan_id:
            raise Refused("有申报不属于这个计划，不能列入本次会议。请重新选择。")
        move(application, transitions.ENTER_MEETING, actor=actor, now=now)
        case = Case.objects.create(meeting=meeting, application=application, position=offset)
        found = [(member, automatic_reason(member, application)) for member in members]
        Recusal.objects.bulk_create(
            [Recusal(case=case, member=m, reason=reason, is_automatic=True) for m, reason in found if reason]
        )
        cases.append(case)
    record("meeting.add_cases", actor=actor, now=now, subject=meeting, details={"cases": len(cases)})
    return cases


@transaction.atomic
def start_roll_call(*, meeting: Meeting, version: int | None = None, actor: Actor, now: datetime) -> None:
    """Open the roll; a meeting without cases has nothing to decide."""
    if not meeting.cases.exists():
        raise Refused("会议还没有评审对象。请先把待评审的申报列入会议。")
    move(meeting, transitions.START_ROLL_CALL, actor=actor, now=now, version=version)


@transaction.atomic
def call_roll(*, meeting: Meeting, present: set[int], actor: Actor, now: datetime) -> None:
    """Note who is here: `present` holds seat keys. Repeating it replaces the roll until it is locked."""
    _require(meeting, actor, MeetingState.ROLL_CALL)
    meeting.seats.filter(pk__in=present).update(is_present=True)
    meeting.seats.exclude(pk__in=present).update(is_present=False)
    record("meeting.call_roll", actor=actor, now=now, subject=meeting, details={"present": sorted(present)})


@transaction.atomic
def open_session(*, meeting: Meeting, version: int | None = None, actor: Actor, now: datetime) -> None:
    """Lock the roll and open the session if two thirds of the members are present (art. 19).

    1. not before its day, and the filing still stands; 2. quorum; 3. the plan is under review from the first session on.
    """
    today = clock.beijing_day(now)
    if today < meeting.held_on:
        raise Refused(
            f"会议定在 {meeting.held_on} 召开，今天是 {today}，还不能锁定签到开会。请到会议当天再开；提前开会的，先改期。"
        )
    _require_filed(meeting.committee, today)
    move(meeting, transitions.OPEN_SESSION, actor=actor, now=now, version=version)
    seats = list(meeting.seats.values_list("is_present", flat=True))
    if not has_quorum(sum(seats), len(seats)):
        raise Refused(
            f"应到 {len(seats)} 人，实到 {sum(seats)} 人，不足三分之二（至少 {votes_needed(len(seats))} 人）。"
            "请等待委员到会，或改期。"
        )
    advance_plan(
        plan=meeting.plan, to=PlanState.UNDER_REVIEW, now=now, note=f"评审会议 {meeting.held_on} 开会"
    )


@transaction.atomic
def adjourn(
    *, meeting: Meeting, held_on: date, version: int | None = None, actor: Actor, now: datetime
) -> None:
    """Without quorum: back to planning with a new day; the roll is emptied."""
    move(meeting, transitions.BACK_TO_PLANNING, actor=actor, now=now, version=version, note=str(held_on))
    meeting.held_on = held_on
    meeting.save(update_fields=["held_on"])
    meeting.seats.update(is_present=False)


@transaction.atomic
def declare_recusal(*, case: Case, member: Member, reason: str, actor: Actor, now: datetime) -> Recusal:
    """A member (or the office for them) recuses from a case, before any ballot on it. Saying it twice is once."""
    own = actor.person_id is not None and actor.person_id == member.person_id
    if not own and not access.can_run_meeting(actor, case.meeting):
        raise Forbidden("case.recuse")
    if not reason.strip():
        raise Refused("请写明回避的原因，例如“与申报人同一单位”。", field="reason")
    if case.rounds.exclude(state="void").exists():
        raise Refused("这一件已经开始表决，不能再申请回避。请向会议主持人说明。")
    recusal, is_new = Recusal.objects.get_or_create(case=case, member=member, defaults={"reason": reason})
    if is_new:
        GroupOpinion.objects.filter(case=case, member=member).delete()
        record("case.recuse", actor=actor, now=now, subject=case, details={"member": member.pk})
    return recusal


@transaction.atomic
def give_opinion(
    *, case: Case, member: Member, recommendation: str, text: str, actor: Actor, now: datetime
) -> GroupOpinion:
    """A member's own written opinion on a case they may read; may be rewritten until the meeting closes."""
    recused = case.recusals.filter(member=member).exists()
    seated = case.meeting.seats.filter(member=member).exists()
    if member.person_id != actor.person_id or not access.can_read_case(
        actor, case, seated=seated, recused=recused
    ):
        raise Forbidden("case.opine")
    if case.meeting.state in {MeetingState.CLOSED, MeetingState.SIGNED}:
        raise Refused("会议已经闭会，评议意见不能再改。")
    if not text.strip():
        raise Refused("请写评议意见，说明理由。", field="text")
    opinion, _ = GroupOpinion.objects.update_or_create(
        case=case,
        member=member,
        defaults={"recommendation": recommendation, "text": text, "given_at": now},
    )
    record("case.opine", actor=actor, now=now, subject=case, details={"recommendation": recommendation})
    return opinion


@transaction.atomic
def close_meeting(*, meeting: Meeting, version: int | None = None, actor: Actor, now: datetime) -> None:
    """Close when every case is decided; the minutes are printed in the background (art. 22-23)."""
    move(meeting, transitions.CLOSE_MEETING, actor=actor, now=now, version=version)
    open_cases = meeting.cases.filter(passed=None).count()
    if open_cases:
        raise Refused(f"还有 {open_cases} 件没有表决结果。请全部表决并计票后再闭会。")
    key = f"minutes-{meeting.pk}"
    enqueue("committees.print_minutes", key=key, meeting_id=meeting.pk, recorder=actor.name)


@transaction.atomic
def sign_minutes(*, meeting: Meeting, version: int | None = None, actor: Actor, now: datetime) -> None:
    """Note that the chair has signed the printed minutes; their hash is in the log with it."""
    if not meeting.minutes_hash:
        raise Refused("会议记录还在生成，请稍后刷新页面再登记。")
    details = {"sha256": meeting.minutes_hash}
    move(meeting, transitions.SIGN_MINUTES, actor=actor, now=now, version=version, details=details)


def remove_case(*, case: Case, reason: str, actor: Actor, now: datetime) -> None:
    """Take a case off the agenda before the roll is locked."""
    with transaction.atomic():
        _require(case.meeting, actor, MeetingState.PLANNED, MeetingState.ROLL_CALL)
        move(case.application, transitions.LEAVE_MEETING, actor=actor, now=now, note=reason)
        case.delete()


def _require_filed(committee: Committee, day: date) -> None:
    """Filed, not withdrawn, and valid on the day of the meeting."""
    until = committee.valid_until
    if committee.state != CommitteeState.FILED or until is None or until < day:
        raise Refused(
            "评委会没有备案，或备案在会议当天已到期、已撤销，评审结果不会被承认。请先办理备案。",
            field="committee",
        )


def _require(meeting: Meeting, actor: Actor, *states: MeetingState) -> None:
    if not access.can_run_meeting(actor, meeting):
        raise Forbidden("meeting.change")
    if meeting.state not in states:
        raise Refused(
            f"会议现在是“{meeting.get_state_display()}”，不能做这一步。请刷新页面，按当前步骤继续。"
        )
