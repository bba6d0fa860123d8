"""The departments to ask about hours (R-024, R-365), and the courses on offer."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ruamel.yaml import YAML

from zhiping.continuing_education.queries import card_by_code, courses_visible_to
from zhiping.kernel import clock
from zhiping.kernel.actor import ANONYMOUS
from zhiping.policies.queries import visible_to as packs_visible_to
from zhiping.portals.public.verify.throttle import slow_down
from zhiping.privacy.masks import mask_name
from zhiping.web.pages import Audience, page

ROLE = "continuing_education"
BLOCK = re.compile(r"^contacts:\n(?:[ -].*(?:\n|$))+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Contact:
    """One department and its field, as a notice prints it; names of people are left out (R-365)."""

    subject: str
    organisation: str
    phones: tuple[str, ...]
    cite: str


@page(audience=Audience.PUBLIC)
def contacts(request: HttpRequest) -> HttpResponse:
    """The contact table, narrowed by a word of the field or the department."""
    wanted = request.GET.get("q", "").strip()[:40]
    found = [each for each in _all_contacts() if wanted in each.subject + each.organisation]
    return render(request, "public/hours/contacts.html", {"contacts": found, "q": wanted})


@page(audience=Audience.PUBLIC)
def courses(request: HttpRequest) -> HttpResponse:
    """Courses that are filed, the current year first."""
    rows = courses_visible_to(ANONYMOUS).filter(year__gte=clock.today().year - 1)
    wanted = request.GET.get("q", "").strip()[:40]
    if wanted:
        rows = rows.filter(name__contains=wanted)
    listed = rows.select_related("provider").order_by("-year", "name", "pk")
    context = {"page": Paginator(listed, 20).get_page(request.GET.get("page")), "q": wanted}
    return render(request, "public/hours/courses.html", context)


@page(audience=Audience.PUBLIC)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR of a 年度学时卡: what was printed, and whether the ledger still says so."""
    slow_down(request)
    found = card_by_code(code)
    context = {"card": None}
    if found is not None:
        printed, ledger = found
        context = {
            "card": printed,
            "name": mask_name(printed.person.name),
            "is_current": ledger.number == printed.number,
            "whole_now": ledger.whole,
        }
    return render(request, "public/hours/card.html", context, status=200 if found else 404)


def _all_contacts() -> list[Contact]:
    """From the published packs, each department and field once; packs of one notice hold the same block."""
    packs = packs_visible_to(ANONYMOUS).filter(text__contains=f'role: "{ROLE}"')
    found: dict[tuple[str, str], Contact] = {}
    for text in packs.order_by("slug", "number").values_list("text", flat=True):
        block = BLOCK.search(text)
        for each in _contacts_in(block[0]) if block else ():
            found.setdefault((each.organisation, each.subject), each)
    return list(found.values())


@lru_cache(maxsize=64)
def _contacts_in(block: str) -> tuple[Contact, ...]:
    """The contacts of one block of YAML; only this block is read, the rest of a pack would take a second."""
    return tuple(
        Contact(
            str(each.get("subject") or ""),
            each["organisation"],
            tuple(each.get("phones") or ()),
            str(each.get("cite") or ""),
        )
        for each in YAML(typ="safe", pure=True).load(block)["contacts"]
        if each.get("role") == ROLE
    )
