"""上传相关附件: one slot for each material that this person must or may hand in."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.applications.operations import attach_file, detach_file
from zhiping.applications.prepared import forms_of
from zhiping.applications.states import SectionKey
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.portals.applicant.applications.drafts import Desk, desk_of, frame
from zhiping.portals.applicant.applications.saving import version_in
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT)
def attachments(request: HttpRequest, key: int) -> HttpResponse:
    """上传相关附件: what this person must hand in, and what they need not."""
    return _attachments(request, desk_of(request, key))


def _attachments(request: HttpRequest, desk: Desk, errors: dict[str, str] | None = None) -> HttpResponse:
    slots, forms = desk.assessment.slots, forms_of(desk.assessment)
    asked = {slot.key for slot in slots if slot.is_asked}
    context = frame(desk, SectionKey.ATTACHMENTS) | {
        "asked": [
            {
                "slot": slot,
                "may_edit": desk.may_edit(f"{SectionKey.ATTACHMENTS}:{slot.key}"),
                "error": (errors or {}).get(slot.key, ""),
                "accept": ",".join(sorted(slot.kinds)),
                "forms": [form for form in forms if form.material == slot.key],
            }
            for slot in slots
            if slot.is_asked
        ],
        "own_forms": [form for form in forms if form.material not in asked],
        "not_needed": [slot for slot in slots if not slot.is_asked],
    }
    return render(request, "applicant/applications/attachments.html", context, status=422 if errors else 200)


@page(audience=Audience.APPLICANT, methods=("POST",))
def attach(request: HttpRequest, key: int, slot: str) -> HttpResponse:
    """Put a file into a slot; refused beside the slot with the reason."""
    desk = desk_of(request, key)
    upload = request.FILES.get("file")
    if upload is None:
        return _attachments(request, desk, {slot: "请先选一个文件。"})
    try:
        with transaction.atomic():
            attach_file(
                application_id=key,
                slot=slot,
                upload=upload,
                version=version_in(request),
                actor=request.actor,
                now=desk.now,
            )
    except Refused as refusal:
        return _attachments(request, desk, {slot: refusal.sentence})
    messages.success(request, "文件已上传。")
    return redirect("applicant:applications:attachments", key)


@page(audience=Audience.APPLICANT, methods=("POST",))
def detach(request: HttpRequest, key: int, slot: str, file: int) -> HttpResponse:
    """Take a file out of a slot."""
    detach_file(
        application_id=key,
        slot=slot,
        file_id=file,
        version=version_in(request),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, "已取出这个文件。")
    return redirect("applicant:applications:attachments", key)
