"""收件登记: scan or type the code, check version, copies and seals, take the paper (R-306…R-310)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhiping.certificates import queries, seals
from zhiping.certificates.access import can_file_paper
from zhiping.certificates.models import PaperRecord
from zhiping.certificates.operations import note_paper, receive_paper
from zhiping.certificates.states import PaperEvent
from zhiping.kernel import clock
from zhiping.web.answers import form_page
from zhiping.web.forms import PlatformForm

A_PAGE = 20
FILING = [choice for choice in PaperEvent.choices if choice[0] in {PaperEvent.ARCHIVED, PaperEvent.RETURNED}]


class FindForm(PlatformForm):
    code = forms.CharField(
        label="评审表二维码",
        max_length=200,
        help_text="用扫码枪扫表上的二维码，或输入网址最后一段。用手机的，直接用相机扫码打开。",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class ReceiveForm(PlatformForm):
    copies = forms.IntegerField(label="份数", min_value=1, max_value=20)
    sealed = forms.MultipleChoiceField(
        label="表上已有的印章",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="逐份看过，盖齐的才勾选。",
    )
    handed_in_by = forms.CharField(label="送交人", max_length=60)
    note = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(self, *args: Any, due: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if due:
            self.fields["sealed"].is_wanted = True  # each seal that is due must be ticked
            self.fields["sealed"].choices = list(zip(due, seals.labels(due), strict=True))
        else:
            del self.fields["sealed"]


class FileForm(PlatformForm):
    event = forms.ChoiceField(label="办理", choices=FILING, widget=forms.RadioSelect)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=20)
    note = forms.CharField(label="备注", max_length=200, required=False)


def index(request: HttpRequest, namespace: str) -> HttpResponse:
    """Find a form by its code; what waits to be confirmed; what was received, newest first."""
    form = FindForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"].rstrip("/").rsplit("/", 1)[-1]
        if queries.form_at_desk(request.actor, code) is not None:
            return redirect(f"{namespace}:show", code)
        form.add_error(
            "code", "没有查到由本单位办理的这张评审表。请核对二维码；网上还没有转到本单位的，先不收纸质表。"
        )
    page = Paginator(queries.register_of(request.actor), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(each, seals.labels(each.seals)) for each in page],
        "to_confirm": queries.to_confirm(request.actor).count(),
        "ns": namespace,
    }
    return form_page(request, "paper/index.html", context)


def show(request: HttpRequest, namespace: str, code: str) -> HttpResponse:
    """One printed version: its way so far; receive it; at the office, keep it or give it back."""
    found = queries.form_at_desk(request.actor, code)
    if found is None:
        return redirect(f"{namespace}:index")
    application, own = found.application, request.actor.organisation_id
    wanted, due = queries.copies_wanted(application.plan), queries.seals_due(application, own)
    initial = {"copies": wanted, "handed_in_by": application.person.name}
    form = ReceiveForm(request.POST or None, due=due, initial=initial)
    if form.is_valid():
        with form.showing_refusals():
            receive_paper(form=found, actor=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"已收：{application.person.name}，{form.cleaned_data['copies']} 份。")
            return redirect(f"{namespace}:index")
    records = list(found.records.select_related("organisation", "by"))
    is_here = any(each.event == PaperEvent.RECEIVED and each.organisation_id == own for each in records)
    context = {
        "found": found,
        "application": application,
        "form": form,
        "wanted": wanted,
        "due": seals.labels(due),
        "fault": queries.why_outdated(found),
        "records": [(each, _words(each)) for each in records],
        "is_here": is_here,
        "file_form": FileForm(initial={"copies": wanted})
        if is_here and can_file_paper(request.actor, application)
        else None,
        "ns": namespace,
    }
    return form_page(request, "paper/show.html", context)


def file(request: HttpRequest, namespace: str, code: str) -> HttpResponse:
    """Keep the paper, or give it back for the personal file (R-319)."""
    found = queries.form_at_desk(request.actor, code)
    if found is None:
        return redirect(f"{namespace}:index")
    form = FileForm(request.POST)
    if form.is_valid():
        with form.showing_refusals():
            note_paper(form=found, actor=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已登记。")
            return redirect(f"{namespace}:show", code)
    context = {"form": form, "found": found, "application": found.application, "ns": namespace}
    return form_page(request, "paper/file.html", context)


def _words(entry: PaperRecord) -> str:
    """Copies, seals, who brought it, and the note, in one line."""
    parts = [f"{entry.copies} 份"]
    if entry.seals:
        parts.append(f"印章：{'、'.join(seals.labels(entry.seals))}")
    if entry.handed_in_by:
        parts.append(f"送交：{entry.handed_in_by}")
    return "；".join((*parts, *([entry.note] if entry.note else [])))
