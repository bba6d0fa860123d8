"""Arrows of applications (up to the committee's desk) and of steps. Committees add the later arrows."""

from zhiping.applications import access
from zhiping.applications.states import ACTIVE, EXPELLABLE, StepState
from zhiping.applications.states import ApplicationState as App
from zhiping.lifecycle.moving import Transition

SUBMIT = Transition("application.submit", "提交", frozenset({App.DRAFT}), App.IN_REVIEW, access.can_draft)
RESUBMIT = Transition(
    "application.resubmit", "重新提交", frozenset({App.RETURNED}), App.IN_REVIEW, access.can_draft
)
WITHDRAW = Transition(
    "application.withdraw",
    "撤回",
    frozenset({App.DRAFT, App.IN_REVIEW, App.RETURNED}),
    App.WITHDRAWN,
    access.can_draft,
)
RETURN = Transition(
    "application.return", "退回", frozenset({App.IN_REVIEW}), App.RETURNED, access.can_decide_case
)
REFUSE = Transition(
    "application.refuse", "判为不通过", frozenset({App.IN_REVIEW}), App.REFUSED, access.can_decide_case
)
ACCEPT = Transition(
    "application.accept", "受理", frozenset({App.IN_REVIEW}), App.ACCEPTED, access.can_decide_case
)
LAPSE = Transition(
    "application.lapse", "记为逾期未补正", frozenset({App.RETURNED}), App.LAPSED, access.is_system
)
EXPEL = Transition("application.expel", "因弄虚作假退回", EXPELLABLE, App.EXPELLED, access.can_expel)
ASK_FEE = Transition(
    "application.ask_fee", "转入待缴费", frozenset({App.ACCEPTED}), App.PAYMENT_PENDING, access.is_system
)
SETTLE_FEE = Transition(
    "application.settle_fee",
    "费用已缴或已减免，继续受理",
    frozenset({App.PAYMENT_PENDING}),
    App.ACCEPTED,
    access.is_system,
)
GIVE_UP_UNPAID = Transition(
    "application.give_up_unpaid",
    "记为逾期未缴费，视作自动放弃",
    frozenset({App.PAYMENT_PENDING}),
    App.PAYMENT_LAPSED,
    access.is_system,
)
REINSTATE_PAID = Transition(
    "application.reinstate_paid",
    "查明按时缴费，恢复受理",
    frozenset({App.PAYMENT_LAPSED}),
    App.ACCEPTED,
    access.is_system,
)
APPLICATION = (
    SUBMIT,
    RESUBMIT,
    WITHDRAW,
    RETURN,
    REFUSE,
    ACCEPT,
    LAPSE,
    EXPEL,
    ASK_FEE,
    SETTLE_FEE,
    GIVE_UP_UNPAID,
    REINSTATE_PAID,
)

REACH = Transition(
    "step.reach", "转到这一环节", frozenset({StepState.WAITING}), StepState.OPEN, access.is_system
)
REACH_AGAIN = Transition(
    "step.reach_again",
    "重新转到这一环节",
    frozenset({StepState.RETURNED, StepState.WAITING}),
    StepState.OPEN,
    access.is_system,
)
RESET = Transition(
    "step.reset",
    "恢复为未到",
    frozenset({StepState.OPEN, StepState.PASSED, StepState.RETURNED}),
    StepState.WAITING,
    access.is_system,
)
AUDIT = Transition(
    "step.audit", "初审通过", frozenset({StepState.OPEN}), StepState.AUDITED, access.can_decide_step
)
PUBLICISE = Transition(
    "step.publicise", "公示", frozenset({StepState.AUDITED}), StepState.PUBLICISED, access.can_publicise
)
UNPUBLICISE = Transition(
    "step.unpublicise",
    "退回待公示",
    frozenset({StepState.PUBLICISED}),
    StepState.AUDITED,
    access.can_publicise,
)
FORWARD = Transition(
    "step.forward", "报送", frozenset({StepState.PUBLICISED}), StepState.PASSED, access.can_decide_step
)
PASS = Transition("step.pass", "通过", frozenset({StepState.OPEN}), StepState.PASSED, access.can_decide_step)
SEND_BACK = Transition(
    "step.return",
    "退回",
    frozenset({StepState.OPEN, StepState.AUDITED, StepState.PUBLICISED}),
    StepState.RETURNED,
    access.can_decide_step,
)
TURN_DOWN = Transition(
    "step.refuse",
    "判为不通过",
    frozenset({StepState.OPEN, StepState.AUDITED, StepState.PUBLICISED}),
    StepState.REFUSED,
    access.can_decide_step,
)
END = Transition("step.end", "终止", ACTIVE, StepState.REFUSED, access.is_system)
STEP = (REACH, REACH_AGAIN, RESET, AUDIT, PUBLICISE, UNPUBLICISE, FORWARD, PASS, SEND_BACK, TURN_DOWN, END)
