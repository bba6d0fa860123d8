"""The PDF of a prepared form."""

from zhiping.applications import prepared
from zhiping.applications.canonical import sha256_of
from zhiping.applications.draft import Draft
from zhiping.applications.models import Application, PreparedForm, Signature
from zhiping.applications.prepared import Form, forms_of
from zhiping.applications.promise import promise_of
from zhiping.applications.queries.drafts import assessment_of, with_plan
from zhiping.documents.integrity_statement import IntegrityStatement
from zhiping.documents.printing import render
from zhiping.files.queries import path_of
from zhiping.privacy.masks import mask_id_number

SHOWN_OF_HASH = 16


def as_pdf(made: PreparedForm) -> bytes | None:
    """The paper; None if the draft no longer asks for it."""
    application = with_plan(Application.objects.filter(pk=made.application_id)).get()
    judged = assessment_of(application, application.submitted_at or made.asked_at)
    form = next((each for each in forms_of(judged) if each.key == made.key), None)
    if form is None:
        return None
    sheets = {
        prepared.EXCEPTIONAL: lambda: prepared.exceptional(judged.draft, form),
        prepared.REFEREE: lambda: prepared.referee(judged.draft, form),
        prepared.SCORING: lambda: prepared.scoring(judged, form),
        prepared.INTEGRITY: lambda: integrity(judged.draft, form),
    }
    sheet = sheets[form.kind]()
    return render(sheet.template, sheet, created=made.asked_at)


def integrity(draft: Draft, form: Form) -> IntegrityStatement:
    """The promise as it was signed: the words then, the hand, the moment, the device (R-362)."""
    application = draft.application
    signed = Signature.objects.select_related("image").get(application=application, withdrawn_at=None)
    return IntegrityStatement(
        title=promise_of(draft).title,
        text=signed.statement,
        text_version=sha256_of(signed.statement)[:SHOWN_OF_HASH],
        signer=application.person.name,
        masked_id=mask_id_number(application.person.document_number),
        employer=application.employer.name if application.employer else "",
        plan=application.plan.name,
        signature=path_of(signed.image).read_bytes(),
        signed_at=signed.signed_at,
        device=signed.device,
    )
