"""Pages of a draft: the photo, the details, the referral."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.applications.assessment import brief
from zhiping.applications.operations import keep_photo
from zhiping.applications.places import FORM_LABELS, REFERRAL_LABELS
from zhiping.applications.states import SectionKey
from zhiping.files.photo import PhotoRules, judge_photo, measure_photo
from zhiping.files.queries import path_of
from zhiping.kernel.errors import Refused
from zhiping.portals.applicant.applications.drafts import Desk, desk_of, frame
from zhiping.portals.applicant.applications.forms import DetailsForm, ReferralForm
from zhiping.portals.applicant.applications.saving import closed_places, save_or_show, version_in
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def photo(request: HttpRequest, key: int) -> HttpResponse:
    """上传证件照: each rule with its tick; the crop tool makes a valid one."""
    desk, error = desk_of(request, key), ""
    if request.method == "POST" and "photo" in request.FILES:
        try:
            with transaction.atomic():
                keep_photo(
                    application_id=key,
                    upload=request.FILES["photo"],
                    version=version_in(request),
                    actor=request.actor,
                    now=desk.now,
                )
            messages.success(request, "照片符合要求，已保存。")
            return redirect("applicant:applications:photo", key)
        except Refused as refusal:
            error = refusal.sentence
    elif request.method == "POST":
        error = "请先选一张照片。"
    context = frame(desk, SectionKey.PHOTO) | {
        "error": error,
        "ticks": _ticks(desk),
        "rule": desk.draft.pack.data.get("photo"),
    }
    return render(request, "applicant/applications/photo.html", context, status=422 if error else 200)


def _ticks(desk: Desk) -> list[dict[str, str]]:
    stored = desk.application.photo
    if stored is None or not path_of(stored).exists():
        return []
    pack = desk.draft.pack
    rules = PhotoRules.from_pack(pack.data.get("photo") or {}, pack.parameters)
    ticks = judge_photo(measure_photo(path_of(stored), size=stored.size), rules)
    return [{"kind": "ok" if tick.is_met else "warn", "text": tick.sentence} for tick in ticks]


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def form(request: HttpRequest, key: int) -> HttpResponse:
    """填写申报信息: what is known stays as it is; the verdict of every way stands beside it."""
    desk = desk_of(request, key)
    closed = closed_places(desk, SectionKey.FORM, FORM_LABELS)
    typed = DetailsForm(
        request.POST or None,
        initial=DetailsForm.initial_of(desk.draft.form),
        draft=desk.draft,
        known=desk.assessment.facts,
        closed=closed,
    )
    verdicts = [each.as_dict() | {"brief": brief(each)} for each in desk.assessment.verdict.pathways]
    extra = {
        "form": typed,
        "verdicts": verdicts,
        "self_report": desk.draft.pack.data.get("self_report") or {},
        "profile": _known(desk),
    }
    return save_or_show(request, desk, SectionKey.FORM, typed, extra)


def _known(desk: Desk) -> list[tuple[str, str, str]]:
    """Data the platform holds: label, value, source (R-103)."""
    application = desk.application
    newest = {item["category"]: item for item in desk.draft.items}
    rows = [
        ("姓名", application.person.name, "实名信息"),
        ("工作单位", application.employer.name if application.employer else "", "个人基本信息，单位已确认"),
    ]
    for category, label in (("education", "学历"), ("titles", "现职称"), ("skills", "职业技能等级")):
        if category in newest:
            rows.append((label, newest[category]["label"], "业绩档案，单位已审核"))
    return rows


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def referral(request: HttpRequest, key: int) -> HttpResponse:
    """推荐与破格材料, where the chosen way asks for them."""
    desk = desk_of(request, key)
    if SectionKey.REFERRAL not in desk.pages:
        return redirect("applicant:applications:attachments", key)
    typed = ReferralForm(
        request.POST or None,
        initial=ReferralForm.initial_of(desk.draft.referral),
        closed=closed_places(desk, SectionKey.REFERRAL, REFERRAL_LABELS),
    )
    return save_or_show(request, desk, SectionKey.REFERRAL, typed, {"form": typed})
