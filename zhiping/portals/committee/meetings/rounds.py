"""Rounds of ballots: printing codes, closing the box, the board, making void, recount."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.committees.models import Meeting, Round
from zhiping.committees.operations.voting import PrintedCodes, close_round, open_rounds, recount, void_round
from zhiping.committees.queries import rounds_visible_to, visible_to
from zhiping.documents.ballot_slips import BallotSlip, BallotSlips
from zhiping.documents.printing import render as print_document
from zhiping.documents.qr import Qr
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.portals.committee.meetings.forms import VoidForm
from zhiping.web.answers import form_page
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page


@page(audience=Audience.COMMITTEE, methods=("POST",))
def open_all(request: HttpRequest, key: int) -> HttpResponse:
    """Open rounds and answer with the slips to print. They are shown once and kept nowhere."""
    meeting = get_object_or_404(visible_to(request.actor), pk=key)
    printed = open_rounds(meeting=meeting, actor=request.actor, now=clock.now())
    response = HttpResponse(slips_pdf(meeting, printed), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="ballot-codes-{meeting.pk}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def slips_pdf(meeting: Meeting, printed: PrintedCodes) -> bytes:
    """The slips of all rounds, in the order in which the codes were shuffled."""
    address = f"{settings.PUBLIC_URL}/ballot/"
    slips = [BallotSlip(code=f"{code}", qr=Qr(f"{address}#{code}")) for _, codes in printed for code in codes]
    sheet = BallotSlips(
        committee=meeting.committee.name,
        meeting=f"{meeting.plan.name}（{meeting.held_on}）",
        vote="、".join(f"第 {round_.number} 轮（{len(codes)} 张）" for round_, codes in printed),
        slips=tuple(slips),
    )
    return print_document(sheet.template, sheet, created=clock.now())


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One round: how many ballots are in, closing it, and after that the board of marks and choices."""
    round_ = _round(request, key)
    if request.method == "POST":
        close_round(round_=round_, version=posted_version(request), actor=request.actor, now=clock.now())
        messages.success(request, "本轮已截止并计票。")
        return redirect("committee:meetings:round", round_.pk)
    cases = round_.cases.select_related("application__person", "application__title").order_by("position")
    used = round_.codes.filter(is_used=True).count()
    context = {
        "round": round_,
        "cases": cases,
        "used": used,
        "void": VoidForm(),
        "board": _board(round_, cases),
    }
    return form_page(request, "committee/meetings/round.html", context)


def _board(round_: Round, cases) -> list[tuple[str, list[str]]]:
    """After the count: per mark the choices in the order of the cases. Before it: nothing, not even to the office."""
    if round_.state != "closed":
        return []
    order = {case.pk: at for at, case in enumerate(cases)}
    rows: dict[str, list[str]] = {}
    for ballot in round_.ballots.order_by("mark"):
        rows.setdefault(ballot.mark, [""] * len(order))[order[ballot.case_id]] = ballot.get_choice_display()
    return list(rows.items())


@page(audience=Audience.COMMITTEE, methods=("POST",))
def make_void(request: HttpRequest, key: int) -> HttpResponse:
    """Make an open round void; its cases can be voted again."""
    round_ = _round(request, key)
    form = VoidForm(request.POST)
    if not form.is_valid():
        raise Refused("请写明作废的原因，会写入会议记录。")
    with transaction.atomic():
        void_round(
            round_=round_,
            version=posted_version(request),
            actor=request.actor,
            now=clock.now(),
            **form.cleaned_data,
        )
    messages.success(request, "本轮已作废，可以重新打印表决码再次表决。")
    return redirect("committee:meetings:show", round_.meeting_id)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def check(request: HttpRequest, key: int) -> HttpResponse:
    """Recount a closed round from the paper slips, typed or scanned, one a line."""
    round_ = _round(request, key)
    result = None
    if request.method == "POST":
        codes = [line.strip() for line in request.POST.get("codes", "").splitlines() if line.strip()]
        result = list(dict.fromkeys(recount(round_, codes)))  # a slip stands for a ballot on every case
    return render(request, "committee/meetings/recount.html", {"round": round_, "result": result})


def _round(request: HttpRequest, key: int) -> Round:
    return get_object_or_404(rounds_visible_to(request.actor), pk=key)
