"""What each plan asks for: the notice's fees, the amounts that the notice left open, the days to pay."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.operations import scheme_of
from zhiping.fees.amount import fen_of
from zhiping.fees.operations import set_amount, set_days_to_pay
from zhiping.fees.queries import amounts_of, bills_by_state, days_to_pay
from zhiping.kernel import clock
from zhiping.plans import queries as plans
from zhiping.plans.models import Plan
from zhiping.plans.rules import rules_of
from zhiping.portals.committee.fees.forms import AmountForm, DaysForm
from zhiping.web.pages import Audience, page


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """The office's plans that ask for money, and how the bills stand."""
    own = plans.visible_to(request.actor).filter(office_id=request.actor.organisation_id)
    related = own.select_related("pack_version").prefetch_related("windows").order_by("-year", "slug")
    rows = [(plan, list(rules_of(plan).data.get("fees") or ())) for plan in related]
    context = {
        "rows": [(plan, fees) for plan, fees in rows if fees],
        "counts": bills_by_state(request.actor),
    }
    return render(request, "committee/fees/index.html", context)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """One plan's fees; POST changes the days to pay of bills still to come."""
    plan = _own(request, slug)
    scheme = scheme_of(plan)
    form = DaysForm(request.POST or None, initial={"days": days_to_pay(scheme)})
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            set_days_to_pay(
                scheme=scheme, office=plan.office, actor=request.actor, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, "已保存。以后发出的缴费单按新的时间。")
            return redirect("committee:fees:schedule", plan.slug)
    context = {"plan": plan, "form": form, "fees": _fees(plan), "rule": rules_of(plan).data.get("fee_rule")}
    return render(request, "committee/fees/schedule.html", context, status=422 if form.errors else 200)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def amount(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """Enter the amount that the notice left open (R-321)."""
    plan = _own(request, slug)
    fee = next((each for each in _fees(plan) if each["id"] == item and each["is_open"]), None)
    if fee is None:
        raise Http404
    form = AmountForm(request.POST or None, initial={"basis": fee["basis"]})
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            set_amount(
                scheme=scheme_of(plan),
                office=plan.office,
                item=item,
                fen=fen_of(form.cleaned_data["amount"]),
                basis=form.cleaned_data["basis"],
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, "金额已确定。等待缴费的申报人会在一分钟内收到缴费通知。")
            return redirect("committee:fees:schedule", plan.slug)
    context = {"plan": plan, "form": form, "fee": fee}
    return render(request, "committee/fees/amount.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, slug: str) -> Plan:
    own = plans.visible_to(request.actor).filter(office_id=request.actor.organisation_id)
    return get_object_or_404(own.select_related("office", "pack_version"), slug=slug)


def _fees(plan: Plan) -> list[dict]:
    """The notice's fees with what the office filled in; `is_open` where the notice names no amount."""
    filled = amounts_of(scheme_of(plan))
    found = []
    for fee in rules_of(plan).data.get("fees") or ():
        is_open = fee.get("amount") is None
        fen = filled.get(fee["id"]) if is_open else fen_of(fee["amount"])
        titles = "、".join(fee.get("titles") or ()) or "全部职称"
        basis = str(fee.get("basis") or "")
        found.append(
            {
                "id": fee["id"],
                "name": fee["name"],
                "titles": titles,
                "basis": basis,
                "fen": fen,
                "is_open": is_open,
                "is_conditional": "when" in fee,
            }
        )
    return found
