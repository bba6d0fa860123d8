"""Show a manual as it stands in docs/manual; the same text a reader of the repository sees."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from zhiping.files.serving import printed_file
from zhiping.help_centre.printed import printed_path, printed_title
from zhiping.kernel.errors import Refused
from zhiping.web import markdown
from zhiping.web.pages import Audience, page

INDEX = "index"


@page(audience=Audience.PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """Which manual is for whom."""
    title, body = manual(INDEX)
    return render(request, "public/manual/show.html", {"title": title, "body": body, "is_index": True})


@page(audience=Audience.PUBLIC)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The manual of one role."""
    if slug == INDEX or slug not in slugs():
        raise Http404
    title, body = manual(slug)
    context = {"title": title, "body": body, "slug": slug, "printed": printed_title(slug)}
    return render(request, "public/manual/show.html", context)


@page(audience=Audience.PUBLIC)
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The manual as a file to download; made by the queue after a release."""
    if slug == INDEX or slug not in slugs():
        raise Http404
    path = printed_path(slug)
    if not path.exists():
        raise Refused("这本手册的 PDF 正在生成，请过 1 分钟再下载，或先看网页上的。")
    return printed_file(path, name=f"{printed_title(slug)}.pdf")


@cache
def slugs() -> frozenset[str]:
    return frozenset(path.stem for path in Path(settings.MANUAL).glob("*.md"))


@cache
def manual(slug: str) -> tuple[str, SafeString]:
    """Title and text, read once per process: manuals change only with the release."""
    text = (Path(settings.MANUAL) / f"{slug}.md").read_text(encoding="utf-8")
    return markdown.title_of(text), markdown.render(text, address_of)


def address_of(target: str) -> str | None:
    """`employer.md` is the manual beside this one; other targets are paths of the site."""
    name, _, anchor = target.partition(".md")
    if target == f"{INDEX}.md":
        return reverse("public:manual:index")
    if target.endswith(".md") and not anchor and name in slugs():
        return reverse("public:manual:show", args=[name])
    return markdown.site_path(target)
