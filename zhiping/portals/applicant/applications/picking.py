"""Pages of a draft: choosing achievements, and the score sheet made of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.achievements.queries import approved_versions
from zhiping.achievements.schema import categories, groups
from zhiping.applications.counting import counting_of, since_day
from zhiping.applications.draft import CAREER
from zhiping.applications.models import Section
from zhiping.applications.operations import pick_items
from zhiping.applications.states import SectionKey
from zhiping.portals.applicant.applications.drafts import Desk, desk_of, frame
from zhiping.portals.applicant.applications.saving import done, save, version_in
from zhiping.portals.applicant.applications.scoring import claims_in, rows_of
from zhiping.web.numbers import whole_numbers
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def achievements(request: HttpRequest, key: int) -> HttpResponse:
    """选择相关业绩: approved versions only, each with whether it counts and why."""
    desk = desk_of(request, key)
    if request.method == "POST":
        wanted = whole_numbers(request.POST.getlist("item"))

        def pick() -> Section:
            return pick_items(
                application_id=key,
                version_ids=wanted,
                version=version_in(request),
                actor=request.actor,
                now=desk.now,
            )

        return done(request, desk, SectionKey.ACHIEVEMENTS, pick)
    context = frame(desk, SectionKey.ACHIEVEMENTS) | {
        "groups": _choices(desk),
        "rule": desk.draft.pack.data.get("achievements") or {},
        "since": since_day(desk.draft.pack, desk.assessment.facts)[1],
    }
    return render(request, "applicant/applications/achievements.html", context)


def _choices(desk: Desk) -> list[dict[str, Any]]:
    """Approved records under their headings, with counts / does not count; two queries."""
    kept = {item["version"] for item in desk.draft.items}
    kept_items = {item["item"]: item["version"] for item in desk.draft.items}
    since, words = since_day(desk.draft.pack, desk.assessment.facts)
    rows: dict[str, list[dict[str, Any]]] = {}
    for version in approved_versions(desk.application.person_id).select_related("item"):
        category = version.item.category
        record = {"category": category, "data": version.data}
        counting = counting_of(desk.draft.pack, record, since, words) if category not in CAREER else None
        rows.setdefault(category, []).append(
            {
                "version": version,
                "is_picked": version.pk in kept,
                "is_newer": version.item_id in kept_items and kept_items[version.item_id] != version.pk,
                "counting": counting,
                "is_career": category in CAREER,
                "day": version.data.get(categories()[category].day, ""),
            }
        )
    return [
        {
            "label": group.label,
            "parts": [(categories()[c].label, rows[c]) for c in group.members if c in rows],
            "is_career": group.key == "career",
        }
        for group in groups()
        if any(c in rows for c in group.members)
    ]


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def score(request: HttpRequest, key: int) -> HttpResponse:
    """量化自评分: rows of the standard with the picked records that may be claimed; points are computed (R-267)."""
    desk = desk_of(request, key)
    if desk.draft.pack.scoring is None:
        return redirect("applicant:applications:attachments", key)
    if request.method == "POST":
        data = {"claims": claims_in(desk.draft, request.POST)}
        return done(request, desk, SectionKey.SCORE, lambda: save(request, key, SectionKey.SCORE, data))
    threshold = desk.draft.pack.scoring.raw.get("threshold") or {}
    context = frame(desk, SectionKey.SCORE) | {
        "sheet": desk.assessment.told_sheet,
        "threshold": threshold.get("gte") if isinstance(threshold.get("gte"), int) else None,
        "rows": rows_of(desk.draft),
    }
    return render(request, "applicant/applications/score.html", context)
