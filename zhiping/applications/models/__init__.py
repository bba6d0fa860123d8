"""Tables of applications, by topic: the case itself, its draft, its chain."""

from zhiping.applications.models.case import Application, Snapshot
from zhiping.applications.models.chain import Remark, Step, StepDecision
from zhiping.applications.models.draft import PreparedForm, Section, Signature, SigningRequest

__all__ = [
    "Application",
    "PreparedForm",
    "Remark",
    "Section",
    "Signature",
    "SigningRequest",
    "Snapshot",
    "Step",
    "StepDecision",
]
