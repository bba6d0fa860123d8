"""The life of a plan (domain §9.3)."""

from zhiping.lifecycle.moving import Transition
from zhiping.plans.access import can_archive_plan, can_follow, can_keep_plan, can_publish_plan
from zhiping.plans.states import PlanState

PROPOSE = Transition(
    "plan.propose", "提交复核", frozenset({PlanState.DRAFT}), PlanState.PROPOSED, can_keep_plan
)
RETURN = Transition(
    "plan.return", "退回修改", frozenset({PlanState.PROPOSED}), PlanState.DRAFT, can_keep_plan
)
PUBLISH = Transition(
    "plan.publish", "复核发布", frozenset({PlanState.PROPOSED}), PlanState.PUBLISHED, can_publish_plan
)
OPEN = Transition("plan.open", "开始受理", frozenset({PlanState.PUBLISHED}), PlanState.OPEN, can_follow)
CLOSE = Transition(
    "plan.close",
    "截止受理",
    frozenset({PlanState.PUBLISHED, PlanState.OPEN}),
    PlanState.CLOSED,
    can_follow,
)
REOPEN = Transition("plan.reopen", "重新受理", frozenset({PlanState.CLOSED}), PlanState.OPEN, can_keep_plan)
SUSPEND = Transition(
    "plan.suspend",
    "暂停",
    frozenset({PlanState.PUBLISHED, PlanState.OPEN}),
    PlanState.SUSPENDED,
    can_keep_plan,
)
RESUME = Transition(
    "plan.resume", "恢复", frozenset({PlanState.SUSPENDED}), PlanState.PUBLISHED, can_keep_plan
)
START_REVIEW = Transition(
    "plan.start_review", "进入评审", frozenset({PlanState.CLOSED}), PlanState.UNDER_REVIEW, can_follow
)
SHOW_RESULTS = Transition(
    "plan.show_results",
    "进入评后公示",
    frozenset({PlanState.UNDER_REVIEW}),
    PlanState.RESULT_PUBLICITY,
    can_follow,
)
ISSUE = Transition(
    "plan.issue", "发文", frozenset({PlanState.RESULT_PUBLICITY}), PlanState.ISSUED, can_follow
)
ARCHIVE = Transition(
    "plan.archive", "归档", frozenset({PlanState.ISSUED}), PlanState.ARCHIVED, can_archive_plan
)
TO_ISSUE = (START_REVIEW, SHOW_RESULTS, ISSUE)  # one after the other, each reached by an act of the committee
ALL = (
    PROPOSE, RETURN, PUBLISH, OPEN, CLOSE, REOPEN, SUSPEND, RESUME, START_REVIEW, SHOW_RESULTS, ISSUE, ARCHIVE,
)  # fmt: skip
