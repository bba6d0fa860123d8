"""The employer's decisions: one item, several after a look at what would happen, a profile."""

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.achievements import operations, transitions
from zhiping.achievements.models import ItemVersion, Profile
from zhiping.achievements.queries import (
    profile_version,
    profiles_visible_to,
    versions_visible_to,
    with_history,
)
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import Transition
from zhiping.portals.employer.archive.views import item_page
from zhiping.web.copies import answers_in
from zhiping.web.numbers import posted_version, version_in, whole_number
from zhiping.web.pages import Audience, page
from zhiping.web.records import sheet_of

VERDICTS = {"approve": transitions.APPROVE, "return": transitions.RETURN, "reject": transitions.REJECT}


@page(audience=Audience.EMPLOYER, methods=("POST",))
def decide_one(request: HttpRequest, key: int) -> HttpResponse:
    """Decide one item; on a refusal of what was typed, show the page again with it."""
    version = get_object_or_404(with_history(versions_visible_to(request.actor)), pk=key)
    reason = request.POST.get("reason", "")
    try:
        with transaction.atomic():
            operations.decide_item(
                version=version,
                verdict=_verdict(request),
                reason=reason,
                expected=posted_version(request),
                actor=request.actor,
                now=clock.now(),
                copies=answers_in(request.POST),
            )
    except Refused as refusal:
        if refusal.field not in ("reason", "copies"):
            raise
        version.refresh_from_db(fields=["state", "version"])  # what was undone in the tables
        return item_page(request, version, errors={refusal.field: refusal.sentence}, reason=reason)
    messages.success(request, f"“{version.label}”：{version.get_state_display()}。")
    return redirect("employer:archive:person", version.item.person.profile.pk)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def decide_several(request: HttpRequest, key: int) -> HttpResponse:
    """First show what would happen to the ticked items; decide when that is confirmed."""
    profile = get_object_or_404(profiles_visible_to(request.actor).select_related("person"), pk=key)
    stamps = dict(_stamps(request))
    own = versions_visible_to(request.actor).filter(item__person=profile.person_id, pk__in=stamps)
    own = own.select_related("item").prefetch_related("evidence_links__file__copy_checks")
    versions = list(own.order_by("pk"))
    verdict, reason = _verdict(request), request.POST.get("reason", "")
    if not versions:
        raise Refused("还没有勾选要审核的业绩。请返回，勾选后再选审核结果。")
    if "confirmed" not in request.POST:
        return _trial(request, profile, versions, stamps)
    try:
        with transaction.atomic():
            operations.decide_items(
                versions=versions,
                verdict=verdict,
                reason=reason,
                expected=[stamps[each.pk] for each in versions],
                actor=request.actor,
                now=clock.now(),
                copies=answers_in(request.POST),
            )
    except Refused as refusal:
        if refusal.field not in ("reason", "copies"):
            raise
        return _trial(request, profile, own.order_by("pk"), stamps, refusal.sentence)
    messages.success(request, f"{len(versions)} 项业绩：{verdict.label}。")
    return redirect("employer:archive:person", profile.pk)


def _trial(
    request: HttpRequest,
    profile: Profile,
    versions: Iterable[ItemVersion],
    stamps: Mapping[int, int],
    error: str = "",
) -> HttpResponse:
    """What the verdict would do to which items, and what an approval still has to say about their papers."""
    verdict, found = _verdict(request), list(versions)
    ready = [each for each in found if each.is_submitted and each.version == stamps[each.pk]]
    context = {
        "profile": profile,
        "verdict": verdict,
        "verdict_key": request.POST["verdict"],
        "reason": request.POST.get("reason", ""),
        "ready": [(each, sheet_of(each)) for each in ready],
        "answers": answers_in(request.POST),
        "asks_copies": verdict is transitions.APPROVE,
        "passed_over": [each for each in found if each not in ready],
        "error": error,
        "page_has_errors": bool(error),
    }
    return render(request, "employer/archive/trial.html", context, status=422 if error else 200)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def decide_profile(request: HttpRequest, key: int) -> HttpResponse:
    """Decide the profile; after "no" the person may no longer be one of ours."""
    profile = get_object_or_404(profiles_visible_to(request.actor), pk=key)
    version = profile_version(profile.person_id, approved=False, submitted=True)
    if version is None:
        raise Http404
    operations.decide_profile(
        version=version,
        verdict=_verdict(request),
        reason=request.POST.get("reason", ""),
        expected=posted_version(request),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, f"{version.profile.person.name}的个人基本信息：{version.get_state_display()}。")
    if version.profile.employer_id == request.actor.organisation_id:
        return redirect("employer:archive:person", profile.pk)
    return redirect("employer:archive:index")


def _verdict(request: HttpRequest) -> Transition:
    verdict = VERDICTS.get(request.POST.get("verdict", ""))
    if verdict is None:
        raise Refused("请选择通过、退回或不通过。")
    return verdict


def _stamps(request: HttpRequest) -> list[tuple[int, int]]:
    """The ticked items as (key, version) from values "key.version"."""
    pairs = (text.partition(".") for text in request.POST.getlist("item")[:200])
    return [(whole_number(key) or 0, version_in(number)) for key, _, number in pairs]
