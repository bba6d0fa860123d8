"""The list of employers, one employer, the decision on its letter."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from zhiping.files.serving import file_response
from zhiping.kernel import clock
from zhiping.lifecycle.moving import available
from zhiping.organisations.models import Organisation
from zhiping.organisations.operations import registering
from zhiping.organisations.queries import decided_by, letters_visible_to, search, visible_to
from zhiping.organisations.states import OrganisationState
from zhiping.organisations.transitions import AUTHORISE, RETURN_LETTER
from zhiping.portals.authority.employers.forms import DecisionForm, FilterForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.AUTHORITY)
def employers(request: HttpRequest) -> HttpResponse:
    """Employers of the region; those that wait for this body come first."""
    form = FilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    bodies = search(visible_to(request.actor), chosen.get("q", ""))
    if chosen.get("state"):
        bodies = bodies.filter(state=chosen["state"])
    waiting = decided_by(request.actor, visible_to(request.actor)).filter(state=OrganisationState.SUBMITTED)
    context = {
        "page": Paginator(bodies.order_by("name"), 20).get_page(request.GET.get("page")),
        "waiting": list(waiting.order_by("pk")[:20]),
        "form": form,
    }
    return form_page(request, "authority/employers/list.html", context)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def employer(request: HttpRequest, key: int) -> HttpResponse:
    """One employer with its letters; 通过 or 退回 if the letter waits for this body."""
    organisation = get_object_or_404(visible_to(request.actor), pk=key)
    form = DecisionForm(request.POST or None, initial={"version": organisation.version})
    if form.is_valid():
        with form.showing_refusals():
            _decide(request, organisation, form.cleaned_data)
            done = "已通过，单位可以使用了" if form.cleaned_data["outcome"] == "approve" else "已退回"
            messages.success(request, f"{organisation.name}的授权委托证明{done}，结果已通知经办人。")
            return redirect("authority:employers:list")
        organisation.refresh_from_db()
    context = {
        "organisation": organisation,
        "letters": letters_visible_to(request.actor).filter(organisation=organisation),
        "may_decide": available((AUTHORISE, RETURN_LETTER), request.actor, organisation),
        "form": form,
    }
    return form_page(request, "authority/employers/show.html", context)


@page(audience=Audience.AUTHORITY)
def letter_file(request: HttpRequest, key: int) -> HttpResponse:
    """A letter of an employer of the region."""
    return file_response(get_object_or_404(letters_visible_to(request.actor), pk=key).file, request)


def _decide(request: HttpRequest, organisation: Organisation, given: dict) -> None:
    common = {
        "organisation": organisation,
        "version": given["version"],
        "actor": request.actor,
        "now": clock.now(),
    }
    if given["outcome"] == "approve":
        registering.approve_letter(**common)
    else:
        registering.return_letter(reason=given["reason"], **common)
