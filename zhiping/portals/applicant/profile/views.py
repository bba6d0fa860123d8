"""个人基本信息: what it says and where it stands; the form; sending and taking back."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.achievements import operations, transitions
from zhiping.achievements.models import ProfileVersion
from zhiping.achievements.operations import BadRecord
from zhiping.achievements.queries import profile_version, sensitive_of
from zhiping.achievements.schema import profile_fields
from zhiping.files.models import StoredFile
from zhiping.files.operations import store_file
from zhiping.files.photo import PhotoRules, is_acceptable, judge_photo, measure_photo
from zhiping.files.queries import path_of, visible_to
from zhiping.files.states import PHOTOS
from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import available
from zhiping.portals.applicant.profile.form import ProfileForm
from zhiping.web.answers import form_page
from zhiping.web.autosave import is_autosave, not_saved, saved
from zhiping.web.pages import Audience, page
from zhiping.web.records import profile_rows


@page(audience=Audience.APPLICANT)
def show(request: HttpRequest) -> HttpResponse:
    """What the person has said, and what their employer said to it."""
    person = Person.objects.filter(pk=request.actor.person_id).first()
    version = profile_version(request.actor.person_id or 0, approved=False)
    acts = available(transitions.ALL, request.actor, version) if version else []
    context = {
        "person": person,
        "version": version,
        "rows": profile_rows(version, sensitive_of(version), masked=False) if version else [],
        "can_submit": transitions.SUBMIT in acts,
        "can_withdraw": transitions.WITHDRAW in acts,
    }
    return render(request, "applicant/profile/show.html", context)


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def edit(request: HttpRequest) -> HttpResponse:
    """The form; saving in passing, as a draft, or on the way to the employer."""
    version = profile_version(request.actor.person_id or 0, approved=False)
    if request.method == "POST":
        return _save(request, version)
    return _form_page(request, version)


@page(audience=Audience.APPLICANT, methods=("POST",))
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Send to the employer, or take back."""
    version = profile_version(request.actor.person_id or 0, approved=False)
    if version is None or act not in {"submit", "withdraw"}:
        raise Http404
    arguments: dict[str, Any] = {"version": version, "actor": request.actor, "now": clock.now()}
    if act == "submit":
        try:
            with transaction.atomic():
                operations.submit_profile(stamp=request.POST.get("version", ""), **arguments)
        except BadRecord as refusal:
            return _form_page(request, version, errors=refusal.errors)
        messages.success(request, "已送单位审核。")
    else:
        operations.withdraw_profile(expected=version.version, **arguments)
        messages.success(request, "已撤回，可以修改。")
    return redirect("applicant:profile:show")


def _form_page(
    request: HttpRequest, version: ProfileVersion | None, *, errors: dict[str, str] | None = None
) -> HttpResponse:
    values = {**version.data, **sensitive_of(version)} if version else {}
    form = ProfileForm(values, employer=version.employer if version else None)
    form.show_errors(errors or {})
    stamp, photo = (version.stamp, version.photo) if version else ("", None)
    return _rendered(request, form, stamp=stamp, photo=photo)


def _save(request: HttpRequest, version: ProfileVersion | None) -> HttpResponse:
    now = clock.now()
    typed = {name: request.POST.get(name, "") for name in profile_fields()}
    form = ProfileForm(typed, employer_name=request.POST.get("employer", ""))
    photo = version.photo if version else None
    try:
        if not is_autosave(request):
            photo = _photo(request, form, now) or photo
        with transaction.atomic():
            kept = operations.save_profile(
                typed=typed,
                employer=form.chosen_employer(),
                photo=photo,
                stamp=request.POST.get("version", ""),
                actor=request.actor,
                now=now,
            )
    except Refused as refusal:
        return _not_saved(request, form, refusal, photo)
    if is_autosave(request):
        return saved(at=now, version=kept.stamp)
    if "submit" not in request.POST:
        messages.success(request, "已保存为草稿。填好以后记得送单位审核。")
        return redirect("applicant:profile:show")
    return _submit(request, kept)


def _submit(request: HttpRequest, version: ProfileVersion) -> HttpResponse:
    try:
        with transaction.atomic():
            operations.submit_profile(version=version, stamp=None, actor=request.actor, now=clock.now())
    except BadRecord as refusal:
        return _form_page(request, version, errors=refusal.errors)
    messages.success(request, "已保存，并送单位审核。")
    return redirect("applicant:profile:show")


def _not_saved(
    request: HttpRequest, form: ProfileForm, refusal: Refused, photo: StoredFile | None
) -> HttpResponse:
    if is_autosave(request):
        return not_saved(refusal.sentence, status=422 if isinstance(refusal, BadRecord) else 409)
    form.show_errors(refusal.errors if isinstance(refusal, BadRecord) else {"": refusal.sentence})
    return _rendered(request, form, stamp=request.POST.get("version", ""), photo=photo)


def _photo(request: HttpRequest, form: ProfileForm, now) -> StoredFile | None:
    """The photo just chosen, if it keeps the rules; else a sentence for each broken rule (R-082…R-085)."""
    if "photo" not in request.FILES:
        return None
    person = Person(pk=request.actor.person_id)
    stored = store_file(
        upload=request.FILES["photo"], owner=person, kinds=PHOTOS, actor=request.actor, now=now
    )
    ticks = judge_photo(measure_photo(path_of(stored), size=stored.size), PhotoRules())
    if not is_acceptable(ticks):
        broken = "；".join(tick.sentence for tick in ticks if not tick.is_met and not tick.is_advice)
        raise BadRecord({"photo": f"照片不合要求：{broken}。请换一张，或裁剪后再上传。"})
    return visible_to(request.actor).get(pk=stored.pk)


def _rendered(
    request: HttpRequest, form: ProfileForm, *, stamp: str, photo: StoredFile | None
) -> HttpResponse:
    context = {"form": form, "stamp": stamp, "photo": photo, "photo_error": form.photo_error}
    return form_page(request, "applicant/profile/form.html", context)
