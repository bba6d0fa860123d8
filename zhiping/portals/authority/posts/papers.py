"""岗位信息表 before the bodies that sign and seal it."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.portals.authority.posts.forms import SealForm, SigningForm
from zhiping.posts.access import can_seal_form, can_sign_pooled_form
from zhiping.posts.models import PostForm
from zhiping.posts.operations import return_form, seal_form, sign_pooled_form
from zhiping.posts.queries import forms_visible_to
from zhiping.posts.states import WAITING_FORMS, FormState
from zhiping.web.pages import Audience, page
from zhiping.web.sheets_out import SHEET_TYPES


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One form; the lending body signs, the post authority seals or returns."""
    paper = get_object_or_404(forms_visible_to(request.actor), pk=key)
    signs = (
        paper.uses_pooled
        and paper.state == FormState.SUBMITTED
        and can_sign_pooled_form(request.actor, paper)
    )
    form = (SigningForm if signs else SealForm)(request.POST or None, initial={"version": paper.version})
    if form.is_valid():
        with form.showing_refusals():
            _act(request, paper, dict(form.cleaned_data), signs=signs)
            messages.success(request, f"{paper.ledger.institution.name}：{paper.get_state_display()}。")
            return redirect("authority:posts:index")
        paper.refresh_from_db()
    context = {
        "paper": paper,
        "content": json.loads(paper.content),
        "form": form,
        "signs": signs,
        "may_act": paper.state in WAITING_FORMS and (signs or can_seal_form(request.actor, paper)),
    }
    return render(request, "authority/posts/paper.html", context, status=422 if form.errors else 200)


@page(audience=Audience.AUTHORITY)
def sheet(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    """The form as PDF or Excel."""
    paper = get_object_or_404(forms_visible_to(request.actor), pk=key)
    if kind not in SHEET_TYPES or not getattr(paper, kind):
        raise Http404
    name = f"{paper.code}.{kind}"
    return made_file(getattr(paper, kind), name=name, media_type=SHEET_TYPES[kind], as_attachment=True)


def _act(request: HttpRequest, paper: PostForm, told: dict, *, signs: bool) -> None:
    common = {"form": paper, "actor": request.actor, "now": clock.now()}
    if signs:
        sign_pooled_form(**told, **common)
    elif told.pop("outcome") == "seal":
        seal_form(**told, **common)
    else:
        told.pop("signer")
        return_form(**told, **common)
