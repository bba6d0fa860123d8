"""The rules behind plans as versions: read, draft, offer, publish by a second person, compare."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import available
from zhiping.policies import operations, queries, transitions
from zhiping.policies.access import can_edit_pack
from zhiping.policies.comparison import changes_between
from zhiping.policies.models import PackVersion
from zhiping.policies.states import PackState
from zhiping.portals.committee.plans.forms import PackForm, ReasonForm
from zhiping.web.answers import form_page
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page

BY_PEOPLE = (transitions.OFFER, transitions.APPROVE, transitions.RETURN)
LABELS = {"offer": "提交复核", "approve": "复核发布", "return": "退回修改"}
DONE = {
    "offer": "已提交复核，请另一位同事登录后发布。",
    "approve": "这一版规则已发布。",
    "return": "已退回修改。",
}


@page(audience=Audience.COMMITTEE)
def pack_list(request: HttpRequest) -> HttpResponse:
    """Every version the office may see, the newest of each pack first."""
    versions = queries.visible_to(request.actor).defer("text").order_by("slug", "-number")
    return render(request, "committee/plans/packs.html", {"versions": versions})


@page(audience=Audience.COMMITTEE)
def pack_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One version: its text, what may be done with it, the versions it can be compared with."""
    version = _find(request, number)
    others = queries.visible_to(request.actor).filter(slug=version.slug).exclude(pk=version.pk).defer("text")
    values = {
        "version": version,
        "others": others,
        "actions": available(BY_PEOPLE, request.actor, version),
        "can_edit": version.state == PackState.DRAFT and can_edit_pack(request.actor, version),
    }
    return render(request, "committee/plans/pack.html", values)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def pack_new(request: HttpRequest, number: int) -> HttpResponse:
    """A new version that starts from the text of another; problems stand with line and remedy, the text stays."""
    base = _find(request, number)
    form = PackForm(request.POST or None, request.FILES or None, initial={"text": base.text})
    problems = []
    if request.method == "POST" and form.is_valid():
        problems = queries.problems_of(form.cleaned_data["text"])
        with form.showing_refusals():
            version = _keep(request, base, form.cleaned_data["text"])
            return redirect("committee:plans:pack", version.pk)
    values = {"base": base, "form": form, "problems": problems, "is_draft": base.state == PackState.DRAFT}
    return form_page(request, "committee/plans/pack_edit.html", values)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def pack_act(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """Offer, publish or give back a version, after asking once more."""
    version = _find(request, number)
    form = ReasonForm(request.POST or None) if verb == "return" else None
    refusal = None
    if request.method == "POST" and verb in LABELS and (form is None or form.is_valid()):
        try:
            _act(request, version, verb, form)
        except Refused as found:
            refusal = found
            version.refresh_from_db(fields=["state", "version"])
        else:
            messages.success(request, DONE[verb])
            return redirect("committee:plans:pack", version.pk)
    if verb not in LABELS:
        return redirect("committee:plans:pack", version.pk)
    values = {"version": version, "label": LABELS[verb], "form": form, "refusal": refusal}
    return render(request, "committee/plans/pack_act.html", values, status=409 if refusal else 200)


@page(audience=Audience.COMMITTEE)
def pack_compare(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """What differs between two versions, clause by clause in words."""
    new, old = _find(request, number), _find(request, other)
    changes = changes_between(queries.pack_of(old), queries.pack_of(new))
    return render(request, "committee/plans/compare.html", {"old": old, "new": new, "changes": changes})


def _find(request: HttpRequest, number: int) -> PackVersion:
    return get_object_or_404(queries.visible_to(request.actor), pk=number)


def _keep(request: HttpRequest, base: PackVersion, text: str) -> PackVersion:
    """Into the draft itself if it is one, else into a new draft."""
    if base.state == PackState.DRAFT and can_edit_pack(request.actor, base):
        operations.rewrite_pack(version=base, text=text, actor=request.actor, now=clock.now())
        return base
    return operations.draft_pack(text=text, actor=request.actor, now=clock.now())


def _act(request: HttpRequest, version: PackVersion, verb: str, form: ReasonForm | None) -> None:
    common = {
        "version": version,
        "actor": request.actor,
        "now": clock.now(),
        "expected": posted_version(request),
    }
    if form is not None:
        operations.return_pack(reason=form.cleaned_data["reason"], **common)
    elif verb == "offer":
        operations.publish_pack(**common)
    else:
        operations.approve_pack(**common)
