"""What an expert does: see the meetings, read the cases that are not recused, give an opinion, recuse."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.queries import file_of, latest_snapshot
from zhiping.committees.models import Case, Member
from zhiping.committees.operations.meeting import declare_recusal, give_opinion
from zhiping.committees.queries import cases_visible_to, visible_to
from zhiping.committees.reading import attachments_of, parts_of
from zhiping.files.serving import file_response
from zhiping.kernel import clock
from zhiping.portals.expert.forms import OpinionForm, RecusalForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.EXPERT)
def index(request: HttpRequest) -> HttpResponse:
    """Meetings the expert is seated at."""
    return render(
        request, "expert/index.html", {"meetings": visible_to(request.actor).order_by("-held_on")[:50]}
    )


@page(audience=Audience.EXPERT)
def meeting(request: HttpRequest, key: int) -> HttpResponse:
    """The cases of a meeting that the expert may read."""
    found = get_object_or_404(visible_to(request.actor), pk=key)
    cases = cases_visible_to(request.actor).filter(meeting=found).prefetch_related("opinions__member")
    mine = {
        case.pk: next((o for o in case.opinions.all() if o.member.person_id == request.actor.person_id), None)
        for case in cases
    }
    rows = [(case, mine[case.pk]) for case in cases]
    return render(request, "expert/meeting.html", {"meeting": found, "rows": rows})


@page(audience=Audience.EXPERT, methods=("GET", "POST"))
def case(request: HttpRequest, key: int) -> HttpResponse:
    """Read one case; give an opinion on it."""
    found = get_object_or_404(cases_visible_to(request.actor), pk=key)
    member = _member(request, found)
    mine = found.opinions.filter(member=member).first()
    initial = {"recommendation": mine.recommendation, "text": mine.text} if mine else None
    form = OpinionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            give_opinion(case=found, member=member, actor=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "评议意见已保存，闭会前可以修改。")
            return redirect("expert:meeting", found.meeting_id)
    content = _content(found)
    context = {
        "case": found,
        "content": content,
        "parts": parts_of(content),
        "attachments": attachments_of(content),
        "form": form,
        "open_file": request.GET.get("file", ""),
    }
    return form_page(request, "expert/case.html", context)


@page(audience=Audience.EXPERT, methods=("GET", "POST"))
def recuse(request: HttpRequest, key: int) -> HttpResponse:
    """Recuse from one case; afterwards it can no longer be opened."""
    found = get_object_or_404(cases_visible_to(request.actor), pk=key)
    form = RecusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            declare_recusal(
                case=found,
                member=_member(request, found),
                actor=request.actor,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, "已回避，这一件不再对您开放。")
            return redirect("expert:meeting", found.meeting_id)
    return form_page(request, "expert/recuse.html", {"case": found, "form": form})


@page(audience=Audience.EXPERT)
def file(request: HttpRequest, key: int, file: int) -> HttpResponseBase:
    """One evidence file of a case that the expert may read."""
    found = get_object_or_404(cases_visible_to(request.actor), pk=key)
    stored = file_of(found.application, file, content=_content(found))
    if stored is None:
        raise Http404
    return file_response(stored, request)


def _member(request: HttpRequest, found: Case) -> Member:
    return get_object_or_404(Member, seats__meeting=found.meeting_id, person_id=request.actor.person_id)


def _content(found: Case) -> dict[str, Any]:
    snapshot = latest_snapshot(found.application)
    return json.loads(snapshot.content) if snapshot else {}
