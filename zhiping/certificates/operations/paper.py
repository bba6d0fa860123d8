"""The paper review form: printed, received at a desk, kept, given back for the personal file (R-306…R-319)."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from zhiping.applications.models import Application
from zhiping.auditlog.recording import record
from zhiping.certificates import access, messages, queries, seals
from zhiping.certificates.models import PaperRecord, ReviewForm
from zhiping.certificates.operations.handovers import answer_line
from zhiping.certificates.states import LineAnswer, PaperEvent
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.operations import tell


@transaction.atomic
def export_review_form(*, application: Application, actor: Actor, now: datetime) -> ReviewForm:
    """Ask for the 评审表 of the application as it stands; the same content gives the same version again (R-312)."""
    if not queries.can_export_form(actor, application):
        raise Forbidden("review_form.export")
    content = queries.form_content_hash(application)
    last = application.review_forms.order_by("-number").first()
    if last is not None and last.content_hash == content:
        return last
    snapshot = application.snapshots.order_by("-number").first()
    form = ReviewForm.objects.create(
        application=application,
        number=(last.number if last else 0) + 1,
        submission=snapshot.number if snapshot else None,
        code=secrets.token_urlsafe(12),
        content_hash=content,
        made_at=now,
    )
    record("review_form.export", actor=actor, now=now, subject=form, details={"content": content})
    enqueue("certificates.print_form", key=f"review-form-{form.pk}", form_id=form.pk)
    return form


@transaction.atomic
def receive_paper(
    *,
    form: ReviewForm,
    copies: int,
    sealed: Collection[str] = (),
    handed_in_by: str = "",
    note: str = "",
    actor: Actor,
    now: datetime,
) -> PaperRecord:
    """Take the paper at a desk: right version, enough copies, every seal that is due here (R-306, R-308, R-310).

    Received again changes nothing. A line of a hand-over list that waits for this form is answered by it.
    """
    application = form.application
    if not access.can_handle_paper(actor, application):
        raise Forbidden("review_form.paper")
    if fault := queries.why_outdated(form):
        raise Refused(fault)
    wanted = queries.copies_wanted(application.plan)
    if copies < wanted:
        raise Refused(
            f"通知要求纸质评审表一式 {wanted} 份，现在只有 {copies} 份。请补齐后再收。", field="copies"
        )
    due = queries.seals_due(application, actor.organisation_id)
    if missing := "、".join(seals.labels(name for name in due if name not in sealed)):
        raise Refused(f"表上还缺{missing}的印章，不能收。请补盖后再收。", field="sealed")
    entry, is_new = PaperRecord.objects.get_or_create(
        form=form,
        event=PaperEvent.RECEIVED,
        organisation_id=actor.organisation_id,
        defaults={
            "copies": copies,
            "seals": list(due),
            "handed_in_by": handed_in_by,
            "note": note,
            "by_id": actor.person_id,
            "at": now,
        },
    )
    if is_new:
        details = {"copies": copies, "seals": list(due), "handed_in_by": handed_in_by}
        record("review_form.receive", actor=actor, now=now, subject=form, details=details)
        if line := queries.waiting_line(form, actor.organisation_id):
            answer_line(line=line, answer=LineAnswer.RECEIVED, copies=copies, actor=actor, now=now)
    return entry


@transaction.atomic
def note_paper(
    *, form: ReviewForm, event: str, copies: int, note: str = "", actor: Actor, now: datetime
) -> PaperRecord:
    """The office keeps the paper, or gives it back to its person, who is told where it belongs (R-319)."""
    application = form.application
    if not access.can_file_paper(actor, application):
        raise Forbidden("review_form.paper")
    if event not in {PaperEvent.ARCHIVED, PaperEvent.RETURNED}:
        raise Refused("请选择归档或者退回。", field="event")
    entry, is_new = PaperRecord.objects.get_or_create(
        form=form,
        event=event,
        organisation_id=actor.organisation_id,
        defaults={"copies": copies, "at": now, "by_id": actor.person_id, "note": note},
    )
    if is_new:
        record(
            "review_form.paper", actor=actor, now=now, subject=form, note=event, details={"copies": copies}
        )
        if event == PaperEvent.RETURNED:
            context = {
                "number": application.number,
                "office": application.plan.office.name,
                "key": application.pk,
            }
            tell(person=application.person, kind=messages.PAPER_RETURNED, context=context, now=now)
    return entry
