"""How every page of a draft is saved: by the button, by the script in passing, and when two tabs disagree."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.applications.models import Section
from zhiping.applications.operations import Overwritten, save_section
from zhiping.applications.places import FORM_LABELS, REFERRAL_LABELS
from zhiping.kernel import clock
from zhiping.portals.applicant.applications.drafts import Desk, frame
from zhiping.web.autosave import is_autosave, not_saved, saved
from zhiping.web.numbers import posted_version

LABELS = FORM_LABELS | REFERRAL_LABELS


def version_in(request: HttpRequest) -> int:
    """The version of the section that the page was made from."""
    return posted_version(request)


def closed_places(desk: Desk, key: str, labels: dict[str, str]) -> frozenset[str]:
    """Names of the section's places that may not change now."""
    return frozenset(name for name in labels if not desk.may_edit(f"{key}:{name}"))


def save(request: HttpRequest, application_id: int, key: str, data: dict[str, Any]) -> Section:
    return save_section(
        application_id=application_id,
        key=key,
        data=data,
        version=version_in(request),
        actor=request.actor,
        now=clock.now(),
    )


def save_or_show(
    request: HttpRequest, desk: Desk, key: str, typed: Any, extra: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and typed.is_valid():

        def act() -> Section:
            return save(request, desk.application.pk, key, typed.data_to_keep)

        return done(request, desk, key, act, typed=typed, extra=extra)
    if request.method == "POST" and is_autosave(request):
        first = next(iter(typed.errors.values()))[0]
        return not_saved(str(first), status=422)
    status = 422 if request.method == "POST" else 200
    return render(request, f"applicant/applications/{key}.html", frame(desk, key) | extra, status=status)


def done(
    request: HttpRequest,
    desk: Desk,
    key: str,
    act: Callable[[], Section],
    *,
    typed: Any = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Save, then answer the script, go on to the next page, or show both versions."""
    try:
        with transaction.atomic():
            section = act()
    except Overwritten as refusal:
        return _both(request, desk, key, refusal=refusal, typed=typed, extra=extra or {})
    if is_autosave(request):
        return saved(at=section.saved_at, version=section.version)
    context = frame(desk, key)
    if "stay" in request.POST or context["next"] is None:
        messages.success(request, "已保存。")
        return redirect(request.path)
    return redirect(context["next"])


def _both(
    request: HttpRequest, desk: Desk, key: str, *, refusal: Overwritten, typed: Any, extra: dict[str, Any]
) -> HttpResponse:
    if is_autosave(request):
        return not_saved(refusal.sentence)
    offered = typed.data_to_keep if typed is not None else {}
    differing = [
        (LABELS.get(name, name), refusal.stored.get(name, ""), offered.get(name, ""))
        for name in sorted({*refusal.stored, *offered})
        if refusal.stored.get(name) != offered.get(name)
    ]
    context = (
        frame(desk, key)
        | extra
        | {
            "refusal": refusal.sentence,
            "differing": differing,
            "version": refusal.version,
        }
    )
    if typed is None:  # lists of ticks have nothing typed: show what is stored and ask to choose again
        messages.warning(request, refusal.sentence)
        return redirect(request.path)
    return render(request, f"applicant/applications/{key}.html", context, status=409)
