"""移交清单: make one from papers at hand, confirm one line by line, take one back, download it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.certificates import queries, seals
from zhiping.certificates.access import can_cancel_handover, can_confirm_handover
from zhiping.certificates.models import Handover
from zhiping.certificates.operations import Answer, cancel_handover, confirm_lines, make_handover
from zhiping.certificates.states import HandoverState, LineAnswer
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.numbers import posted_version, whole_number, whole_numbers

A_PAGE = 20
ANSWER = "answer-"
ANSWERS = [(each.value, each.label) for each in (LineAnswer.RECEIVED, LineAnswer.DIFFERS, LineAnswer.MISSING)]
FILES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def index(request: HttpRequest, namespace: str) -> HttpResponse:
    """Bodies that papers can go to now; every list sent and received."""
    rows = queries.handovers_visible_to(request.actor).order_by("-made_at", "-pk")
    context = {
        "receivers": queries.receivers_for(request.actor),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "own": request.actor.organisation_id,
        "ns": namespace,
    }
    return render(request, "paper/handovers.html", context)


def new(request: HttpRequest, namespace: str, receiver: int) -> HttpResponse:
    """Choose the papers that go to this body."""
    body = get_object_or_404(queries.bodies_above(request.actor), pk=receiver)
    ready = queries.ready_for(request.actor, body)
    error = ""
    if request.method == "POST":
        chosen = whole_numbers(request.POST.getlist("form"))
        try:
            made = make_handover(receiver=body, forms=chosen, actor=request.actor, now=clock.now())
        except Refused as refusal:
            error = refusal.sentence
        else:
            messages.success(request, f"移交清单{made.number}已生成，请打印后随纸质表送交。")
            return redirect(f"{namespace}:handover", made.pk)
    context = {"receiver": body, "rows": list(ready), "error": error, "ns": namespace}
    return render(request, "paper/new.html", context, status=422 if error else 200)


def show(request: HttpRequest, namespace: str, key: int) -> HttpResponse:
    """One list; its receiver answers the lines that still wait."""
    handover = get_object_or_404(queries.handovers_visible_to(request.actor), pk=key)
    error = ""
    if request.method == "POST":
        try:
            confirm_lines(
                handover=handover,
                answers=_answers(request),
                version=posted_version(request),
                actor=request.actor,
                now=clock.now(),
            )
        except Refused as refusal:
            error = refusal.sentence
        else:
            messages.success(request, "核收结果已登记。")
            return redirect(f"{namespace}:handover", key)
    waits = handover.state == HandoverState.SENT
    context = {
        "handover": handover,
        "rows": _rows(request, handover),
        "answers": ANSWERS,
        "may_confirm": waits and can_confirm_handover(request.actor, handover),
        "may_cancel": waits and can_cancel_handover(request.actor, handover),
        "error": error,
        "ns": namespace,
    }
    return render(request, "paper/handover.html", context, status=422 if error else 200)


def cancel(request: HttpRequest, namespace: str, key: int) -> HttpResponse:
    """Take a list back before anything was answered."""
    handover = get_object_or_404(queries.handovers_visible_to(request.actor), pk=key)
    cancel_handover(handover=handover, version=posted_version(request), actor=request.actor, now=clock.now())
    messages.success(request, "清单已作废，纸质表仍在本单位。")
    return redirect(f"{namespace}:handovers")


def file(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    """The list as PDF or Excel, as it was made."""
    handover = get_object_or_404(queries.handovers_visible_to(request.actor), pk=key)
    made = getattr(handover, kind)
    if not made:
        raise Refused("清单还在生成，请几秒后刷新页面再下载。")
    name = f"handover-{handover.year}-{handover.serial}.{kind}"
    return made_file(made, name=name, media_type=FILES[kind], as_attachment=kind == "xlsx")


def _answers(request: HttpRequest) -> dict[int, Answer]:
    """What was posted, by line; lines without an answer wait on."""
    found = {}
    for name, answer in request.POST.items():
        key = whole_number(name.removeprefix(ANSWER)) if name.startswith(ANSWER) else None
        if key is not None and answer:
            copies = whole_number(request.POST.get(f"copies-{key}"))
            copies = None if copies is None else min(copies, 99)
            found[key] = Answer(answer, copies, request.POST.get(f"note-{key}", "")[:200])
    return found


def _rows(request: HttpRequest, handover: Handover) -> list[dict[str, Any]]:
    """Lines with the seals due at the receiver, and what was typed if it was refused."""
    lines = list(queries.lines_of(handover))
    due = queries.seals_due_on(lines, handover.receiver_id)
    return [
        {
            "line": line,
            "seals": "、".join(seals.labels(due[line.form_id])),
            "answer": request.POST.get(f"answer-{line.pk}", ""),
            "copies": request.POST.get(f"copies-{line.pk}", line.copies),
            "note": request.POST.get(f"note-{line.pk}", ""),
        }
        for line in lines
    ]
