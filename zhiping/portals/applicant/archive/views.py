"""Reading one's own archive."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from zhiping.achievements import transitions
from zhiping.achievements.models import ItemVersion, Profile
from zhiping.achievements.queries import (
    approved_versions,
    binned_items,
    found_visible_to,
    items_of,
    latest_versions,
    progress_by_category,
    visible_to,
    with_history,
)
from zhiping.achievements.schema import Category, categories, groups
from zhiping.achievements.sources import sources
from zhiping.files.queries import visible_to as files_visible_to
from zhiping.files.serving import file_response
from zhiping.gateways.records import connected
from zhiping.kernel import clock
from zhiping.lifecycle.moving import available
from zhiping.portals.applicant.archive.lines import category_lines
from zhiping.web.pages import Audience, page
from zhiping.web.records import sheet_of


@page(audience=Audience.APPLICANT)
def index(request: HttpRequest) -> HttpResponse:
    """The archive as a task list by category."""
    profile = Profile.objects.select_related("employer").filter(person_id=request.actor.person_id).first()
    progress = progress_by_category(request.actor.person_id)
    lines = [(group.label, category_lines(group.members, progress)) for group in groups()]
    total = sum(count.total for count in progress.values())
    usable = sum(count.usable for count in progress.values())
    context = {"groups": lines, "profile": profile, "total": total, "usable": usable}
    return render(request, "applicant/archive/index.html", context)


@page(audience=Audience.APPLICANT)
def category_list(request: HttpRequest, category: str) -> HttpResponse:
    """The items of one category, newest version of each."""
    kind = category_or_404(category)
    items = items_of(request.actor.person_id).filter(category=category)
    rows = Paginator(latest_versions(items), 30).get_page(request.GET.get("page"))
    has_register = any(sources()[name].category == category for name in connected())
    context = {"category": kind, "page": rows, "has_register": has_register}
    return render(request, "applicant/archive/category.html", context)


@page(audience=Audience.APPLICANT)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One item: what it says, its evidence, its versions, what may be done now."""
    newest = with_history(ItemVersion.objects.filter(item__in=visible_to(request.actor), item=key))
    version = newest.order_by("-number").first()
    if version is None:
        raise Http404
    acts = [] if version.item.deleted_at else available(transitions.ALL, request.actor, version)
    found = found_visible_to(request.actor).filter(item=key).first()
    context = {
        "version": version,
        "category": categories()[version.item.category],
        "sheet": sheet_of(version),
        "history": list(version.item.versions.all()),
        "found": found,
        "can_touch": found is not None or not version.source,
        "can_submit": transitions.SUBMIT in acts,
        "can_withdraw": transitions.WITHDRAW in acts,
    }
    return render(request, "applicant/archive/show.html", context)


@page(audience=Audience.APPLICANT)
def preview(request: HttpRequest) -> HttpResponse:
    """The whole archive as the applications will see it: approved versions by category."""
    sheets: dict[str, list] = {}
    rows = approved_versions(request.actor.person_id).prefetch_related("evidence_links__file__copy_checks")
    for version in rows:
        sheets.setdefault(version.item.category, []).append(sheet_of(version))
    listed = [(kind.label, sheets[key]) for key, kind in categories().items() if key in sheets]
    return render(request, "applicant/archive/preview.html", {"groups": listed})


@page(audience=Audience.APPLICANT)
def recycle_bin(request: HttpRequest) -> HttpResponse:
    """Items thrown away within thirty days."""
    items = binned_items(request.actor.person_id, clock.now())
    rows = Paginator(latest_versions(items), 30).get_page(request.GET.get("page"))
    return render(request, "applicant/archive/bin.html", {"page": rows})


@page(audience=Audience.APPLICANT)
def file(request: HttpRequest, key: int) -> HttpResponse:
    """One of the person's own uploads."""
    return file_response(get_object_or_404(files_visible_to(request.actor), pk=key), request)


def category_or_404(key: str) -> Category:
    """The category of that key."""
    if key not in categories():
        raise Http404
    return categories()[key]
