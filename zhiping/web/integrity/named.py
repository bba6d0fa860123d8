"""Own integrity records with the way to appeal."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.integrity.operations import file_appeal
from zhiping.integrity.queries import visible_to
from zhiping.integrity.states import AppealState, RecordState
from zhiping.kernel import clock
from zhiping.web.forms import PlatformForm


class AppealForm(PlatformForm):
    text = forms.CharField(
        label="申诉理由",
        max_length=2000,
        help_text="写明哪里与事实不符、有什么证据。处理期间记录仍然有效。",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def records(request: HttpRequest, namespace: str) -> HttpResponse:
    """Every record that names the actor, newest first."""
    rows = visible_to(request.actor)
    shown = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "integrity/records.html", {"page": shown, "ns": namespace})


def record(request: HttpRequest, namespace: str, key: int) -> HttpResponse:
    """One record; an appeal can be filed while it is in force and none is waiting."""
    found = get_object_or_404(visible_to(request.actor), pk=key)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        with form.showing_refusals():
            file_appeal(record=found, text=form.cleaned_data["text"], actor=request.actor, now=clock.now())
            messages.success(request, f"申诉已交给{found.recorded_for.name}，结果会在消息里通知您。")
            return redirect(f"{namespace}:show", key)
    appeals = list(found.appeals.all())
    waits = any(each.state == AppealState.FILED for each in appeals)
    context = {
        "record": found,
        "appeals": appeals,
        "may_appeal": found.state == RecordState.IN_FORCE and not waits,
        "form": form,
        "ns": namespace,
        "now": clock.today(),
    }
    return render(
        request, "integrity/record.html", context, status=422 if form.is_bound and form.errors else 200
    )
