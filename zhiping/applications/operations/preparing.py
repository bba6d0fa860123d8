"""Having the forms of the notice printed from the draft, to be signed and handed back."""

from datetime import datetime

from django.db import transaction

from zhiping.applications import access
from zhiping.applications.assessment import Assessment
from zhiping.applications.models import Application, PreparedForm
from zhiping.applications.prepared import forms_of
from zhiping.applications.queries.drafts import assessment_of
from zhiping.applications.queries.prepared import draft_hash, prepared_form
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused


@transaction.atomic
def prepare_form(*, application: Application, key: str, actor: Actor, now: datetime) -> PreparedForm:
    """Ask the queue for one form as the draft stands now; asking again for the same draft changes nothing.

    `application` comes from `queries.drafts.with_plan`. Refused for a form that this person need not hand in.
    """
    if not access.can_draft(actor, application):
        raise Forbidden("application.prepare_form")
    found = prepared_form(application, key)
    if found is not None:
        return found
    judged = assessment_of(application, application.submitted_at or now)
    if key not in {form.key for form in forms_of(judged)}:
        raise Refused("您的申报方式不用交这张表。请刷新附件页，按页面列出的下载。")
    return _ask(application, key, draft_hash(application), now)


def prepare_all(*, judged: Assessment, now: datetime) -> None:
    """Have every form printed that the notice has this person hand in; within the transaction of the submission."""
    application, forms = judged.draft.application, forms_of(judged)
    content = draft_hash(application) if forms else ""
    for form in forms:
        _ask(application, form.key, content, now)


def _ask(application: Application, key: str, content: str, now: datetime) -> PreparedForm:
    made, is_new = PreparedForm.objects.get_or_create(
        application=application, key=key, content_hash=content, defaults={"asked_at": now}
    )
    if is_new:
        enqueue("applications.print_prepared", key=f"prepared-{made.pk}", form_id=made.pk)
    return made
