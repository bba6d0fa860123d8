"""The daily account with the payment platform."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.fees.models import Difference
from zhiping.fees.operations import resolve_difference
from zhiping.fees.queries import accounts_visible_to, with_open_differences
from zhiping.kernel import clock
from zhiping.portals.committee.fees.forms import ResolutionForm
from zhiping.web.pages import Audience, page

A_PAGE = 31


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """Day by day: both sums, the gap, what is left to explain."""
    rows = with_open_differences(accounts_visible_to(request.actor)).order_by("-day")
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "committee/fees/accounts.html", {"page": shown})


@page(audience=Audience.COMMITTEE)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One day with its differences."""
    account = get_object_or_404(with_open_differences(accounts_visible_to(request.actor)), pk=key)
    differences = account.differences.select_related("resolved_by")
    return render(request, "committee/fees/account.html", {"account": account, "differences": differences})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def resolve(request: HttpRequest, key: int) -> HttpResponse:
    """Explain one difference."""
    rows = Difference.objects.filter(reconciliation__in=accounts_visible_to(request.actor))
    difference = get_object_or_404(rows.select_related("reconciliation"), pk=key)
    form = ResolutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            resolve_difference(
                difference=difference, actor=request.actor, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, "已登记处理情况。")
            return redirect("committee:fees:account", difference.reconciliation_id)
    context = {"difference": difference, "form": form}
    return render(request, "committee/fees/resolve.html", context, status=422 if form.errors else 200)
