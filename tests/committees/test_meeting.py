"""Meetings: the plan's committee, the agenda, the roll, recusal, opinions (articles 19-25)."""

from datetime import date, timedelta

import pytest

from tests.factories.committees import World, expert_actor, make_application
from tests.factories.people import applicant_actor, make_organisation
from tests.factories.plans import make_plan
from zhiping.applications.states import ApplicationState
from zhiping.auditlog.queries import history_of
from zhiping.committees.models import Committee, GroupOpinion, Meeting
from zhiping.committees.operations import meeting as meetings
from zhiping.committees.operations.filing import withdraw_filing
from zhiping.committees.operations.voting import open_rounds
from zhiping.committees.states import CommitteeState, MeetingState, Recommendation
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import start_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.plans.models import Plan
from zhiping.plans.states import PlanState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now):
    return World(now)


def plan_meeting(world, **fields) -> Meeting:
    values = {
        "committee": fields.pop("committee", None) or world.filed_committee(),
        "plan": world.plan,
        "held_on": world.now.date() + timedelta(days=10),
        "place": "第一会议室",
        "actor": world.clerk,
        "now": world.now,
        **fields,
    }
    return meetings.plan_meeting(**values)


def test_a_meeting_seats_only_members_whose_term_covers_the_day(world):
    committee = world.filed_committee()
    committee.members.filter(pk=committee.members.last().pk).update(term_until=world.now.date())

    assert plan_meeting(world, committee=committee).seats.count() == 8


def test_an_unfiled_or_expired_committee_cannot_meet(world):
    with pytest.raises(Refused, match="备案"):
        plan_meeting(world, committee=world.committee())
    expired = world.filed_committee()
    Committee.objects.filter(pk=expired.pk).update(valid_until=world.now.date())
    expired.refresh_from_db()
    with pytest.raises(Refused, match="已到期"):
        plan_meeting(world, committee=expired)


def test_a_committee_of_another_series_cannot_meet_on_the_plan(world):
    committee = world.filed_committee()
    Committee.objects.filter(pk=committee.pk).update(series="工程")
    committee.refresh_from_db()

    with pytest.raises(Refused, match="系列或层级与计划不一致"):
        plan_meeting(world, committee=committee)


def test_an_office_cannot_meet_on_another_offices_plan(world):
    other = make_plan()

    with pytest.raises(Forbidden):
        plan_meeting(world, plan=other)


def test_cases_come_only_from_the_plan_and_only_when_ready(world):
    planned = plan_meeting(world)
    foreign = make_application(make_plan(office=world.office))
    early = make_application(world.plan, state=ApplicationState.ACCEPTED)

    with pytest.raises(Refused, match="不属于这个计划"):
        meetings.add_cases(meeting=planned, applications=[foreign], actor=world.clerk, now=world.now)
    with pytest.raises(Refused, match="不能列入评审会议"):
        meetings.add_cases(meeting=planned, applications=[early], actor=world.clerk, now=world.now)
    assert not planned.cases.exists()


def test_a_colleague_and_the_applicant_recuse_by_the_register(world):
    employer = make_organisation("同一单位")
    committee = world.committee(8)
    colleague = world.seat(committee, employer=employer)
    from zhiping.committees.operations.filing import file_committee

    file_committee(
        committee=committee,
        filing_number="示范备〔2026〕3号",
        valid_until=date(2028, 1, 1),
        actor=world.official,
        now=world.now,
    )
    planned = plan_meeting(world, committee=committee)
    applicant_member = committee.members.first()
    cases = meetings.add_cases(
        meeting=planned,
        applications=[
            make_application(world.plan, employer=employer),
            make_application(world.plan, person=applicant_member.person),
            make_application(world.plan),
        ],
        actor=world.clerk,
        now=world.now,
    )

    found = [[(r.member_id, r.reason, r.is_automatic) for r in case.recusals.all()] for case in cases]
    assert found == [
        [(colleague.pk, "与申报人同一单位", True)],
        [(applicant_member.pk, "申报人本人", True)],
        [],
    ]


def test_a_session_needs_two_thirds_of_the_members(world):
    opened = world.meeting()
    meetings.start_roll_call(meeting=opened, actor=world.clerk, now=world.now)
    seats = list(opened.seats.values_list("pk", flat=True))
    meetings.call_roll(meeting=opened, present=set(seats[:5]), actor=world.clerk, now=world.now)
    with pytest.raises(Refused, match="应到 9 人，实到 5 人，不足三分之二（至少 6 人）"):
        meetings.open_session(meeting=opened, actor=world.clerk, now=world.now)
    opened.refresh_from_db()
    assert opened.state == MeetingState.ROLL_CALL

    meetings.call_roll(meeting=opened, present=set(seats[:6]), actor=world.clerk, now=world.now)
    meetings.open_session(meeting=opened, actor=world.clerk, now=world.now)
    assert opened.state == MeetingState.IN_SESSION


def test_a_session_is_not_opened_before_its_day(world):
    opened = world.meeting()
    meetings.start_roll_call(meeting=opened, actor=world.clerk, now=world.now)
    meetings.call_roll(
        meeting=opened,
        present=set(opened.seats.values_list("pk", flat=True)),
        actor=world.clerk,
        now=world.now,
    )
    before = start_of(opened.held_on) - timedelta(seconds=1)

    with pytest.raises(Refused, match=f"会议定在 {opened.held_on} 召开，今天是 2026-03-01"):
        meetings.open_session(meeting=opened, actor=world.clerk, now=before)
    opened.refresh_from_db()
    assert opened.state == MeetingState.ROLL_CALL
    meetings.open_session(meeting=opened, actor=world.clerk, now=start_of(opened.held_on))
    assert opened.state == MeetingState.IN_SESSION


def test_the_first_session_puts_a_closed_plan_under_review_and_the_next_changes_nothing(world):
    Plan.objects.filter(pk=world.plan.pk).update(state=PlanState.CLOSED)
    world.session()
    world.plan.refresh_from_db()
    entry = history_of(world.plan).order_by("-sequence").first()
    assert world.plan.state == PlanState.UNDER_REVIEW
    assert (entry.verb, entry.actor_role) == ("plan.start_review", Role.SYSTEM)

    world.session()
    version = world.plan.version
    world.plan.refresh_from_db()
    assert world.plan.version == version


def test_a_committee_whose_filing_was_withdrawn_opens_no_session(world):
    opened = world.meeting()
    meetings.start_roll_call(meeting=opened, actor=world.clerk, now=world.now)
    with pytest.raises(Refused, match="撤销备案要有依据"):
        withdraw_filing(committee=opened.committee, basis=" ", actor=world.official, now=world.now)
    with pytest.raises(Forbidden):
        withdraw_filing(committee=opened.committee, basis="决定", actor=world.clerk, now=world.now)

    withdraw_filing(
        committee=opened.committee, basis="示范人社函〔2026〕3号", actor=world.official, now=world.now
    )

    opened = Meeting.objects.get(pk=opened.pk)
    assert opened.committee.state == CommitteeState.WITHDRAWN
    with pytest.raises(Refused, match="已撤销"):
        meetings.open_session(meeting=opened, actor=world.clerk, now=world.now)


def test_the_filing_of_a_committee_in_session_stays(world):
    session = world.session()

    with pytest.raises(Refused, match="正在开会"):
        withdraw_filing(committee=session.committee, basis="决定", actor=world.official, now=world.now)


def test_the_roll_is_locked_once_in_session(world):
    session = world.session()

    with pytest.raises(Refused, match="会议现在是“评审中”"):
        meetings.call_roll(meeting=session, present=set(), actor=world.clerk, now=world.now)
    assert session.seats.filter(is_present=True).count() == 9


def test_without_quorum_the_meeting_goes_back_to_planning_with_an_empty_roll(world):
    opened = world.meeting()
    meetings.start_roll_call(meeting=opened, actor=world.clerk, now=world.now)
    seats = set(opened.seats.values_list("pk", flat=True))
    meetings.call_roll(meeting=opened, present=seats, actor=world.clerk, now=world.now)

    meetings.adjourn(meeting=opened, held_on=date(2026, 4, 1), actor=world.clerk, now=world.now)

    opened.refresh_from_db()
    assert (opened.state, opened.held_on) == (MeetingState.PLANNED, date(2026, 4, 1))
    assert not opened.seats.filter(is_present=True).exists()


def test_a_meeting_without_cases_has_no_roll_call(world):
    with pytest.raises(Refused, match="还没有评审对象"):
        meetings.start_roll_call(meeting=plan_meeting(world), actor=world.clerk, now=world.now)


def test_a_case_taken_off_the_agenda_is_ready_again(world):
    planned = world.meeting(cases=1)
    case = planned.cases.get()

    meetings.remove_case(case=case, reason="材料待核", actor=world.clerk, now=world.now)

    assert not planned.cases.exists()
    case.application.refresh_from_db()
    assert case.application.state == ApplicationState.READY


def test_a_recusal_is_said_once_with_a_reason_and_before_the_vote(world):
    session = world.session(cases=1)
    case, member = session.cases.get(), session.seats.first().member
    own = expert_actor(member)
    with pytest.raises(Refused, match="回避的原因"):
        meetings.declare_recusal(case=case, member=member, reason=" ", actor=own, now=world.now)
    first = meetings.declare_recusal(case=case, member=member, reason="亲属", actor=own, now=world.now)
    again = meetings.declare_recusal(case=case, member=member, reason="亲属", actor=own, now=world.now)
    assert first == again

    open_rounds(meeting=session, actor=world.clerk, now=world.now)
    late = session.seats.last().member
    with pytest.raises(Refused, match="已经开始表决"):
        meetings.declare_recusal(
            case=case, member=late, reason="师生", actor=expert_actor(late), now=world.now
        )


def test_nobody_recuses_somebody_else_but_the_office(world):
    session = world.session(cases=1)
    case, member, other = session.cases.get(), session.seats.first().member, session.seats.last().member

    with pytest.raises(Forbidden):
        meetings.declare_recusal(
            case=case, member=member, reason="亲属", actor=expert_actor(other), now=world.now
        )
    meetings.declare_recusal(
        case=case, member=member, reason="委员来电说明", actor=world.clerk, now=world.now
    )
    assert case.recusals.count() == 1


def opine(world, case, member, actor, text="技艺精湛，成果扎实。") -> GroupOpinion:
    return meetings.give_opinion(
        case=case, member=member, recommendation=Recommendation.STRONG, text=text, actor=actor, now=world.now
    )


def test_an_opinion_is_the_members_own_and_can_be_rewritten_until_the_meeting_closes(world):
    session = world.session(cases=1)
    case, member = session.cases.get(), session.seats.first().member
    actor = expert_actor(member)
    opine(world, case, member, actor)
    opine(world, case, member, actor, "补充：传承成效明显。")
    assert [o.text for o in case.opinions.all()] == ["补充：传承成效明显。"]
    with pytest.raises(Refused, match="写评议意见"):
        opine(world, case, member, actor, " ")

    Meeting.objects.filter(pk=session.pk).update(state=MeetingState.CLOSED)
    case.refresh_from_db()
    case.meeting.refresh_from_db()
    with pytest.raises(Refused, match="已经闭会"):
        opine(world, case, member, actor)


def test_a_recused_member_gives_no_opinion_and_loses_the_one_given(world):
    session = world.session(cases=1)
    case, member = session.cases.get(), session.seats.first().member
    actor = expert_actor(member)
    opine(world, case, member, actor)
    meetings.declare_recusal(case=case, member=member, reason="亲属", actor=actor, now=world.now)

    assert not case.opinions.exists()
    with pytest.raises(Forbidden):
        opine(world, case, member, actor)


def test_the_applicant_and_an_unseated_expert_give_no_opinion(world):
    session = world.session(cases=1)
    case, member = session.cases.get(), session.seats.first().member
    with pytest.raises(Forbidden):
        opine(world, case, member, applicant_actor(case.application.person))
    stranger = world.filed_committee().members.first()
    with pytest.raises(Forbidden):
        opine(world, case, stranger, expert_actor(stranger))
