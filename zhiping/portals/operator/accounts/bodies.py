"""Bodies: list, new, one body with its staff, suspended and restored."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from zhiping.kernel import clock
from zhiping.lifecycle.moving import available
from zhiping.organisations.operations import administering, staffing
from zhiping.organisations.queries import memberships_visible_to, search, visible_to, with_staff
from zhiping.organisations.states import EMPLOYER_KINDS
from zhiping.organisations.transitions import RESTORE, SUSPEND
from zhiping.portals.operator.accounts.forms import BodyForm, FilterForm, ReasonForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.OPERATOR)
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies with the number of their staff."""
    form = FilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = search(visible_to(request.actor), chosen.get("q", ""))
    for name in ("kind", "state"):
        if chosen.get(name):
            found = found.filter(**{name: chosen[name]})
    shown = Paginator(with_staff(found).order_by("name"), 20).get_page(request.GET.get("page"))
    return form_page(request, "operator/accounts/bodies.html", {"page": shown, "form": form})


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def new_body(request: HttpRequest) -> HttpResponse:
    """Enter a body that is not an employer."""
    form = BodyForm(request.POST or None)
    if form.is_valid():
        with form.showing_refusals():
            body = administering.create_body(**form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, f"{body.name}已录入，请添加工作人员。")
            return redirect("operator:accounts:body", body.pk)
    return form_page(request, "operator/accounts/new_body.html", {"form": form})


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def body(request: HttpRequest, key: int) -> HttpResponse:
    """One body, its staff, and the switch between use and suspension."""
    organisation = get_object_or_404(visible_to(request.actor), pk=key)
    form = ReasonForm(request.POST or None, initial={"version": organisation.version})
    moves = available((SUSPEND, RESTORE), request.actor, organisation)
    if form.is_valid():
        switch = administering.suspend_body if SUSPEND in moves else administering.restore_body
        with form.showing_refusals():
            switch(organisation=organisation, **form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, f"{organisation.name}：{organisation.get_state_display()}。")
            return redirect("operator:accounts:body", key)
    context = {
        "organisation": organisation,
        "memberships": memberships_visible_to(request.actor)
        .filter(organisation=organisation)
        .order_by("-is_active", "since", "pk"),
        "moves": moves,
        "keeps_own_staff": organisation.kind in EMPLOYER_KINDS,
        "form": form,
    }
    return form_page(request, "operator/accounts/body.html", context)


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody no longer has a role in a body."""
    membership = get_object_or_404(memberships_visible_to(request.actor), pk=key, is_active=True)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with form.showing_refusals():
            staffing.end_membership(
                membership=membership,
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, "角色已停用，已通知本人。")
            return redirect("operator:accounts:body", membership.organisation_id)
    return form_page(request, "operator/accounts/end.html", {"membership": membership, "form": form})
