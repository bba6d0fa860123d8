"""The queue: least time left first, filtered, searched, paged; and passing several after a trial run."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhiping.applications.models import Step
from zhiping.applications.operations import pass_steps
from zhiping.applications.queries import bulk_findings, cases_at, steps_visible_to
from zhiping.applications.queries.desks import Tally, listed, tally_at
from zhiping.applications.states import StepState
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.numbers import whole_number, whole_numbers

A_PAGE = 20
CHIPS = (
    ("", "在办"),
    (StepState.OPEN, "待审核"),
    (StepState.AUDITED, "待公示"),
    (StepState.PUBLICISED, "公示中"),
    (StepState.RETURNED, "退回修改中"),
    ("overdue", "已超期"),
    (StepState.PASSED, "已通过"),
    (StepState.REFUSED, "不通过"),
)
EMPLOYER_ONLY = frozenset({StepState.AUDITED, StepState.PUBLICISED})


def queue(request: HttpRequest, namespace: str) -> HttpResponse:
    """What lies on this desk."""
    now, asked = clock.now(), request.GET
    plan_id = whole_number(asked.get("plan"))
    state, words = asked.get("state", ""), asked.get("words", "")[:60]
    rows = cases_at(request.actor, words=words, state=state, plan_id=plan_id, now=now)
    tally, pages = tally_at(request.actor, now), Paginator(rows, A_PAGE)
    if not words:
        pages.count = tally.number(state, plan_id)
    page = pages.get_page(asked.get("page"))
    context = {
        "ns": namespace,
        "page": page,
        "rows": list(listed(page.object_list)),
        "chips": _chips(tally, state, namespace),
        "plans": tally.plans(),
        "plan_id": plan_id,
        "words": words,
        "state": state,
        "now": now,
        "queue_url": reverse(f"{namespace}:queue"),
    }
    return render(request, "desk/queue.html", context)


def _chips(tally: Tally, state: str, namespace: str) -> list[dict[str, Any]]:
    is_employer, url = namespace.startswith("employer"), reverse(f"{namespace}:queue")
    return [
        {
            "label": label,
            "url": f"{url}?state={key}",
            "count": tally.number(key),
            "is_current": key == state,
        }
        for key, label in CHIPS
        if is_employer or key not in EMPLOYER_ONLY
    ]


def bulk(request: HttpRequest, namespace: str) -> HttpResponse:
    """First a trial run that changes nothing; then, confirmed with an opinion, the act."""
    keys = whole_numbers(request.POST.getlist("step"))[:100]
    steps = _chosen(request, keys)
    if not steps:
        messages.warning(request, "没有选中任何一件。请先勾选，再试算。")
        return redirect(f"{namespace}:queue")
    if "confirmed" not in request.POST:
        return _trial(request, namespace, steps)
    try:
        with transaction.atomic():
            opinion = request.POST.get("opinion", "")
            findings = pass_steps(steps=steps, opinion=opinion, actor=request.actor, now=clock.now())
    except Refused as refusal:
        return _trial(request, namespace, steps, refusal.sentence)
    passed = sum(finding.can_pass for finding in findings)
    messages.success(request, f"已通过 {passed} 件，{len(findings) - passed} 件没有改动。")
    return redirect(f"{namespace}:queue")


def _trial(request: HttpRequest, namespace: str, steps: list[Step], error: str = "") -> HttpResponse:
    findings = bulk_findings(request.actor, steps, clock.now())
    context = {
        "ns": namespace,
        "findings": findings,
        "passing": sum(finding.can_pass for finding in findings),
        "error": error,
        "opinion": request.POST.get("opinion", ""),
        "queue_url": reverse(f"{namespace}:queue"),
    }
    return render(request, "desk/bulk.html", context, status=422 if error else 200)


def _chosen(request: HttpRequest, keys: list[int]) -> list[Step]:
    rows = steps_visible_to(request.actor).filter(pk__in=keys)
    related = ("application__plan__pack_version", "application__title")
    return list(rows.select_related("organisation", *related).order_by("pk"))


def home(
    request: HttpRequest, namespace: str, template: str = "desk/home.html", more: dict[str, Any] | None = None
) -> HttpResponse:
    """The desk's first page: how many lie where, and the most urgent ones."""
    now = clock.now()
    context = {
        "ns": namespace,
        "chips": [
            chip
            for chip in _chips(tally_at(request.actor, now), "-", namespace)
            if chip["label"] not in ("已通过", "不通过")
        ],
        "rows": list(listed(cases_at(request.actor, now=now)[:8])),
        "queue_url": reverse(f"{namespace}:queue"),
        "now": now,
        **(more or {}),
    }
    return render(request, template, context)
