"""The list of leads, and one with the word on it."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.queries import visible_to as applications_visible_to
from zhiping.kernel import clock
from zhiping.leads.operations import clear_lead, confirm_lead
from zhiping.leads.queries import open_first, visible_to
from zhiping.leads.states import LeadKind, LeadState
from zhiping.leads.transitions import CLEAR
from zhiping.lifecycle.moving import available
from zhiping.web.answers import form_page
from zhiping.web.forms import PlatformForm


class FilterForm(PlatformForm):
    kind = forms.ChoiceField(label="线索", required=False, choices=[("", "全部"), *LeadKind.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *LeadState.choices])


class DecisionForm(PlatformForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="核实结果",
        choices=[("clear", "有合理解释，排除"), ("confirm", "属实")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="核实经过和理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


def listing(request: HttpRequest, namespace: str) -> HttpResponse:
    """Leads of the body's cases, open ones first."""
    form = FilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = visible_to(request.actor).filter(**{name: value for name, value in chosen.items() if value})
    shown = Paginator(open_first(rows), 20).get_page(request.GET.get("page"))
    return render(request, "leads/list.html", {"page": shown, "form": form, "ns": namespace})


def lead(request: HttpRequest, namespace: str, key: int) -> HttpResponse:
    """One lead with both cases, as far as the body may see them."""
    found = get_object_or_404(visible_to(request.actor).select_related("other"), pk=key)
    form = DecisionForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        with form.showing_refusals():
            decide = clear_lead if form.cleaned_data["outcome"] == "clear" else confirm_lead
            decide(
                lead=found,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"已记下：{found.get_state_display()}。")
            return redirect(f"{namespace}:leads:show", key)
        found.refresh_from_db(fields=["state", "version", "reason"])
    context = {
        "lead": found,
        "other": applications_visible_to(request.actor).filter(pk=found.other_id).first(),
        "may_decide": bool(available((CLEAR,), request.actor, found)),
        "form": form,
        "ns": namespace,
    }
    return form_page(request, "leads/lead.html", context)
