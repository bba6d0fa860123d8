"""Competitions of the institution: opened, people entered in their order, the result fixed or taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.queries.seats import establishment_staff
from zhiping.kernel import clock
from zhiping.portals.employer.posts.forms import CompetitionForm, EntryForm
from zhiping.posts.models import Competition
from zhiping.posts.operations import (
    EntryTold,
    conclude_competition,
    enter_person,
    open_competition,
    void_competition,
)
from zhiping.posts.queries import competitions_visible_to, visible_to
from zhiping.web.numbers import whole_number
from zhiping.web.pages import Audience, page


@page(audience=Audience.EMPLOYER)
def index(request: HttpRequest) -> HttpResponse:
    """Competitions and the forms that come of them, newest first."""
    ledger = get_object_or_404(visible_to(request.actor))
    context = {
        "ledger": ledger,
        "competitions": list(ledger.competitions.all()[:50]),
        "forms": list(ledger.forms.defer("content")[:50]),
    }
    return render(request, "employer/posts/competitions.html", context)


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Open posts of one level for competition."""
    ledger = get_object_or_404(visible_to(request.actor))
    now = clock.now()
    form = CompetitionForm(request.POST or None, initial={"year": clock.beijing_day(now).year})
    if form.is_valid():
        with form.showing_refusals():
            made = open_competition(ledger=ledger, actor=request.actor, now=now, **form.cleaned_data)
            return redirect("employer:posts:competition", made.pk)
    context = {
        "form": form,
        "title": "推出岗位竞聘",
        "lead": "推出的岗位不能多于该等级现在可用的空缺。",
        "act": "推出，下一步登记人员",
    }
    return render(request, "employer/posts/form.html", context, status=422 if form.errors else 200)


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One competition: its people in their order, and entering the next one."""
    competition = get_object_or_404(competitions_visible_to(request.actor), pk=key)
    staff = establishment_staff(request.actor.organisation_id or 0)
    form = EntryForm(request.POST or None, staff=staff)
    if form.is_valid():
        with form.showing_refusals():
            told = EntryTold(**form.cleaned_data)
            enter_person(competition=competition, told=told, actor=request.actor, now=clock.now())
            messages.success(request, f"已登记{told.person.name}。")
            return redirect("employer:posts:competition", key)
    return _shown(request, competition, form)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def conclude(request: HttpRequest, key: int) -> HttpResponse:
    """Fix the result with the promise to appoint."""
    competition = get_object_or_404(competitions_visible_to(request.actor), pk=key)
    conclude_competition(
        competition=competition,
        is_committed=request.POST.get("is_committed") == "1",
        version=_version(request),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, "竞聘结果已确定。现在可以填岗位信息表，推荐名单上的人。")
    return redirect("employer:posts:competitions")


@page(audience=Audience.EMPLOYER, methods=("POST",))
def void(request: HttpRequest, key: int) -> HttpResponse:
    """Take a result back, with a reason."""
    competition = get_object_or_404(competitions_visible_to(request.actor), pk=key)
    void_competition(
        competition=competition,
        reason=request.POST.get("reason", ""),
        version=_version(request),
        actor=request.actor,
        now=clock.now(),
    )
    messages.success(request, "已作废，可以重新登记。")
    return redirect("employer:posts:competitions")


def _shown(request: HttpRequest, competition: Competition, form: EntryForm) -> HttpResponse:
    context = {
        "competition": competition,
        "entries": list(competition.entries.select_related("person")),
        "form": form,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "employer/posts/competition.html", context, status=status)


def _version(request: HttpRequest) -> int:
    said = whole_number(request.POST.get("version"))
    return -1 if said is None else said
