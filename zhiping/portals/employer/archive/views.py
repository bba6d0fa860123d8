"""What the employer sees: the queue, a person, an item with its evidence."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from zhiping.achievements import transitions
from zhiping.achievements.models import ItemVersion
from zhiping.achievements.queries import (
    added_by_person,
    people_to_audit,
    profile_version,
    profiles_visible_to,
    sensitive_of,
    versions_visible_to,
    with_history,
)
from zhiping.achievements.schema import categories
from zhiping.achievements.states import VersionState
from zhiping.files.serving import file_response
from zhiping.lifecycle.moving import available
from zhiping.web.copies import answers_in
from zhiping.web.pages import Audience, page
from zhiping.web.records import profile_rows, sheet_of


@page(audience=Audience.EMPLOYER)
def index(request: HttpRequest) -> HttpResponse:
    """People of the body with something to audit, the longest waiting first; or all its people."""
    everybody = request.GET.get("show") == "all"
    rows = people_to_audit(request.actor, everybody=everybody)
    context = {"page": Paginator(rows, 30).get_page(request.GET.get("page")), "everybody": everybody}
    return render(request, "employer/archive/index.html", context)


@page(audience=Audience.EMPLOYER)
def person(request: HttpRequest, key: int) -> HttpResponse:
    """One person: the profile, then every item by category, those that wait ticked for a joint decision."""
    profile = get_object_or_404(profiles_visible_to(request.actor).select_related("person"), pk=key)
    version = profile_version(profile.person_id, approved=False, submitted=True)
    newest: dict[int, ItemVersion] = {}
    own = versions_visible_to(request.actor).filter(item__person=profile.person_id).select_related("item")
    for each in own.order_by("item__category", "item_id", "number"):
        newest[each.item_id] = each
    groups = [
        (kind.label, [each for each in newest.values() if each.item.category == category])
        for category, kind in categories().items()
    ]
    context = {
        "profile": profile,
        "version": version,
        "rows": profile_rows(version, sensitive_of(version), masked=True) if version else [],
        "acts": available(transitions.DECISIONS, request.actor, version) if version else [],
        "groups": [(label, items) for label, items in groups if items],
        "waiting": sum(each.is_submitted for each in newest.values()),
    }
    return render(request, "employer/archive/person.html", context)


@page(audience=Audience.EMPLOYER)
def photo(request: HttpRequest, key: int) -> HttpResponse:
    """The photo of the profile that the body sees."""
    profile = get_object_or_404(profiles_visible_to(request.actor), pk=key)
    version = profile_version(profile.person_id, approved=False, submitted=True)
    if version is None or version.photo is None:
        raise Http404
    return file_response(version.photo, request)


@page(audience=Audience.EMPLOYER)
def item(request: HttpRequest, key: int) -> HttpResponse:
    """One version with its evidence beside it and the decision below."""
    return item_page(request, get_object_or_404(with_history(versions_visible_to(request.actor)), pk=key))


def item_page(
    request: HttpRequest, version: ItemVersion, *, errors: Mapping[str, str] | None = None, reason: str = ""
) -> HttpResponse:
    """The page of a version, with what was typed and what is wrong with it."""
    sheet = sheet_of(version)
    wanted = request.GET.get("file", "")
    current = next((file for _, file in sheet.files if str(file.pk) == wanted), None)
    if current is None and sheet.files:
        current = sheet.files[0][1]
    here = reverse("employer:archive:item", args=[version.pk])
    documents = [
        {"label": label, "url": f"{here}?file={file.pk}#doc", "is_current": file == current}
        for label, file in sheet.files
    ]
    context = {
        "version": version,
        "sheet": sheet,
        "added": added_by_person(version),
        "category": categories()[version.item.category],
        "profile_key": version.item.person.profile.pk,
        "documents": documents,
        "file_url": reverse("employer:archive:file", args=[version.pk, current.pk]) if current else "",
        "media_type": current.media_type if current else "",
        "history": [old for old in version.item.versions.all() if old.state != VersionState.DRAFT],
        "acts": available(transitions.DECISIONS, request.actor, version),
        "errors": errors or {},
        "answers": answers_in(request.POST),
        "reason": reason,
        "page_has_errors": bool(errors),
    }
    return render(request, "employer/archive/item.html", context, status=422 if errors else 200)


@page(audience=Audience.EMPLOYER)
def file(request: HttpRequest, key: int, file: int) -> HttpResponse:
    """One file of a version's evidence."""
    version = get_object_or_404(versions_visible_to(request.actor), pk=key)
    link = get_object_or_404(version.evidence_links.select_related("file"), file=file)
    return file_response(link.file, request)
