"""年度学时卡: ask for it, download it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from zhiping.continuing_education import operations, queries
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT, methods=("POST",))
def order(request: HttpRequest, year: int) -> HttpResponse:
    """Have the card of a year made."""
    ledger = get_object_or_404(queries.years_of(request.actor.person_id), year=year)
    operations.order_card(ledger=ledger, actor=request.actor, now=clock.now())
    messages.success(request, "学时卡正在生成，几秒后刷新本页下载。")
    return redirect("applicant:hours:year", year)


@page(audience=Audience.APPLICANT)
def download(request: HttpRequest, key: int) -> HttpResponse:
    """The PDF; the same bytes each time."""
    card = get_object_or_404(queries.cards_visible_to(request.actor), pk=key)
    if not card.sha256:
        raise Refused("学时卡还在生成，请几秒后再下载。")
    return made_file(card.file, name=f"hour-card-{card.card_number}.pdf")
