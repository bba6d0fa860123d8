"""Committees of the acting authority's area, to be filed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.committees.access import can_file_committee
from zhiping.committees.operations.filing import composition_gaps, file_committee, withdraw_filing
from zhiping.committees.queries import committees_visible_to
from zhiping.committees.regulation import regulation_on
from zhiping.kernel import clock
from zhiping.portals.authority.committees.forms import FilingForm, WithdrawalForm
from zhiping.web.answers import form_page
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page


@page(audience=Audience.AUTHORITY)
def index(request: HttpRequest) -> HttpResponse:
    """Committees whose filing the acting body approves."""
    rows = committees_visible_to(request.actor).order_by("state", "-pk")
    return render(request, "authority/committees/index.html", {"committees": rows[:200]})


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One committee: its line-up against the regulation, and the approval."""
    committee = get_object_or_404(committees_visible_to(request.actor), pk=key)
    form = FilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            values = {"actor": request.actor, "now": clock.now(), **form.cleaned_data}
            file_committee(committee=committee, version=posted_version(request), **values)
            messages.success(request, "已核准备案。")
            return redirect("authority:committees:show", committee.pk)
        committee.refresh_from_db()
    regulation = regulation_on(clock.today())
    context = {
        "committee": committee,
        "members": committee.members.select_related("person", "employer"),
        "gaps": composition_gaps(committee, regulation),
        "regulation": regulation,
        "form": form,
        "may_withdraw": committee.state == "filed" and can_file_committee(request.actor, committee),
        "may_file": committee.state == "draft" and can_file_committee(request.actor, committee),
    }
    return form_page(request, "authority/committees/show.html", context)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a filing back, with the document it rests on."""
    committee = get_object_or_404(committees_visible_to(request.actor), pk=key)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            values = {"actor": request.actor, "now": clock.now(), **form.cleaned_data}
            withdraw_filing(committee=committee, version=posted_version(request), **values)
            messages.success(request, "已撤销备案。")
            return redirect("authority:committees:show", committee.pk)
        committee.refresh_from_db()
    values = {"committee": committee, "form": form}
    return form_page(request, "authority/committees/withdraw.html", values)
