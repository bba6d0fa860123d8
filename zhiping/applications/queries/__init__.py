"""Questions about applications: who may see them, drafts, desks, the applicant's timeline."""

from zhiping.applications.queries.desks import (
    BulkFinding,
    bulk_findings,
    cases_at,
    current_step,
    last_posting_day,
    latest_snapshot,
    previous_content,
    reopened_places,
    step_at_desk,
)
from zhiping.applications.queries.drafts import (
    assessment_of,
    draft_of,
    draft_to_edit,
    fresh_versions,
    live_application,
)
from zhiping.applications.queries.scope import file_of, steps_visible_to, visible_to

__all__ = [
    "BulkFinding",
    "assessment_of",
    "bulk_findings",
    "cases_at",
    "current_step",
    "draft_of",
    "draft_to_edit",
    "file_of",
    "fresh_versions",
    "last_posting_day",
    "latest_snapshot",
    "live_application",
    "previous_content",
    "reopened_places",
    "step_at_desk",
    "steps_visible_to",
    "visible_to",
]
