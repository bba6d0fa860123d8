"""Starting an application, following it, taking it back, its receipt and files."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.models import Section, SigningRequest
from zhiping.applications.operations import start_application, withdraw_application
from zhiping.applications.queries import file_of, live_application, previous_content, visible_to
from zhiping.applications.queries.timeline import cases_of, loaded_case, refusal_of
from zhiping.applications.states import ApplicationState
from zhiping.fees.queries import bill_of
from zhiping.files.models import StoredFile
from zhiping.files.serving import file_response, made_file
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.plans.queries import is_open, with_rows
from zhiping.plans.queries import visible_to as plans_visible_to
from zhiping.portals.applicant.applications.drafts import desk_of, url_of
from zhiping.web.numbers import whole_number
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT)
def index(request: HttpRequest) -> HttpResponse:
    """All of one's applications."""
    now = clock.now()
    context = {"cases": cases_of(request.actor, now), "now": now}
    return render(request, "applicant/applications/list.html", context)


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """马上申报: what will be asked, which title, then a draft."""
    plan = get_object_or_404(with_rows(plans_visible_to(request.actor)), slug=slug)
    now, error = clock.now(), ""
    if request.method == "POST":
        title = (
            plan.titles.filter(pk=whole_number(request.POST.get("title")) or 0).first() or plan.titles.first()
        )
        try:
            with transaction.atomic():
                application = start_application(plan=plan, title=title, actor=request.actor, now=now)
            return redirect("applicant:applications:show", application.pk)
        except Refused as refusal:
            error = refusal.sentence
    context = {
        "plan": plan,
        "existing": live_application(request.actor.person_id, plan),
        "is_open": is_open(plan, now),
        "error": error,
    }
    return render(request, "applicant/applications/start.html", context, status=409 if error else 200)


@page(audience=Audience.APPLICANT)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """A draft as a list of its pages; a submitted case as a timeline with who has it."""
    case = loaded_case(request.actor, key, clock.now())
    if case is None:
        raise Http404
    if case.application.state == ApplicationState.DRAFT:
        desk = desk_of(request, key)
        pages = [(each.label, url_of(desk, each), desk.is_done(each)) for each in desk.pages]
        context = {"desk": desk, "application": desk.application, "pages": pages, "now": desk.now}
        return render(request, "applicant/applications/draft.html", context)
    context = {
        "case": case,
        "application": case.application,
        "refusal": refusal_of(case),
        "bill": bill_of(key),
        "can_withdraw": _can_withdraw(case),
        "now": clock.now(),
    }
    return render(request, "applicant/applications/show.html", context)


def _can_withdraw(case) -> bool:
    has_begun = any(moment.decisions for moment in case.moments)
    return case.application.state == ApplicationState.IN_REVIEW and not has_begun


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take an application back before the employer has begun."""
    application = get_object_or_404(visible_to(request.actor), pk=key)
    if request.method == "POST":
        withdraw_application(application_id=key, actor=request.actor, now=clock.now())
        messages.success(request, "已撤回。仍在申报时间内的，可以重新申报。")
        return redirect("applicant:home")
    return render(request, "applicant/applications/withdraw.html", {"application": application})


@page(audience=Audience.APPLICANT)
def receipt(request: HttpRequest, key: int) -> HttpResponse:
    """The receipt as PDF, once it is made; until then a page that says so."""
    application = get_object_or_404(visible_to(request.actor), pk=key)
    if not application.receipt:
        return render(request, "applicant/applications/receipt.html", {"application": application})
    return made_file(application.receipt, name=f"receipt-{application.number}.pdf", as_attachment=True)


@page(audience=Audience.APPLICANT)
def file(request: HttpRequest, key: int, file: int) -> HttpResponse:
    """A file of the draft or of the last submission."""
    application = get_object_or_404(visible_to(request.actor), pk=key)
    drafted = {row.key: row.data for row in Section.objects.filter(application=application)}
    signed = SigningRequest.objects.filter(application=application, used_at=None, image_id=file).exists()
    content = {"draft": drafted, "submitted": previous_content(application)}
    stored = file_of(application, file, content=content)
    if stored is None and signed:
        stored = StoredFile.objects.get(pk=file)
    if stored is None:
        raise Http404
    return file_response(stored, request)
