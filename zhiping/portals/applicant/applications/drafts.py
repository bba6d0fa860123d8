"""What every page of a draft needs: the draft in scope, its assessment, the steps at the head."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhiping.applications.assessment import Assessment, assess
from zhiping.applications.draft import Draft
from zhiping.applications.models import Application, Remark
from zhiping.applications.queries import draft_of, reopened_places, visible_to
from zhiping.applications.queries.drafts import with_plan
from zhiping.applications.states import EDITABLE, SectionKey
from zhiping.kernel import clock


@dataclass(frozen=True)
class Desk:
    """A draft as one page sees it."""

    draft: Draft
    assessment: Assessment
    reopened: dict[str, Remark]
    now: datetime

    @property
    def application(self) -> Application:
        return self.draft.application

    @property
    def is_returned(self) -> bool:
        return self.application.state == "returned"

    @property
    def is_editable(self) -> bool:
        return self.application.state in EDITABLE

    def may_edit(self, place: str) -> bool:
        """Whether this place is open: all of them in a draft, after a return those that were named."""
        return self.is_editable and (not self.is_returned or place in self.reopened)

    def may_edit_section(self, key: str) -> bool:
        return self.is_editable and (
            not self.is_returned or any(place.startswith(f"{key}:") for place in self.reopened)
        )

    @property
    def until(self) -> datetime | None:
        """The moment after which nothing more can be handed in."""
        if self.is_returned:
            return self.application.fix_until
        windows = self.application.plan.windows.all()
        return max((w.closes_at for w in windows if w.who == "applicant" and w.closes_at), default=None)

    @property
    def pages(self) -> list[SectionKey]:
        """The pages of this draft in order (R-080)."""
        return [
            key
            for key in SectionKey
            if (key != SectionKey.SCORE or self.draft.pack.scoring is not None)
            and (key != SectionKey.REFERRAL or self.draft.wants_referral)
        ]

    def is_done(self, key: str) -> bool:
        """Nothing must be done there any more; pages that depend on the way wait for it to be chosen."""
        has_open = any(point.must for point in self.assessment.of_section(key))
        depends = key in (SectionKey.SCORE, SectionKey.ATTACHMENTS)
        return not has_open and (key in self.draft.sections or (depends and self.draft.pathway is not None))


def desk_of(request: HttpRequest, key: int) -> Desk:
    """Load the draft within the actor's scope and assess it; at most five queries."""
    application = get_object_or_404(with_plan(visible_to(request.actor)), pk=key)
    now = clock.now()
    draft = draft_of(application)
    assessment = assess(draft, application.submitted_at or now)
    return Desk(draft, assessment, reopened_places(application), now)


def frame(desk: Desk, key: str) -> dict[str, Any]:
    """Context of the frame of a section page: steps, save state, what was remarked here."""
    keys = desk.pages
    at = keys.index(SectionKey(key))
    section, saved = desk.draft.versions.get(key, 0), desk.draft.saved.get(key)
    return {
        "desk": desk,
        "application": desk.application,
        "draft": desk.draft,
        "assessment": desk.assessment,
        "key": key,
        "steps": [_step(desk, each, key) for each in keys],
        "version": section,
        "saved_at": f"{saved.astimezone(clock.BEIJING):%H:%M}" if saved else "",
        "previous": url_of(desk, keys[at - 1]) if at else None,
        "next": url_of(desk, keys[at + 1]) if at + 1 < len(keys) else None,
        "remarks": [remark for place, remark in desk.reopened.items() if place.startswith(f"{key}:")],
        "may_edit": desk.may_edit_section(key),
        "points": desk.assessment.of_section(key),
        "now": desk.now,
    }


def url_of(desk: Desk, key: str) -> str:
    return reverse(f"applicant:applications:{key}", args=[desk.application.pk])


def _step(desk: Desk, key: SectionKey, current: str) -> dict[str, str]:
    state = "now" if key == current else "done" if desk.is_done(key) else "later"
    return {"label": key.label, "url": url_of(desk, key), "state": state}
