"""The guided tour: the story step by step, each with its login and its page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhiping.portals.demo.accounts import Login, all_logins
from zhiping.portals.demo.only_in_demo import only_in_demo
from zhiping.portals.demo.story import STORY
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC)
@only_in_demo
def tour(request: HttpRequest) -> HttpResponse:
    """Every chapter with the first login of its role."""
    first: dict[str, Login] = {}
    for each in all_logins():
        first.setdefault(each.role, each)
    chapters = [
        {"told": chapter, "login": first.get(chapter.role), "url": _address(chapter.url_name)}
        for chapter in STORY
    ]
    return render(request, "demo/tour.html", {"chapters": chapters})


def _address(url_name: str) -> str:
    return reverse(url_name) if url_name else ""
