"""Arrows of committees, meetings and rounds, and of an application while the committee has it."""

from zhiping.applications.states import ApplicationState as App
from zhiping.committees import access
from zhiping.committees.states import CommitteeState, MeetingState, RoundState
from zhiping.lifecycle.moving import Transition

FILE_COMMITTEE = Transition(
    verb="committee.file",
    label="核准备案",
    sources=frozenset({CommitteeState.DRAFT}),
    target=CommitteeState.FILED,
    access=access.can_file_committee,
)
WITHDRAW_FILING = Transition(
    verb="committee.withdraw_filing",
    label="撤销备案",
    sources=frozenset({CommitteeState.FILED}),
    target=CommitteeState.WITHDRAWN,
    access=access.can_file_committee,
)
START_ROLL_CALL = Transition(
    verb="meeting.start_roll_call",
    label="开始签到",
    sources=frozenset({MeetingState.PLANNED}),
    target=MeetingState.ROLL_CALL,
    access=access.can_run_meeting,
)
BACK_TO_PLANNING = Transition(
    verb="meeting.adjourn",
    label="改期",
    sources=frozenset({MeetingState.ROLL_CALL}),
    target=MeetingState.PLANNED,
    access=access.can_run_meeting,
)
OPEN_SESSION = Transition(
    verb="meeting.open_session",
    label="锁定签到并开会",
    sources=frozenset({MeetingState.ROLL_CALL}),
    target=MeetingState.IN_SESSION,
    access=access.can_run_meeting,
)
CLOSE_MEETING = Transition(
    verb="meeting.close",
    label="闭会",
    sources=frozenset({MeetingState.IN_SESSION}),
    target=MeetingState.CLOSED,
    access=access.can_run_meeting,
)
SIGN_MINUTES = Transition(
    verb="meeting.sign_minutes",
    label="登记记录已签署",
    sources=frozenset({MeetingState.CLOSED}),
    target=MeetingState.SIGNED,
    access=access.can_run_meeting,
)
CLOSE_ROUND = Transition(
    verb="round.close",
    label="截止并计票",
    sources=frozenset({RoundState.OPEN}),
    target=RoundState.CLOSED,
    access=access.can_run_round,
)
VOID_ROUND = Transition(
    verb="round.void",
    label="作废本轮",
    sources=frozenset({RoundState.OPEN, RoundState.CLOSED}),
    target=RoundState.VOID,
    access=access.can_run_round,
)
MEETING = (START_ROLL_CALL, BACK_TO_PLANNING, OPEN_SESSION, CLOSE_MEETING, SIGN_MINUTES)

POST_PRE_REVIEW = Transition(
    verb="application.post_pre_review",
    label="评前公示",
    sources=frozenset({App.ACCEPTED}),
    target=App.PRE_REVIEW_PUBLICITY,
    access=access.can_process,
)
MAKE_READY = Transition(
    verb="application.make_ready",
    label="评前公示结束，转入待评审",
    sources=frozenset({App.PRE_REVIEW_PUBLICITY}),
    target=App.READY,
    access=access.can_process,
)
ENTER_MEETING = Transition(
    verb="application.enter_meeting",
    label="列入评审会议",
    sources=frozenset({App.READY}),
    target=App.IN_COMMITTEE,
    access=access.can_process,
)
LEAVE_MEETING = Transition(
    verb="application.leave_meeting",
    label="移出评审会议",
    sources=frozenset({App.IN_COMMITTEE}),
    target=App.READY,
    access=access.can_process,
)
PASS = Transition(
    verb="application.pass",
    label="评审通过",
    sources=frozenset({App.IN_COMMITTEE}),
    target=App.PASSED,
    access=access.can_process,
)
FAIL = Transition(
    verb="application.fail",
    label="评审未通过",
    sources=frozenset({App.IN_COMMITTEE}),
    target=App.NOT_PASSED,
    access=access.can_process,
)
POST_RESULT = Transition(
    verb="application.post_result",
    label="评后公示",
    sources=frozenset({App.PASSED}),
    target=App.RESULT_PUBLICITY,
    access=access.can_process,
)
REJECT_ON_OBJECTION = Transition(
    verb="application.reject_on_objection",
    label="异议成立，终止评审",
    sources=frozenset({App.PRE_REVIEW_PUBLICITY, App.RESULT_PUBLICITY}),
    target=App.REFUSED,
    access=access.can_process,
)
APPLICATION = (
    POST_PRE_REVIEW,
    MAKE_READY,
    ENTER_MEETING,
    LEAVE_MEETING,
    PASS,
    FAIL,
    POST_RESULT,
    REJECT_ON_OBJECTION,
)
