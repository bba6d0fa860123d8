"""The shared desk for employers (see web/desk), and the report upward after the publicity."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhiping.applications.operations import forward_case
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.desk import case as cases
from zhiping.web.desk import queue as queues
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page

NAMESPACE = "employer:applications"


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
