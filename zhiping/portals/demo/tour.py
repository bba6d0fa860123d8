"""The guided tour: the story step by step, each with its login and its page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhiping.plans.models import Plan
from zhiping.portals.demo.accounts import PREFIX, Login, all_logins
from zhiping.portals.demo.only_in_demo import only_in_demo
from zhiping.portals.demo.story import STORY, Chapter
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC)
@only_in_demo
def tour(request: HttpRequest) -> HttpResponse:
    """Every chapter with its logins."""
    by_name: dict[str, Login] = {}
    for each in all_logins():
        by_name.setdefault(each.user.username, each)
    chapters = [
        {
            "told": chapter,
            "logins": [by_name[PREFIX + name] for name in chapter.logins if PREFIX + name in by_name],
            "url": _begins_on(chapter),
        }
        for chapter in STORY
    ]
    return render(request, "demo/tour.html", {"chapters": chapters})


def _begins_on(chapter: Chapter) -> str:
    """The address of a chapter's page; of a plan, the one that this year continues the notice."""
    if not chapter.plan:
        return reverse(chapter.url_name) if chapter.url_name else ""
    plan = Plan.objects.filter(rolled_from__slug=chapter.plan).order_by("-year").first()
    return reverse(chapter.url_name, args=[plan.slug]) if plan else reverse("public:plans:list")
