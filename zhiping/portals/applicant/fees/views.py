"""Bills: what to pay and how. No page here calls the payment platform: the worker does, the page tells what it heard."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from zhiping.documents.qr import qr_svg
from zhiping.fees import access
from zhiping.fees.models import Bill, Invoice
from zhiping.fees.queries import visible_to
from zhiping.fees.states import BillState
from zhiping.files.serving import made_file
from zhiping.jobs.queue import enqueue
from zhiping.kernel import clock
from zhiping.kernel.errors import Forbidden
from zhiping.web.numbers import whole_number
from zhiping.web.pages import Audience, page

PATIENCE = 5  # seconds that a person watches the page ask


@page(audience=Audience.APPLICANT)
def index(request: HttpRequest) -> HttpResponse:
    """All of one's bills, newest first."""
    bills = visible_to(request.actor).select_related("invoice").order_by("-issued_at")[:100]
    return render(request, "applicant/fees/index.html", {"bills": bills, "now": clock.now()})


@page(audience=Audience.APPLICANT)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One bill: its lines, its end, the QR code to pay by, or what became of it."""
    bill, now = get_object_or_404(visible_to(request.actor), pk=key), clock.now()
    is_payable = bill.state == BillState.OPEN and bill.pay_url and now < bill.due_at
    asked = whole_number(request.GET.get("asked"))
    context = {
        "bill": bill,
        "lines": bill.lines.all(),
        "payments": bill.payments.prefetch_related("refunds"),
        "invoice": Invoice.objects.filter(bill=bill).first(),
        "is_payable": is_payable,
        "code": mark_safe(qr_svg(bill.pay_url, label="缴费二维码")) if is_payable else "",  # noqa: S308 (our own drawing)
        "is_asking": asked is not None and _is_asking(bill, asked, now),
        "was_asked": asked is not None,
        "now": now,
    }
    return render(request, "applicant/fees/show.html", context)


@page(audience=Audience.APPLICANT, methods=("POST",))
def check(request: HttpRequest, key: int) -> HttpResponse:
    """“我已缴费”: have the worker ask the platform at once; the page watches for five seconds at most."""
    bill = get_object_or_404(visible_to(request.actor), pk=key)
    if not access.can_ask_again(request.actor, bill):
        raise Forbidden("bill.ask")
    moment = int(clock.now().timestamp())
    enqueue("fees.ask_order", key=f"ask-{bill.order}-by-payer-{moment // PATIENCE}", bill_id=bill.pk)
    return redirect(f"{reverse('applicant:fees:show', args=[bill.pk])}?asked={moment}")


@page(audience=Audience.APPLICANT)
def invoice(request: HttpRequest, key: int) -> HttpResponse:
    """The invoice as PDF: the same bytes each time; 404 while nothing was paid (R-025, R-316)."""
    bill = get_object_or_404(visible_to(request.actor), pk=key)
    made = Invoice.objects.filter(bill=bill, voided_at=None).first()
    if made is None:
        raise Http404
    return made_file(made.file, name=f"发票-{made.number}.pdf", as_attachment=True)


def _is_asking(bill: Bill, asked: int, now: datetime) -> bool:
    """Whether the question of that moment is still under way."""
    has_answer = bill.asked_at is not None and bill.asked_at.timestamp() >= asked
    return bill.state == BillState.OPEN and not has_answer and now.timestamp() - asked < PATIENCE
