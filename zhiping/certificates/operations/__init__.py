"""Business actions on results and certificates, by topic."""

from zhiping.certificates.operations.appointing import appoint_holder
from zhiping.certificates.operations.issuing import (
    archive_finished_plan,
    complete_certificate,
    confirm_report,
    correct_certificate,
    export_review_form,
    follow_acts,
    note_paper,
    report_results,
    return_report,
    revoke_certificate,
)

__all__ = [
    "appoint_holder",
    "archive_finished_plan",
    "complete_certificate",
    "confirm_report",
    "correct_certificate",
    "export_review_form",
    "follow_acts",
    "note_paper",
    "report_results",
    "return_report",
    "revoke_certificate",
]
