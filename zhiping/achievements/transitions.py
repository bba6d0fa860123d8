"""The arrows of a version (domain §9.1); items and profiles share them."""

from zhiping.achievements import access
from zhiping.achievements.states import VersionState
from zhiping.lifecycle.moving import Transition

SUBMIT = Transition(
    verb="archive.submit",
    label="送单位审核",
    sources=frozenset({VersionState.DRAFT}),
    target=VersionState.SUBMITTED,
    access=access.can_submit,
)
WITHDRAW = Transition(
    verb="archive.withdraw",
    label="撤回",
    sources=frozenset({VersionState.SUBMITTED}),
    target=VersionState.DRAFT,
    access=access.can_submit,
)
APPROVE = Transition(
    verb="archive.approve",
    label="通过",
    sources=frozenset({VersionState.SUBMITTED}),
    target=VersionState.APPROVED,
    access=access.can_audit,
)
RETURN = Transition(
    verb="archive.return",
    label="退回",
    sources=frozenset({VersionState.SUBMITTED}),
    target=VersionState.RETURNED,
    access=access.can_audit,
)
REJECT = Transition(
    verb="archive.reject",
    label="不通过",
    sources=frozenset({VersionState.SUBMITTED}),
    target=VersionState.REJECTED,
    access=access.can_audit,
)
EXTRACT = Transition(
    verb="archive.extract",
    label="自动提取",
    sources=frozenset({VersionState.DRAFT}),
    target=VersionState.APPROVED,
    access=access.can_extract,
)
DECISIONS = (APPROVE, RETURN, REJECT)
ALL = (SUBMIT, WITHDRAW, *DECISIONS)
