"""Bills, waivers, and refunds that one person asks for and another approves."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.operations import ask_money_back
from zhiping.fees import access
from zhiping.fees.models import Payment
from zhiping.fees.operations import approve_refund, refuse_refund, waive_bill
from zhiping.fees.queries import refunds_visible_to, visible_to
from zhiping.fees.states import BillState, RefundState
from zhiping.jobs.queue import enqueue
from zhiping.kernel import clock
from zhiping.kernel.errors import Forbidden
from zhiping.portals.committee.fees.forms import DecisionForm, ReasonForm
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page

A_PAGE = 20


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """The office's bills, those that end soonest first; narrowed by state, number or name."""
    rows, state, words = (
        visible_to(request.actor),
        request.GET.get("state", ""),
        request.GET.get("q", "").strip(),
    )
    if state in BillState.values:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(number__icontains=words) | Q(payer__name__icontains=words))
    shown = Paginator(rows.order_by("due_at", "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "state": state, "words": words, "states": BillState.choices, "now": clock.now()}
    return render(request, "committee/fees/bills.html", context)


@page(audience=Audience.COMMITTEE)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One bill with its lines, payments and refunds."""
    bill = get_object_or_404(visible_to(request.actor).select_related("waived_by"), pk=key)
    context = {
        "bill": bill,
        "lines": bill.lines.all(),
        "payments": bill.payments.prefetch_related("refunds"),
        "form": ReasonForm() if bill.state == BillState.OPEN else None,
        "now": clock.now(),
    }
    return render(request, "committee/fees/bill.html", context)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def waive(request: HttpRequest, key: int) -> HttpResponse:
    """Let one bill go, with a reason."""
    bill = get_object_or_404(visible_to(request.actor), pk=key)
    waive_bill(
        bill=bill,
        reason=request.POST.get("reason", ""),
        version=posted_version(request),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, "已减免，并已告知申报人。")
    return redirect("committee:fees:bill", bill.pk)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def check(request: HttpRequest, key: int) -> HttpResponse:
    """Have the worker ask the payment platform at once."""
    bill = get_object_or_404(visible_to(request.actor), pk=key)
    if not access.can_ask_again(request.actor, bill):
        raise Forbidden("bill.ask")
    moment = int(clock.now().timestamp())
    enqueue("fees.ask_order", key=f"ask-{bill.order}-by-office-{moment // 5}", bill_id=bill.pk)
    messages.info(request, "正在向缴费平台查询，几秒后刷新本页看结果。")
    return redirect("committee:fees:bill", bill.pk)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def refund(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for a payment to be given back; another person approves."""
    rows = Payment.objects.filter(bill__in=visible_to(request.actor))
    payment = get_object_or_404(rows.select_related("bill__payer"), pk=key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            ask_money_back(payment=payment, actor=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已提交，等另一位经办人审批。")
            return redirect("committee:fees:refunds")
    context = {"payment": payment, "form": form}
    return render(request, "committee/fees/refund.html", context, status=422 if form.errors else 200)


@page(audience=Audience.COMMITTEE)
def refunds(request: HttpRequest) -> HttpResponse:
    """Refunds that wait first, then the others, newest first."""
    rows = refunds_visible_to(request.actor)
    waiting = rows.filter(state=RefundState.REQUESTED).order_by("requested_at", "pk")
    others = rows.exclude(state=RefundState.REQUESTED).order_by("-requested_at", "-pk")
    shown = Paginator(others, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "committee/fees/refunds.html", {"waiting": waiting[:100], "page": shown})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Approve or refuse; who asked for it sees why they cannot."""
    refund = get_object_or_404(refunds_visible_to(request.actor), pk=key)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operation = refuse_refund if "refuse" in request.POST else approve_refund
        with form.showing_refusals():
            operation(
                refund=refund,
                version=posted_version(request),
                actor=request.actor,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, "已办理。")
            return redirect("committee:fees:refunds")
    context = {
        "refund": refund,
        "form": form,
        "is_own": refund.requested_by_id == request.actor.person_id,
    }
    return render(request, "committee/fees/decide.html", context, status=422 if form.errors else 200)
