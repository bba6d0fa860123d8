"""Lists on show, and objecting to them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhiping.kernel import clock
from zhiping.notices.list_content import Report
from zhiping.notices.models import Publicity
from zhiping.notices.operations import file_objection
from zhiping.notices.queries import by_code, is_on_show, objection_by_code, objections_of, shown_in_public
from zhiping.notices.states import Channel, PublicityKind
from zhiping.portals.public.publicity.forms import ObjectionForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page

A_PAGE = 20


@page(audience=Audience.PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """Publicities of committees, newest first; an employer's list is not here, only on its posted sheet."""
    shown = Paginator(shown_in_public(clock.now()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "public/publicity/list.html", {"page": shown})


@page(audience=Audience.PUBLIC)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One list. Names are shown while it runs; afterwards only that it was, and how it ended."""
    publicity, now = _found(code), clock.now()
    words = request.GET.get("words", "")[:40].strip()
    on_show = is_on_show(publicity, now)
    entries = publicity.entries.all() if on_show else publicity.entries.none()
    if words:
        entries = entries.filter(name__contains=words) | entries.filter(unit__contains=words)
    shown = Paginator(entries.order_by("position"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "publicity": publicity,
        "page": shown,
        "words": words,
        "on_show": on_show,
        "held": objections_of(publicity),
        "ends_at": clock.end_of(publicity.ends_on),
        "now": now,
    }
    return render(request, "public/publicity/show.html", context)


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """File an objection; the answer is a code by which its author can ask for the outcome."""
    publicity, now = _found(code), clock.now()
    form = ObjectionForm(request.POST or None, publicity=publicity)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        report = Report(
            channel=Channel.ONLINE,
            text=told["text"],
            is_named=told["way"] == "named",
            name=told["name"],
            contact=told["contact"],
        )
        with form.showing_refusals():
            _, asking = file_objection(
                publicity=publicity,
                entry=told["entry"],
                report=report,
                link=_desk_of(publicity),
                actor=request.actor,
                now=now,
            )
            response = render(request, "public/publicity/filed.html", {"code": asking})
            response["Cache-Control"] = "no-store"
            return response
    context = {"form": form, "publicity": publicity, "on_show": is_on_show(publicity, now)}
    return form_page(request, "public/publicity/objection.html", context)


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
def answer(request: HttpRequest) -> HttpResponse:
    """What became of an objection, by its code."""
    code = request.POST.get("code", "").strip()
    found = objection_by_code(code) if code else None
    context = {"objection": found, "asked": bool(code)}
    status = 404 if code and found is None else 200
    return render(request, "public/publicity/answer.html", context, status=status)


def _found(code: str) -> Publicity:
    publicity = by_code(code)
    if publicity is None:
        raise Http404
    return publicity


def _desk_of(publicity: Publicity) -> str:
    """Where the publicising body handles it."""
    if publicity.kind == PublicityKind.EMPLOYER:
        return reverse("employer:publicity:show", args=[publicity.pk])
    return reverse("committee:publicity:index")
