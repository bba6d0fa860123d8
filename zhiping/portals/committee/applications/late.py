"""Desks whose time is over in the office's plans: the office alone may give more time, with a reason (R-304)."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.operations import extend_step
from zhiping.applications.queries.desks import late_steps
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.answers import form_page
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page

A_PAGE = 20


class ExtensionForm(PlatformForm):
    last_day = forms.DateField(label="延长到", help_text="到这一天 24:00。", widget=forms.DateInput())
    reason = forms.CharField(label="延长的原因", max_length=200, help_text="写入办理记录，不能更改。")


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """What is late, most overdue first."""
    now = clock.now()
    shown = Paginator(late_steps(request.actor, now), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "committee/applications/late.html", {"page": shown, "now": now})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def extend(request: HttpRequest, key: int) -> HttpResponse:
    """Give one desk more time."""
    now = clock.now()
    step = get_object_or_404(late_steps(request.actor, now), pk=key)
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                extend_step(
                    step=step,
                    due_at=clock.end_of(told["last_day"]),
                    reason=told["reason"],
                    actor=request.actor,
                    now=now,
                )
            messages.success(request, "期限已延长。")
            return redirect("committee:applications:late")
        except Refused as refusal:
            form.add_refusal(Refused(refusal.sentence, field="last_day"))
    context = {"form": form, "step": step, "now": now}
    return form_page(request, "committee/applications/extend.html", context)
