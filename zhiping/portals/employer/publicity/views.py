"""Pages of the employer's publicity."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from zhiping.applications.operations import open_employer_publicity
from zhiping.applications.operations.publicising import take_back_publicity
from zhiping.applications.queries.desks import last_posting_day, waiting_for_publicity
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.kernel.queries import working_calendar
from zhiping.notices.access import can_see_objector
from zhiping.notices.list_content import Report, labelled
from zhiping.notices.models import Publicity
from zhiping.notices.operations import accept_objection, cancel_publicity, decide_objection, file_objection
from zhiping.notices.queries import objections_visible_to
from zhiping.notices.queries import visible_to as publicities_visible_to
from zhiping.notices.states import PublicityKind
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan
from zhiping.plans.queries import visible_to as plans_visible_to
from zhiping.portals.employer.publicity.forms import DecisionForm, PostingForm, RecordForm
from zhiping.web.answers import form_page
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page

A_PAGE = 20
SHEETS = {
    "pdf": ("sheet_pdf", "application/pdf"),
    "xlsx": ("sheet_xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@page(audience=Audience.EMPLOYER)
def index(request: HttpRequest) -> HttpResponse:
    """Plans with people waiting for publicity, with the last day to post; then what was posted (R-303)."""
    calendar, waiting = working_calendar(), waiting_for_publicity(request.actor)
    rows = [
        {**each, "last_day": last_posting_day(each["due_at"], each["days"], calendar)} for each in waiting
    ]
    page_ = Paginator(_mine(request).order_by("-starts_on", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {"waiting": rows, "page": page_, "now": clock.now()}
    return render(request, "employer/publicity/list.html", context)


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def create(request: HttpRequest, plan: int) -> HttpResponse:
    """Post everyone the employer has passed in this plan."""
    chosen = get_object_or_404(Plan, pk=plan, pk__in=plans_visible_to(request.actor).values("pk"))
    employer = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    form = PostingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            publicity = open_employer_publicity(
                plan=chosen, employer=employer, actor=request.actor, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, "公示已开始。公示表正在生成，请下载后张贴。")
            return redirect("employer:publicity:show", publicity.pk)
    return form_page(request, "employer/publicity/create.html", {"form": form, "plan": chosen})


@page(audience=Audience.EMPLOYER)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One publicity: who is on it, until when, objections, sheets."""
    publicity = get_object_or_404(_mine(request), pk=key)
    entries = [(entry, labelled(entry.shown)) for entry in publicity.entries.all()]
    context = {
        "publicity": publicity,
        "entries": entries,
        "objections": objections_visible_to(request.actor).filter(publicity=publicity),
        "now": clock.now(),
        "ends_at": clock.end_of(publicity.ends_on),
    }
    return render(request, "employer/publicity/show.html", context)


@page(audience=Audience.EMPLOYER)
def sheet(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    """The 公示表 as made by the queue."""
    publicity = get_object_or_404(_mine(request), pk=key)
    if kind not in SHEETS or not getattr(publicity, SHEETS[kind][0]):
        raise Http404
    name, media_type = SHEETS[kind]
    title = f"publicity-{publicity.pk}.{kind}"
    return made_file(getattr(publicity, name), name=title, media_type=media_type, as_attachment=True)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    """Take the list down with a reason; its cases wait for a new publicity."""
    publicity = get_object_or_404(_mine(request), pk=key)
    now, reason = clock.now(), request.POST.get("reason", "")
    cancel_publicity(publicity=publicity, reason=reason, actor=request.actor, now=now)
    take_back_publicity(publicity=publicity, actor=request.actor, now=now)
    messages.success(request, "公示已撤下，名单上的人需要重新公示。")
    return redirect("employer:publicity:list")


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def record(request: HttpRequest, key: int) -> HttpResponse:
    """Write down an objection that came by letter, call or visit."""
    publicity = get_object_or_404(_mine(request), pk=key)
    form = RecordForm(request.POST or None, publicity=publicity)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        entry = told.pop("entry")
        with form.showing_refusals():
            objection, _ = file_objection(
                publicity=publicity,
                entry=entry,
                report=Report(**told),
                link=reverse("employer:publicity:show", args=[key]),
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, "异议已记录，请核查后写明处理意见。")
            return redirect("employer:publicity:objection", objection.pk)
    context = {"form": form, "publicity": publicity}
    return form_page(request, "employer/publicity/record.html", context)


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def objection(request: HttpRequest, key: int) -> HttpResponse:
    """One objection: the facts, and deciding with a reason. Who objected online is not shown here."""
    found = get_object_or_404(objections_visible_to(request.actor), pk=key)
    form = DecisionForm(request.POST if "verdict" in request.POST else None)
    version = posted_version(request)
    if request.method == "POST" and "accept" in request.POST:
        accept_objection(objection=found, version=version, actor=request.actor, now=clock.now())
        return redirect("employer:publicity:objection", key)
    if request.method == "POST" and form.is_valid():
        decide_objection(
            objection=found,
            upheld=form.cleaned_data["verdict"] == "upheld",
            decision=form.cleaned_data["decision"],
            version=version,
            actor=request.actor,
            now=clock.now(),
        )
        messages.success(request, "处理意见已记录。")
        return redirect("employer:publicity:show", found.publicity_id)
    context = {
        "objection": found,
        "form": form,
        "shows_objector": can_see_objector(request.actor, found) and found.is_named,
        "is_open": found.decision == "",
    }
    return form_page(request, "employer/publicity/objection.html", context)


def _mine(request: HttpRequest) -> QuerySet[Publicity]:
    """The employer's own publicities."""
    own = {"organisation_id": request.actor.organisation_id, "kind": PublicityKind.EMPLOYER}
    return publicities_visible_to(request.actor).filter(**own)
