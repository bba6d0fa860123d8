"""Lists on show: post, follow, look into objections, go on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from zhiping.applications.states import ApplicationState
from zhiping.committees import queries
from zhiping.committees.operations.publicity import end_objected_results, post_list, settle_pre_review
from zhiping.kernel import clock
from zhiping.notices.list_content import Report
from zhiping.notices.models import Publicity
from zhiping.notices.operations import accept_objection, decide_objection, file_objection
from zhiping.notices.queries import objections_visible_to, visible_to
from zhiping.notices.states import ENDED, PublicityKind
from zhiping.plans.queries import visible_to as plans_visible_to
from zhiping.portals.committee.publicity.forms import KINDS, DecisionForm, ObjectionForm, PostForm
from zhiping.web.answers import form_page
from zhiping.web.numbers import posted_version, whole_numbers
from zhiping.web.pages import Audience, page

UNDER = {  # the state of those on a list who have not gone on from it
    PublicityKind.PRE_REVIEW: ApplicationState.PRE_REVIEW_PUBLICITY,
    PublicityKind.RESULT: ApplicationState.RESULT_PUBLICITY,
}


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """What can be posted now, by plan, and the lists on show."""
    own = visible_to(request.actor).filter(organisation_id=request.actor.organisation_id)
    waiting = queries.waiting_for_publicity(request.actor)
    return render(
        request,
        "committee/publicity/index.html",
        {"lists": own.order_by("-opened_at")[:100], "waiting": waiting},
    )


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def post(request: HttpRequest, plan: int, kind: str) -> HttpResponse:
    """Choose the people and post the list."""
    if kind not in KINDS:
        raise Http404
    own = get_object_or_404(plans_visible_to(request.actor), pk=plan, office_id=request.actor.organisation_id)
    candidates = queries.applications_at_office(request.actor).filter(
        plan=own, state=KINDS[PublicityKind(kind)]
    )
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = list(
            candidates.filter(pk__in=whole_numbers(request.POST.getlist("application"))).order_by("number")
        )
        with form.showing_refusals():
            posted = post_list(
                kind=kind,
                plan=own,
                applications=chosen,
                actor=request.actor,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, f"已公示 {len(chosen)} 人，到 {posted.ends_on:%Y-%m-%d} 24:00 期满。")
            return redirect("committee:publicity:show", posted.pk)
    context = {
        "plan": own,
        "form": form,
        "candidates": candidates.order_by("number"),
        "rule": queries.publicity_rule(own, kind),
        "label": PublicityKind(kind).label,
    }
    return form_page(request, "committee/publicity/post.html", context)


@page(audience=Audience.COMMITTEE)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One list with its people, objections and what may be done next."""
    publicity = _publicity(request, key)
    is_result = publicity.kind == PublicityKind.RESULT
    context = {
        "publicity": publicity,
        "entries": publicity.entries.all(),
        "objections": objections_visible_to(request.actor).filter(publicity=publicity),
        "is_ended": publicity.state in ENDED,
        "is_settled": not queries.under_publicity(publicity, {UNDER[publicity.kind]}),
        "is_result": is_result,
    }
    return render(request, "committee/publicity/show.html", context)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def settle(request: HttpRequest, key: int) -> HttpResponse:
    """After the end: pre-review people become ready, results may be reported; upheld objections end their case."""
    publicity = _publicity(request, key)
    if publicity.kind == PublicityKind.RESULT:
        ended = end_objected_results(publicity=publicity, actor=request.actor, now=clock.now())
        messages.success(request, f"异议属实终止 {ended} 人，其余可以在“结果”中上报。")
        return redirect("committee:results:index")
    ready, ended = settle_pre_review(publicity=publicity, actor=request.actor, now=clock.now())
    messages.success(request, f"转入待评审 {ready} 人，异议属实终止 {ended} 人。")
    return redirect("committee:publicity:show", publicity.pk)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def record_objection(request: HttpRequest, key: int) -> HttpResponse:
    """Write down an objection that came by letter, phone or visit."""
    publicity = _publicity(request, key)
    form = ObjectionForm(request.POST or None)
    form.fields["entry"].queryset = publicity.entries.all()
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            _file(request, publicity, form.cleaned_data)
            return redirect("committee:publicity:show", publicity.pk)
    return form_page(request, "committee/publicity/objection.html", {"publicity": publicity, "form": form})


def _file(request: HttpRequest, publicity: Publicity, values: dict) -> None:
    report = Report(
        channel=values["channel"],
        text=values["text"],
        is_named=bool(values["name"]),
        name=values["name"],
        contact=values["contact"],
    )
    link = reverse("committee:publicity:show", args=[publicity.pk])
    file_objection(
        publicity=publicity,
        entry=values["entry"],
        report=report,
        link=link,
        actor=request.actor,
        now=clock.now(),
    )


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Look into one objection and decide it with a reason."""
    objection = get_object_or_404(objections_visible_to(request.actor), pk=key)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and "accept" in request.POST:
        accept_objection(
            objection=objection, version=posted_version(request), actor=request.actor, now=clock.now()
        )
        return redirect("committee:publicity:decide", objection.pk)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            decide_objection(
                objection=objection,
                upheld=form.cleaned_data["upheld"] == "yes",
                decision=form.cleaned_data["decision"],
                version=posted_version(request),
                actor=request.actor,
                now=clock.now(),
            )
            return redirect("committee:publicity:show", objection.publicity_id)
        objection.refresh_from_db()
    return form_page(request, "committee/publicity/decide.html", {"objection": objection, "form": form})


def _publicity(request: HttpRequest, key: int) -> Publicity:
    return get_object_or_404(visible_to(request.actor), pk=key, organisation_id=request.actor.organisation_id)
