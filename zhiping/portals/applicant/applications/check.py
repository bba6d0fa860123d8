"""预览确认提交: every open point with a link to its field, then one press."""

import secrets

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.applications.operations import submit_application
from zhiping.applications.places import places_of
from zhiping.applications.queries import fresh_versions
from zhiping.applications.snapshot_content import content_of
from zhiping.applications.states import SectionKey
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.portals.applicant.applications.drafts import Desk, desk_of, frame, url_of
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def check(request: HttpRequest, key: int) -> HttpResponse:
    """Check and submit. The token in the form makes a second press the same act (R-398)."""
    if request.method == "POST":
        return _submit(request, key)
    return _show(request, desk_of(request, key))


def _submit(request: HttpRequest, key: int) -> HttpResponse:
    if not request.POST.get("confirmed") or not request.POST.get("token"):
        return _show(request, desk_of(request, key), "请先勾选“我已核对以上内容”，再提交。")
    try:
        with transaction.atomic():
            application = submit_application(
                application_id=key,
                token=request.POST["token"][:64],
                actor=request.actor,
                now=clock.now(),
            )
    except Refused as refusal:
        return _show(request, desk_of(request, key), refusal.sentence)
    messages.success(request, f"已提交，申报号 {application.number}。回执正在生成，可在本页下载。")
    return redirect("applicant:applications:show", key)


def _show(request: HttpRequest, desk: Desk, error: str = "") -> HttpResponse:
    must = [(point, f"{url_of(desk, point.section)}#id_{point.field}") for point in desk.assessment.must]
    look = [(point, f"{url_of(desk, point.section)}#id_{point.field}") for point in desk.assessment.look]
    chosen = desk.assessment.chosen
    context = frame(desk, SectionKey.CHECK) | {
        "error": error,
        "must": must,
        "look": look,
        "fine": sum(finding.status == "met" for finding in chosen.findings) if chosen else 0,
        "chosen": chosen.as_dict() if chosen else None,
        "places": _preview(desk),
        "stale": len(fresh_versions(desk.draft)),
        "token": secrets.token_urlsafe(24),
        "sections": [(key.label, url_of(desk, key), desk.is_done(key)) for key in desk.pages[:-1]],
    }
    return render(request, "applicant/applications/check.html", context, status=409 if error else 200)


def _preview(desk: Desk) -> list[tuple[str, str]]:
    content = content_of(desk.assessment, attempt=1, number="", now=desk.now)
    return [(place.label, place.value) for place in places_of(content)]
