"""The electronic invoice: made once by a job, the same file ever after (R-316, R-325)."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.fees.models import Bill, Invoice
from zhiping.fees.states import BillState
from zhiping.kernel.actor import SYSTEM


@transaction.atomic
def keep_invoice(*, bill: Bill, pdf: bytes, now: datetime) -> Invoice:
    """Keep the printed invoice of a paid bill; whoever prints again finds the first one."""
    invoice = Invoice.objects.filter(bill=bill).first()
    if invoice is not None or bill.state != BillState.PAID:
        return invoice
    invoice = Invoice(bill=bill, number=bill.invoice_number, issued_at=now)
    invoice.sha256 = hashlib.sha256(pdf).hexdigest()
    invoice.file.save(f"{invoice.number}.pdf", ContentFile(pdf), save=False)
    invoice.save()
    details = {"number": invoice.number, "sha256": invoice.sha256}
    record("invoice.issue", actor=SYSTEM, now=now, subject=invoice, details=details)
    return invoice
