"""Business actions on results and on the paper, by topic."""

from zhiping.certificates.operations.appointing import appoint_holder
from zhiping.certificates.operations.handovers import (
    Answer,
    cancel_handover,
    confirm_lines,
    make_handover,
)
from zhiping.certificates.operations.issuing import (
    archive_finished_plan,
    complete_certificate,
    confirm_report,
    correct_certificate,
    follow_acts,
    report_results,
    return_report,
    revoke_certificate,
)
from zhiping.certificates.operations.paper import (
    export_review_form,
    note_paper,
    receive_paper,
)

__all__ = [
    "Answer",
    "appoint_holder",
    "archive_finished_plan",
    "cancel_handover",
    "complete_certificate",
    "confirm_lines",
    "confirm_report",
    "correct_certificate",
    "export_review_form",
    "follow_acts",
    "make_handover",
    "note_paper",
    "receive_paper",
    "report_results",
    "return_report",
    "revoke_certificate",
]
