"""The arrows of courses, batches and records."""

from zhiping.continuing_education import access
from zhiping.continuing_education.states import BatchState, ClassState, CourseState, RecordState
from zhiping.lifecycle.moving import Transition

SUBMIT_COURSE = Transition(
    "course.submit",
    "报主管部门备案",
    frozenset({CourseState.DRAFT, CourseState.RETURNED}),
    CourseState.SUBMITTED,
    access.can_offer,
)
OFFER_COURSE = Transition(
    "course.offer",
    "同意备案",
    frozenset({CourseState.SUBMITTED}),
    CourseState.OFFERED,
    access.can_decide_course,
)
RETURN_COURSE = Transition(
    "course.return",
    "退回",
    frozenset({CourseState.SUBMITTED}),
    CourseState.RETURNED,
    access.can_decide_course,
)
CLOSE_COURSE = Transition(
    "course.close", "停开", frozenset({CourseState.OFFERED}), CourseState.CLOSED, access.can_offer
)
COURSE = (SUBMIT_COURSE, OFFER_COURSE, RETURN_COURSE, CLOSE_COURSE)
COURSE_DECISIONS = (OFFER_COURSE, RETURN_COURSE)

CLOSE_CLASS = Transition(
    "class.close", "结班", frozenset({ClassState.OPEN}), ClassState.CLOSED, access.can_teach
)
ENTER_BATCH = Transition(
    "hour_batch.enter", "入账", frozenset({BatchState.RECEIVED}), BatchState.ENTERED, access.can_enter
)

WITHDRAW = Transition(
    "hours.withdraw",
    "撤回",
    frozenset({RecordState.SUBMITTED, RecordState.RETURNED}),
    RecordState.WITHDRAWN,
    access.can_keep_own,
)
REPLACE = Transition(
    "hours.replace",
    "由新版本代替",
    frozenset({RecordState.RETURNED, RecordState.ENTERED}),
    RecordState.REPLACED,
    access.can_replace,
)
PASS = Transition(
    "hours.pass",
    "通过，报主管部门",
    frozenset({RecordState.SUBMITTED}),
    RecordState.PASSED,
    access.can_audit_for_employer,
)
RETURN = Transition(
    "hours.return",
    "退回",
    frozenset({RecordState.SUBMITTED}),
    RecordState.RETURNED,
    access.can_audit_for_employer,
)
REJECT = Transition(
    "hours.reject",
    "不予登记",
    frozenset({RecordState.SUBMITTED}),
    RecordState.REJECTED,
    access.can_audit_for_employer,
)
ENTER = Transition(
    "hours.enter",
    "通过，入账",
    frozenset({RecordState.PASSED}),
    RecordState.ENTERED,
    access.can_audit_for_authority,
)
RETURN_PASSED = Transition(
    "hours.return_passed",
    "退回",
    frozenset({RecordState.PASSED}),
    RecordState.RETURNED,
    access.can_audit_for_authority,
)
REJECT_PASSED = Transition(
    "hours.reject_passed",
    "不予登记",
    frozenset({RecordState.PASSED}),
    RecordState.REJECTED,
    access.can_audit_for_authority,
)
REVOKE = Transition(
    "hours.revoke", "撤销", frozenset({RecordState.ENTERED}), RecordState.REVOKED, access.can_revoke
)
AUDIT = (PASS, RETURN, REJECT, ENTER, RETURN_PASSED, REJECT_PASSED, REVOKE)
GOOD = frozenset({PASS, ENTER})
