"""Loading drafts with few queries, whatever is in them."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from zhiping.achievements.models import ItemVersion
from zhiping.achievements.queries import approved_versions
from zhiping.applications.assessment import Assessment, assess
from zhiping.applications.canonical import sha256_of
from zhiping.applications.draft import Draft
from zhiping.applications.models import Application, Section, SigningRequest, StepDecision
from zhiping.applications.queries.seats import seat_standing
from zhiping.applications.states import ENDED
from zhiping.identity.models import Person
from zhiping.integrity.models import IntegrityRecord
from zhiping.integrity.queries import standing
from zhiping.plans.models import Plan, PlanWindow
from zhiping.plans.rules import rules_of

RELATED = ("person", "title", "plan__pack_version", "employer", "profile_version__employer")
ROUTED = ("plan__office__region", "employer__region", "employer__parent__region")
HEAVY = ("profile_version__sensitive", "plan__pack_version__text")  # decrypted, or read, for nothing


def with_plan(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Applications with everything that judging needs: one query and one for the windows.

    Each table joined costs PostgreSQL more in planning than the row in reading, so nothing else is.
    """
    named = standing().filter(person_id=OuterRef("person_id"))
    windows = Prefetch("plan__windows", PlanWindow.objects.order_by("position"))
    related = rows.select_related(*RELATED).defer(*HEAVY).annotate(is_on_record=Exists(named))
    return related.prefetch_related(windows)


def draft_of(application: Application) -> Draft:
    """The sections as saved (one query; for public institutions also their posts); best loaded by `with_plan`."""
    rows = list(Section.objects.filter(application=application))
    return Draft(
        application,
        rules_of(application.plan),
        {row.key: row.data for row in rows},
        {row.key: row.version for row in rows},
        {row.key: row.saved_at for row in rows},
        records_about(application),
        seat_standing(application),
    )


def records_about(application: Application) -> tuple[IntegrityRecord, ...]:
    """Integrity records of the person, newest first; no query for the many who have none."""
    if not getattr(application, "is_on_record", True):
        return ()
    return tuple(standing().filter(person_id=application.person_id))


def draft_to_edit(application_id: int, *related: str) -> Application | None:
    """The application locked for this transaction, with its plan and what else is named."""
    rows = with_plan(Application.objects.filter(pk=application_id)).select_related(*related)
    return rows.select_for_update(of=("self",)).first()


def assessment_of(application: Application, now: datetime) -> Assessment:
    """The draft held against its rules, with what bodies have stated so far (two queries)."""
    stated: dict[str, Any] = {}
    rows = StepDecision.objects.filter(step__application=application).select_related("publicity")
    for decision in rows.order_by("decided_at", "pk"):
        stated |= stated_in(decision)
    return assess(draft_of(application), now, attested=stated)


def stated_in(decision: StepDecision) -> dict[str, Any]:
    """What a desk stated with a decision; the unit's report also tells how long its publicity was."""
    publicity = decision.publicity
    return dict(decision.attested) | ({"unit_publicity_days": publicity.working_days} if publicity else {})


def live_application(person: Person | int, plan: Plan) -> Application | None:
    """The person's one application for the plan that has not ended."""
    key = person.pk if isinstance(person, Person) else person
    return Application.objects.filter(person_id=key, plan=plan).exclude(state__in=sorted(ENDED)).first()


def fresh_versions(draft: Draft) -> list[ItemVersion]:
    """Approved versions of the archive that are not in the draft yet (newer, or new)."""
    kept = {item["version"] for item in draft.items}
    return [each for each in approved_versions(draft.application.person_id) if each.pk not in kept]


def signing_request(token: str, now: datetime) -> SigningRequest | None:
    """The living request that this token opens, with its application and rules; None if used or over."""
    rows = SigningRequest.objects.filter(token_hash=sha256_of(token), signed_at=None, expires_at__gt=now)
    asked = rows.first()
    if asked is not None:
        asked.application = with_plan(Application.objects.filter(pk=asked.application_id)).get()
    return asked
