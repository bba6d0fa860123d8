"""一键提取: ask the registers, see what they know, take it or leave it (R-043, R-044, R-369…R-371)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.achievements import operations
from zhiping.achievements.models import FoundRecord
from zhiping.achievements.operations import BadRecord
from zhiping.achievements.queries import fetches_of, found_visible_to, typed_twins
from zhiping.achievements.sources import sources
from zhiping.achievements.states import VersionState
from zhiping.gateways.records import connected
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.portals.applicant.archive.found_lines import found_line, source_lines
from zhiping.web.pages import Audience, page
from zhiping.web.record_form import RecordForm

TAKEN = {
    VersionState.APPROVED: "已采用，可以用于申报，不用上传材料。",
    VersionState.SUBMITTED: "已采用，不用上传材料。您补充的内容已送单位核对。",
    VersionState.DRAFT: "已放进档案的草稿，不用上传材料。填好个人基本信息、选好单位以后再送审。",
}


@page(audience=Audience.APPLICANT)
def auto(request: HttpRequest) -> HttpResponse:
    """What each register said, and every record it knows, those that wait for the person first."""
    asked = fetches_of(request.actor.person_id)
    found = list(found_visible_to(request.actor).select_related("item"))
    twins = typed_twins(found, request.actor.person_id)
    rows = [found_line(each, twins.get(each.pk)) for each in found]
    names = [name for name in sources() if name in asked or name in connected()]
    context = {
        "lines": source_lines(names, asked, found),
        "total": len(asked),
        "answered": sum(not each.is_waiting for each in asked.values()),
        "open": [row for row in rows if row.record.is_open and not row.hindrance],
        "later": [row for row in rows if row.record.is_open and row.hindrance],
        "taken": [row for row in rows if row.record.is_taken],
        "left": [row for row in rows if not row.record.is_open and not row.record.is_taken],
    }
    return render(request, "applicant/archive/auto.html", context)


@page(audience=Audience.APPLICANT, methods=("POST",))
def ask(request: HttpRequest) -> HttpResponse:
    """Ask every connected register, in the queue."""
    count = operations.ask_sources(names=connected(), actor=request.actor, now=clock.now())
    messages.success(request, f"正在向 {count} 个系统查询。" if count else "刚刚查过，结果就在下面。")
    return redirect("applicant:archive:auto")


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def found(request: HttpRequest, key: int) -> HttpResponse:
    """One found record beside what was typed, the questions that are left, and the choice."""
    record = get_object_or_404(found_visible_to(request.actor).select_related("item"), pk=key)
    if request.method != "POST":
        return _shown(request, record)
    choice, arguments = request.POST.get("choice", ""), {"actor": request.actor, "now": clock.now()}
    if choice == "leave":
        operations.leave_found(found=record, **arguments)
        messages.success(request, "没有采用。您填写的内容没有变化，以后也可以再来采用。")
        return redirect("applicant:archive:auto")
    if choice not in {"take", "replace"}:
        raise Refused("请选择采用还是不采用。")
    try:
        with transaction.atomic():
            version = operations.take_found(
                found=record,
                replaces=_twin_item(request, record) if choice == "replace" else None,
                typed=request.POST,
                **arguments,
            )
    except BadRecord as refusal:
        return _shown(request, record, errors=refusal.errors)
    except Refused as refusal:
        return _shown(request, record, errors={"": refusal.sentence})
    version.refresh_from_db(fields=["state"])
    messages.success(request, TAKEN.get(version.state, "已采用，不用上传材料。"))
    return redirect("applicant:archive:auto")


def _twin_item(request: HttpRequest, record: FoundRecord) -> Any:
    twin = typed_twins([record], request.actor.person_id).get(record.pk)
    if twin is None or str(twin.item_id) != request.POST.get("item"):
        raise Refused("您填的那一项已经变了。请刷新页面，核对后再选一次。")
    return twin.item


def _shown(request: HttpRequest, record: FoundRecord, errors: dict[str, str] | None = None) -> HttpResponse:
    """The page of a found record, with the person's answers, earlier answers or what was typed before."""
    source = sources()[record.source]
    twin = typed_twins([record], request.actor.person_id).get(record.pk)
    before = record.added or (twin.data if twin else {})
    form = RecordForm(
        source.questions(record.data).values(), request.POST if request.method == "POST" else before
    )
    form.show_errors(errors or {})
    context = {
        "line": found_line(record, twin),
        "record": record,
        "source": source,
        "twin": twin,
        "form": form,
        "page_has_errors": bool(errors),
    }
    return render(request, "applicant/archive/found.html", context, status=422 if errors else 200)
