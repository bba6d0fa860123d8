"""Arrows of bodies (domain §9.2) and of requests to become staff."""

from zhiping.lifecycle.moving import Transition
from zhiping.organisations import access
from zhiping.organisations.states import ClerkRequestState, OrganisationState

SUBMIT_LETTER = Transition(
    "organisation.submit_letter",
    "提交授权委托证明",
    frozenset({OrganisationState.REGISTERED, OrganisationState.RETURNED}),
    OrganisationState.SUBMITTED,
    access.can_submit_letter,
)
AUTHORISE = Transition(
    "organisation.authorise",
    "通过授权",
    frozenset({OrganisationState.SUBMITTED}),
    OrganisationState.AUTHORISED,
    access.can_decide_letter,
)
RETURN_LETTER = Transition(
    "organisation.return_letter",
    "退回授权委托证明",
    frozenset({OrganisationState.SUBMITTED}),
    OrganisationState.RETURNED,
    access.can_decide_letter,
)
SUSPEND = Transition(
    "organisation.suspend",
    "停用",
    frozenset({OrganisationState.AUTHORISED}),
    OrganisationState.SUSPENDED,
    access.can_suspend,
)
RESTORE = Transition(
    "organisation.restore",
    "恢复使用",
    frozenset({OrganisationState.SUSPENDED}),
    OrganisationState.AUTHORISED,
    access.can_suspend,
)

ACCEPT_REQUEST = Transition(
    "clerk_request.accept",
    "同意",
    frozenset({ClerkRequestState.INVITED, ClerkRequestState.ASKED}),
    ClerkRequestState.ACCEPTED,
    access.can_answer_request,
)
DECLINE_REQUEST = Transition(
    "clerk_request.decline",
    "不同意",
    frozenset({ClerkRequestState.INVITED, ClerkRequestState.ASKED}),
    ClerkRequestState.DECLINED,
    access.can_drop_request,
)
