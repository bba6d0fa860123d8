"""Background work: signing certificates and printing review forms, each once however often the job runs."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from zhiping.certificates.models import Certificate, Handover, ReviewForm
from zhiping.certificates.operations import complete_certificate, follow_acts
from zhiping.certificates.reach import KIND_OF_STATE, endpoints_to_tell, told_of
from zhiping.certificates.states import CertificateState
from zhiping.exchange.operations import announce
from zhiping.jobs.queue import periodic, task
from zhiping.kernel import clock


@task("certificates.make")
def make_certificate(*, certificate_id: int) -> None:
    """Print, sign, store, register the hash (R-332). A second run finds the one true file and does nothing."""
    from zhiping.certificates.printing import signed_certificate  # late: only the worker needs the printer

    rows = Certificate.objects.select_related("application__plan", "application__photo", "person", "report")
    certificate = rows.get(pk=certificate_id)
    if certificate.file_hash:
        return
    pdf = signed_certificate(certificate)
    digest = hashlib.sha256(pdf).hexdigest()
    name = default_storage.save(f"certificates/{certificate.number}-{digest[:12]}.pdf", ContentFile(pdf))
    complete_certificate(certificate=certificate, file_name=name, file_hash=digest, now=clock.now())


@task("certificates.announce")
def announce_certificate(*, certificate_id: int, ended: bool) -> None:
    """Tell the endpoints in whose reach it lies that a certificate was made or has ended; each once."""
    certificate = Certificate.objects.select_related("application__plan").get(pk=certificate_id)
    announce(
        kind=KIND_OF_STATE[CertificateState(certificate.state) if ended else CertificateState.VALID],
        subject=certificate.number,
        content=told_of(certificate),
        endpoints=endpoints_to_tell(certificate),
        now=clock.now(),
    )


@task("certificates.print_form")
def print_form(*, form_id: int) -> None:
    """Print the 评审表 of one version; the same version gives the same bytes."""
    from zhiping.certificates.review_form import printed_form

    form = ReviewForm.objects.select_related("application__plan", "application__person").get(pk=form_id)
    if form.file_hash:
        return
    pdf = printed_form(form)
    form.file.save(f"{form.application.number}-{form.number}.pdf", ContentFile(pdf), save=False)
    form.file_hash = hashlib.sha256(pdf).hexdigest()
    form.save(update_fields=["file", "file_hash"])


@task("certificates.print_handover")
def print_handover(*, handover_id: int) -> None:
    """Make the 移交清单 as PDF and Excel, as it was when it was made; a second run finds both and does nothing."""
    from zhiping.certificates import handover_sheet  # late: only the worker needs the printer

    handover = Handover.objects.select_related("sender", "receiver", "made_by").get(pk=handover_id)
    if handover.pdf and handover.xlsx:
        return
    sheet = handover_sheet.sheet_of(handover)
    name = f"{handover.sender_id}-{handover.year}-{handover.serial}"
    handover.pdf.save(f"{name}.pdf", ContentFile(handover_sheet.as_pdf(handover, sheet)), save=False)
    handover.xlsx.save(f"{name}.xlsx", ContentFile(handover_sheet.as_excel(sheet)), save=False)
    handover.save(update_fields=["pdf", "xlsx"])


@periodic("certificates.follow_acts")
def follow_plans(now: datetime) -> None:
    """Plans follow what was done: sessions, results, the document, the return of the paper."""
    follow_acts(now=now)
