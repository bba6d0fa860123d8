"""Filling one's own archive: form with evidence, saving in passing, sending, taking back, throwing away."""

import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.achievements import operations
from zhiping.achievements.models import ArchiveItem, ItemVersion
from zhiping.achievements.operations import BadRecord
from zhiping.achievements.queries import visible_to
from zhiping.achievements.schema import Category, categories
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.portals.applicant.archive.evidence import Shelf, kept_pairs, shelf_of
from zhiping.portals.applicant.archive.views import category_or_404
from zhiping.web.autosave import is_autosave, not_saved, saved
from zhiping.web.numbers import version_in
from zhiping.web.pages import Audience, page
from zhiping.web.record_form import RecordForm


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def create(request: HttpRequest, category: str) -> HttpResponse:
    """A new item."""
    return _form_page(request, category_or_404(category), None)


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def edit(request: HttpRequest, key: int) -> HttpResponse:
    """The newest version of an item; a decided one is followed by a new draft."""
    item = get_object_or_404(visible_to(request.actor).filter(deleted_at=None), pk=key)
    return _form_page(request, categories()[item.category], item)


@page(audience=Audience.APPLICANT, methods=("POST",))
def act(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """Send, take back, throw away, bring back."""
    item = get_object_or_404(visible_to(request.actor), pk=key)
    version = item.versions.order_by("-number").first()
    version.item = item
    arguments = {"actor": request.actor, "now": clock.now()}
    if act == "submit":
        try:
            with transaction.atomic():
                operations.submit_item(version=version, stamp=request.POST.get("version", ""), **arguments)
        except BadRecord as refusal:
            return _form_page(request, categories()[item.category], item, open_points=refusal.errors)
        messages.success(request, "已送单位审核。")
    elif act == "withdraw":
        said = request.POST.get("version", "").rpartition(".")[2]
        operations.withdraw_item(version=version, expected=version_in(said), **arguments)
        messages.success(request, "已撤回，可以修改。")
    elif act == "discard":
        operations.discard_item(item=item, **arguments)
        messages.success(request, "已移入回收站，30 天内可以恢复。")
        return redirect("applicant:archive:category", item.category)
    elif act == "restore":
        operations.restore_item(item=item, **arguments)
        messages.success(request, "已恢复。")
    else:
        raise Http404
    return redirect("applicant:archive:show", item.pk)


def _form_page(
    request: HttpRequest, kind: Category, item: ArchiveItem | None, *, open_points: dict | None = None
) -> HttpResponse:
    version = item.versions.order_by("-number").first() if item else None
    if request.method == "POST" and open_points is None:
        return _save(request, kind, item)
    form = RecordForm(kind.fields.values(), version.data if version else {})
    links = version.evidence_links.select_related("file") if version else []
    shelf = shelf_of(kind, [(link.part, link.file) for link in links], version.data if version else {})
    if open_points:
        shelf.errors.update(open_points)
        form.show_errors(open_points)
    return _rendered(request, kind, form, shelf, item=item, stamp=version.stamp if version else "")


def _save(request: HttpRequest, kind: Category, item: ArchiveItem | None) -> HttpResponse:
    now, actor = clock.now(), request.actor
    typed = {name: request.POST.get(name, "") for name in kind.fields}
    form = RecordForm(kind.fields.values(), typed)
    shelf = Shelf(kind=kind, data=typed)
    if not is_autosave(request):
        shelf.take_uploads(request, now)
    pairs = kept_pairs(request)
    try:
        if shelf.errors:
            raise BadRecord(shelf.errors)
        with transaction.atomic():
            version = operations.save_item(
                item=item,
                category=kind.key,
                typed=typed,
                evidence=sorted(pairs),
                uploads=shelf.uploads,
                stamp=request.POST.get("version", ""),
                token=request.POST.get("token") or None,
                actor=actor,
                now=now,
            )
    except Refused as refusal:
        if is_autosave(request):
            return not_saved(refusal.sentence, status=422 if isinstance(refusal, BadRecord) else 409)
        form.show_errors(refusal.errors if isinstance(refusal, BadRecord) else {"": refusal.sentence})
        shelf.show_pairs(pairs, actor)
        return _rendered(
            request, kind, form, shelf, item=item, stamp=request.POST.get("version", ""), status=422
        )
    if is_autosave(request):
        return saved(at=now, version=version.stamp)
    if "submit" in request.POST:
        return _submit(request, kind, version)
    messages.success(request, "已保存为草稿。填好以后记得送单位审核。")
    return redirect("applicant:archive:show", version.item_id)


def _submit(request: HttpRequest, kind: Category, version: ItemVersion) -> HttpResponse:
    """After saving: send, or show what is still open on the saved draft."""
    try:
        with transaction.atomic():
            operations.submit_item(version=version, stamp=None, actor=request.actor, now=clock.now())
    except BadRecord as refusal:
        return _form_page(request, kind, version.item, open_points=refusal.errors)
    except Refused as refusal:
        return _form_page(request, kind, version.item, open_points={"": refusal.sentence})
    messages.success(request, "已保存，并送单位审核。")
    return redirect("applicant:archive:show", version.item_id)


def _rendered(
    request: HttpRequest,
    kind: Category,
    form: RecordForm,
    shelf: Shelf,
    *,
    item: ArchiveItem | None,
    stamp: str,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "category": kind,
        "form": form,
        "parts": shelf.parts(),
        "item": item,
        "stamp": stamp,
        "token": request.POST.get("token") or secrets.token_hex(16),
    }
    return render(request, "applicant/archive/form.html", context, status=422 if form.errors else status)
