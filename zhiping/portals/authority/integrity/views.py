"""The list of records, a new finding, one record with its confirmation and its appeals."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.certificates.consequences import enforce_record
from zhiping.integrity import operations
from zhiping.integrity.queries import appeals_visible_to, search, visible_to
from zhiping.integrity.states import RecordState
from zhiping.integrity.transitions import CONFIRM, DISMISS
from zhiping.kernel import clock
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import available
from zhiping.portals.authority.integrity.forms import (
    AppealForm,
    DecisionForm,
    FilterForm,
    RecordForm,
    SubjectForm,
)
from zhiping.portals.authority.integrity.subject import Subject, subject_of
from zhiping.web.pages import Audience, page

RECORDING = (Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR)


@page(audience=Audience.AUTHORITY)
def index(request: HttpRequest) -> HttpResponse:
    """Records of all cities in force, and what waits in the own body."""
    form = FilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = search(visible_to(request.actor), chosen.get("q", ""))
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    waiting = visible_to(request.actor).filter(
        state=RecordState.PROPOSED, recorded_for_id=request.actor.organisation_id or 0
    )
    context = {
        "page": Paginator(rows, 20).get_page(request.GET.get("page")),
        "waiting": list(waiting[:20]),
        "form": form,
        "may_propose": request.actor.has_role(*RECORDING),
    }
    return render(request, "authority/integrity/list.html", context)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def propose(request: HttpRequest) -> HttpResponse:
    """Whom it is about first (a GET that can be linked from a case), then the finding."""
    finder = SubjectForm(request.GET or None)
    subject: Subject | None = None
    if finder.is_valid():
        try:
            subject = subject_of(request.actor, **finder.cleaned_data)
        except Refused as refusal:  # a GET writes nothing, so there is nothing to undo
            finder.add_refusal(refusal)
    if subject is None:
        return render(
            request,
            "authority/integrity/find.html",
            {"form": finder},
            status=422 if finder.is_bound and finder.errors else 200,
        )
    form = RecordForm(request.POST or None, sanctions=subject.sanctions)
    if form.is_valid():
        with form.showing_refusals():
            record = operations.propose_record(
                finding=subject.finding(**_told(form.cleaned_data)),
                sanction=subject.sanction(form.cleaned_data["sanction"]),
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, "已记下，待本单位另一人复核后生效。")
            return redirect("authority:integrity:show", record.pk)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "subject": subject}
    return render(request, "authority/integrity/new.html", context, status=status)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One record; 认定 or 不予认定 if it waits for this person."""
    record = get_object_or_404(visible_to(request.actor), pk=key)
    form = DecisionForm(request.POST or None, initial={"version": record.version})
    if form.is_valid():
        with form.showing_refusals():
            _decide(request, record, form.cleaned_data)
            return redirect("authority:integrity:show", key)
        record.refresh_from_db()
    appeals = list(record.appeals.all())
    waiting = appeals[-1] if appeals else None
    context = {
        "record": record,
        "appeals": appeals,
        "pushes": list(record.pushes.all()),
        "waiting": waiting,
        "may_judge": bool(waiting and available((DISMISS,), request.actor, waiting)),
        "may_decide": available((CONFIRM,), request.actor, record),
        "form": form,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "authority/integrity/show.html", context, status=status)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def appeal(request: HttpRequest, key: int) -> HttpResponse:
    """One appeal, decided by a third person."""
    found = get_object_or_404(appeals_visible_to(request.actor), pk=key)
    form = AppealForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        with form.showing_refusals():
            operations.decide_appeal(
                appeal=found,
                upheld=form.cleaned_data["outcome"] == "uphold",
                decision=form.cleaned_data["decision"],
                version=form.cleaned_data["version"],
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"已处理：{found.get_state_display()}。结果已通知当事人。")
            return redirect("authority:integrity:show", found.record_id)
        found.refresh_from_db()
    context = {"appeal": found, "form": form, "may_decide": available((DISMISS,), request.actor, found)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "authority/integrity/appeal.html", context, status=status)


def _decide(request: HttpRequest, record: Any, given: dict[str, Any]) -> None:
    common = {
        "record": record,
        "decision": given["decision"],
        "version": given["version"],
        "actor": request.actor,
        "now": clock.now(),
    }
    if given["outcome"] == "confirm":
        enforce_record(**common)
        messages.success(request, "已认定。后果已同时执行，当事人已收到通知。")
    else:
        operations.discard_record(**common)
        messages.success(request, "不予认定，已结案。")


def _told(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("kind", "text", "document_number")}
