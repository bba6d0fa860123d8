"""Arrows of reports and certificates, and the last arrows of an application."""

from zhiping.applications.states import ApplicationState as App
from zhiping.certificates import access
from zhiping.certificates.states import CertificateState, HandoverState, ReportState
from zhiping.lifecycle.moving import Transition

ISSUE_REPORT = Transition(
    verb="report.issue",
    label="核准发文",
    sources=frozenset({ReportState.REPORTED}),
    target=ReportState.ISSUED,
    access=access.can_confirm,
)
RETURN_REPORT = Transition(
    verb="report.return",
    label="退回重报",
    sources=frozenset({ReportState.REPORTED}),
    target=ReportState.RETURNED,
    access=access.can_confirm,
)
APPROVE = Transition(
    verb="application.approve",
    label="核准发文",
    sources=frozenset({App.RESULT_PUBLICITY}),
    target=App.APPROVED,
    access=access.can_issue_for,
)
CERTIFY = Transition(
    verb="application.certify",
    label="发证",
    sources=frozenset({App.APPROVED}),
    target=App.CERTIFIED,
    access=access.can_certify,
)
REVOKE_TITLE = Transition(
    verb="application.revoke",
    label="撤销职称",
    sources=frozenset({App.CERTIFIED}),
    target=App.REVOKED,
    access=access.can_revoke,
)
VALIDATE = Transition(
    verb="certificate.validate",
    label="生成证书",
    sources=frozenset({CertificateState.PENDING}),
    target=CertificateState.VALID,
    access=access.can_certify,
)
REVOKE = Transition(
    verb="certificate.revoke",
    label="撤销证书",
    sources=frozenset({CertificateState.VALID}),
    target=CertificateState.REVOKED,
    access=access.can_revoke,
)
SUPERSEDE = Transition(
    verb="certificate.supersede",
    label="更正换发",
    sources=frozenset({CertificateState.VALID}),
    target=CertificateState.SUPERSEDED,
    access=access.can_revoke,
)
CONFIRM_HANDOVER = Transition(
    verb="handover.confirm",
    label="核收",
    sources=frozenset({HandoverState.SENT}),
    target=HandoverState.CONFIRMED,
    access=access.can_confirm_handover,
)
NOTE_DIFFERENCES = Transition(
    verb="handover.differ",
    label="核收并记差异",
    sources=frozenset({HandoverState.SENT}),
    target=HandoverState.DIFFERING,
    access=access.can_confirm_handover,
)
CANCEL_HANDOVER = Transition(
    verb="handover.cancel",
    label="作废清单",
    sources=frozenset({HandoverState.SENT}),
    target=HandoverState.CANCELLED,
    access=access.can_cancel_handover,
)
