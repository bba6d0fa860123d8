"""The ledgers a body keeps or lends posts to, and deciding what they ask."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.kernel import clock
from zhiping.portals.authority.posts.forms import DecisionForm, SigningForm
from zhiping.posts.access import can_approve_change, can_sign_pooled_change
from zhiping.posts.history import lines_of
from zhiping.posts.operations import approve_change, return_change, sign_pooled_change
from zhiping.posts.queries import changes_visible_to, forms_waiting_for, seats_of, visible_to, waiting_for
from zhiping.posts.states import ChangeState
from zhiping.web.pages import Audience, page

A_PAGE = 20


@page(audience=Audience.AUTHORITY)
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this body, then every institution whose ledger it keeps."""
    rows = visible_to(request.actor).order_by("institution__name")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "waiting": waiting_for(request.actor),
        "papers": forms_waiting_for(request.actor),
    }
    return render(request, "authority/posts/index.html", context)


@page(audience=Audience.AUTHORITY)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One institution: its levels, its people in seats, its changes."""
    ledger = get_object_or_404(visible_to(request.actor), pk=key)
    changes = changes_visible_to(request.actor).filter(ledger=ledger).order_by("-number")[:A_PAGE]
    context = {
        "ledger": ledger,
        "levels": list(ledger.levels.all()),
        "seats": seats_of(ledger),
        "rows": [(change, lines_of(change)) for change in changes],
    }
    return render(request, "authority/posts/show.html", context)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """核准 or 退回; for pooled posts the lending body signs first."""
    change = get_object_or_404(changes_visible_to(request.actor), pk=key)
    initial = {"version": change.version}
    signs = change.state == ChangeState.PROPOSED and can_sign_pooled_change(request.actor, change)
    form = (SigningForm if signs else DecisionForm)(request.POST or None, initial=initial)
    if form.is_valid():
        told = dict(form.cleaned_data)
        common = {"change": change, "actor": request.actor, "now": clock.now()}
        with form.showing_refusals():
            if signs:
                sign_pooled_change(**told, **common)
            else:
                act = approve_change if told.pop("outcome") == "approve" else return_change
                act(**told, **common)
            messages.success(request, f"{change.ledger.institution.name}：{change.get_state_display()}。")
            return redirect("authority:posts:index")
        change.refresh_from_db()
    context = {
        "change": change,
        "lines": lines_of(change),
        "form": form,
        "may_act": signs or can_approve_change(request.actor, change),
    }
    return render(request, "authority/posts/change.html", context, status=422 if form.errors else 200)
