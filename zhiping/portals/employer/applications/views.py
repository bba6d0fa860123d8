"""The shared desk for employers (see web/desk), and the report upward after the publicity."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.applications.operations import forward_case, remind_unfinished
from zhiping.applications.queries.staff import cases_of_staff, unfinished_by_plan
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.desk import case as cases
from zhiping.web.desk import queue as queues
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page

NAMESPACE = "employer:applications"
A_PAGE = 20


@page(audience=Audience.EMPLOYER)
def queue(request: HttpRequest) -> HttpResponse:
    return queues.queue(request, NAMESPACE)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def bulk(request: HttpRequest) -> HttpResponse:
    return queues.bulk(request, NAMESPACE)


@page(audience=Audience.EMPLOYER)
def case(request: HttpRequest, key: int) -> HttpResponse:
    return cases.show(request, NAMESPACE, key)


@page(audience=Audience.EMPLOYER)
def evidence(request: HttpRequest, key: int, file: int) -> HttpResponse:
    return cases.evidence(request, key, file)


@page(audience=Audience.EMPLOYER)
def prepared(request: HttpRequest, key: int, form: str) -> HttpResponse:
    return cases.prepared(request, key, form)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def decide(request: HttpRequest, key: int, outcome: str) -> HttpResponse:
    return cases.decide(request, NAMESPACE, key, outcome)


@page(audience=Audience.EMPLOYER)
def staff(request: HttpRequest) -> HttpResponse:
    """Where the applications of all our people stand, and how many are not finished."""
    rows = Paginator(cases_of_staff(request.actor), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": rows, "unfinished": unfinished_by_plan(request.actor), "now": clock.now()}
    return render(request, "employer/applications/staff.html", context)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def remind(request: HttpRequest) -> HttpResponse:
    """One message to everybody whose application is not finished."""
    count = remind_unfinished(actor=request.actor, now=clock.now())
    messages.success(request, f"已提醒 {count} 人。同一个人一天只会收到一次。")
    return redirect("employer:applications:staff")


@page(audience=Audience.EMPLOYER, methods=("POST",))
def forward(request: HttpRequest, key: int) -> HttpResponse:
    """报送: the final opinion after a publicity without open objections."""
    opened = cases.opened_case(request, key)
    if opened.step is None:
        raise Http404
    try:
        with transaction.atomic():
            forward_case(
                step=opened.step,
                opinion=request.POST.get("opinion", ""),
                version=posted_version(request),
                actor=request.actor,
                now=clock.now(),
            )
    except Refused as refusal:
        return cases.show(request, NAMESPACE, key, error=refusal.sentence)
    messages.success(request, f"{opened.application.person.name}的申报已报送。")
    return redirect("employer:applications:queue")
