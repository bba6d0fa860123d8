"""The electronic invoice of a paid bill as PDF."""

from zhiping.documents.invoice import Invoice, InvoiceLine
from zhiping.documents.printing import render
from zhiping.documents.qr import Qr
from zhiping.fees.amount import in_words, yuan
from zhiping.fees.models import Bill
from zhiping.fees.queries import counting_payment
from zhiping.kernel.clock import BEIJING


def as_pdf(bill: Bill, public_url: str) -> bytes:
    """Payer, amount and fee items (R-316); the payment's moment is the only time in the file."""
    payment = counting_payment(bill)
    if payment is None:
        raise ValueError("only a paid bill has an invoice")
    sheet = Invoice(
        number=bill.invoice_number,
        payer=bill.payer.name,
        collector=bill.office.name,
        heading=bill.heading,
        lines=tuple(InvoiceLine(each.name, each.basis, yuan(each.fen)) for each in bill.lines.all()),
        total=yuan(bill.fen),
        total_in_words=in_words(bill.fen),
        paid_at=payment.paid_at.astimezone(BEIJING),
        transaction=payment.transaction,
        bill_number=bill.number,
        qr=Qr(f"{public_url}/applicant/fees/{bill.pk}/"),
    )
    return render(Invoice.template, sheet, created=payment.paid_at)
