"""申报回执: proof of what was handed in and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from zhiping.documents.qr import Qr


@dataclass(frozen=True)
class SubmittedMaterial:
    name: str
    file_name: str
    size: str
    sha256: str


@dataclass(frozen=True)
class SubmissionReceipt:
    """``snapshot_hash`` and ``log_head`` let the applicant prove later that nothing was exchanged."""

    template: ClassVar[str] = "receipt"

    heading: str
    receipt_number: str
    name: str
    masked_id: str
    employer: str
    plan: str
    committee: str
    title_applied: str
    specialty: str
    application_mode: str
    submitted_at: datetime
    version: str
    snapshot_hash: str
    qr: Qr
    materials: tuple[SubmittedMaterial, ...] = ()
    next_step: str = ""
    log_head: str = ""
