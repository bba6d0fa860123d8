"""Registering hours by table: template, upload, preview with errors, marked copy, confirmation."""

import secrets

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations
from zhiping.continuing_education.models import HourSheet
from zhiping.continuing_education.operations.sheets import judge_sheet
from zhiping.continuing_education.queries import batches_visible_to, sheets_visible_to
from zhiping.continuing_education.sheet import HEADERS, RESULT, marked
from zhiping.documents.sheet_container import MOST_BYTES
from zhiping.documents.sheets import write_sheet
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page

SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(PlatformForm):
    """The table to register."""

    file = forms.FileField(label="学时登记表", help_text="用模板填写的 .xlsx，最多 10000 行。")


@page(audience=Audience.TRAINING, methods=("GET", "POST"))
def index(request: HttpRequest) -> HttpResponse:
    """Upload a table; tables and batches so far."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.showing_refusals():
            sheet = operations.receive_sheet(
                content=_content(form.cleaned_data["file"]),
                name=form.cleaned_data["file"].name,
                token=request.POST.get("token", "")[:32] or secrets.token_hex(16),
                actor=request.actor,
                now=clock.now(),
            )
            return redirect("training:batches:sheet", sheet.pk)
    batches = batches_visible_to(request.actor)
    context = {
        "form": form,
        "token": secrets.token_hex(16),
        "waiting": list(sheets_visible_to(request.actor).filter(batch=None)[:10]),
        "page": Paginator(batches, 20).get_page(request.GET.get("page")),
    }
    return render(request, "training/batches/list.html", context, status=422 if form.errors else 200)


@page(audience=Audience.TRAINING)
def template(request: HttpRequest) -> HttpResponse:
    """The empty table."""
    return _download(write_sheet(HEADERS, [], name="学时登记"), "hours-template.xlsx")


@page(audience=Audience.TRAINING)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """What the table says before anything is entered: the first rows, and every kind of error."""
    sheet = _sheet(request, key)
    rows = _judged(sheet) if sheet.batch_id is None else []
    wrong = [(number, row) for number, row in enumerate(rows, start=2) if row.error]
    context = {
        "sheet": sheet,
        "wrong": wrong[:SHOWN],
        "first": rows[:10],
        "known": sum(row.is_known for row in rows),
        "people": len({row.person for row in rows if row.person}),
        "hours": float(sum(row.hours for row in rows)),
        "can_confirm": sheet.confirmed_at is None and not sheet.wrong,
    }
    return render(request, "training/batches/sheet.html", context)


@page(audience=Audience.TRAINING)
def marked_copy(request: HttpRequest, key: int) -> HttpResponse:
    """The table as it came, with a last column that says what is wrong with each row."""
    rows = _judged(_sheet(request, key))
    return _download(write_sheet((*HEADERS, RESULT), marked(rows), name="核对结果"), "hours-checked.xlsx")


@page(audience=Audience.TRAINING, methods=("POST",))
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    """Have the table entered."""
    operations.confirm_sheet(sheet=_sheet(request, key), actor=request.actor, now=clock.now())
    messages.success(request, "正在入账，一般不到一分钟。刷新本页看结果。")
    return redirect("training:batches:sheet", key)


def _sheet(request: HttpRequest, key: int) -> HourSheet:
    return get_object_or_404(sheets_visible_to(request.actor).select_related("batch"), pk=key)


def _judged(sheet: HourSheet) -> list:
    with sheet.file.open("rb") as kept:
        return judge_sheet(kept.read(), provider_id=sheet.provider_id)


def _content(upload) -> bytes:
    if upload.size > MOST_BYTES:
        raise Refused(f"文件超过 {MOST_BYTES // 1_000_000} MB，请拆分后分次上传。", field="file")
    return upload.read()


def _download(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
