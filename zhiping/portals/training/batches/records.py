"""One batch with its records; correcting a record."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations
from zhiping.continuing_education.queries import batches_visible_to, visible_to
from zhiping.kernel import clock
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page


class CorrectionForm(PlatformForm):
    """The right number of hours, and why."""

    hours = forms.DecimalField(label="正确的学时", max_digits=5, decimal_places=1)
    reason = forms.CharField(label="更正原因", max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


@page(audience=Audience.TRAINING)
def batch(request: HttpRequest, key: int) -> HttpResponse:
    """What a batch brought."""
    row = get_object_or_404(batches_visible_to(request.actor), pk=key)
    records = row.records.select_related("person", "course").order_by("pk")
    context = {"batch": row, "page": Paginator(records, 50).get_page(request.GET.get("page"))}
    return render(request, "training/batches/batch.html", context)


@page(audience=Audience.TRAINING, methods=("GET", "POST"))
def record(request: HttpRequest, key: int) -> HttpResponse:
    """Correct a record: its next version."""
    row = get_object_or_404(visible_to(request.actor).select_related("person", "course", "batch"), pk=key)
    form = CorrectionForm(request.POST or None, initial={"version": row.version, "hours": row.hours})
    if form.is_valid():
        with form.showing_refusals():
            given = form.cleaned_data
            operations.correct_record(
                hour_record=row,
                hours=given["hours"],
                reason=given["reason"],
                expected=given["version"],
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, "已更正，台账随之更新，旧版本保留。")
            return redirect("training:batches:batch", row.batch_id)
    context = {"record": row, "form": form}
    return render(request, "training/batches/record.html", context, status=422 if form.errors else 200)
