"""The post form as files: PDF in its printed layout, signed by the seal once sealed; Excel with the same cells."""

import hashlib
import json
from dataclasses import dataclass

import pypdfium2

from zhiping.documents.post_sheet import write_post_form
from zhiping.documents.post_statement import PostStatement
from zhiping.documents.printing import render
from zhiping.documents.signing_keys import signer
from zhiping.kernel.clock import beijing_day
from zhiping.posts.form_content import printed
from zhiping.posts.models import PostForm, Statement
from zhiping.posts.states import FormState
from zhiping.privacy.masks import mask_id_number


@dataclass(frozen=True, slots=True)
class Printed:
    """Both files of a form."""

    pdf: bytes
    xlsx: bytes
    sha256: str
    pages: int


def print_form(form: PostForm) -> Printed:
    """The files of the form as it stands now."""
    document = printed(form, json.loads(form.content))
    pdf = render(document.template, document, created=form.sealed_at or form.filled_at)
    if form.state == FormState.SEALED and form.sealed_at is not None:
        from zhiping.documents.signing import sign  # 17 MB less for a process that never signs

        reason = f"{form.ledger.authority.name}签章"
        pdf = sign(pdf, signer(), reason=reason, at=form.sealed_at)
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = len(opened)
    return Printed(pdf, write_post_form(document), hashlib.sha256(pdf).hexdigest(), pages)


def print_statement(statement: Statement) -> bytes:
    """The 非在编说明 as PDF; the identity number only masked."""
    day = beijing_day(statement.issued_at)
    document = PostStatement(
        title="非在编人员说明",
        employer=statement.institution.name,
        name=statement.person.name,
        masked_id=mask_id_number(statement.person.document_number),
        year=statement.year,
        basis=statement.basis,
        signer=statement.signer,
        number=f"{day:%Y}-{statement.pk}",
        day=day,
    )
    return render(document.template, document, created=statement.issued_at)
