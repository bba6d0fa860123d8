"""The log of SMS and e-mails, the templates with sample words, sending again what did not arrive."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.messaging.echo import Template, echoes
from zhiping.messaging.models import Echo
from zhiping.messaging.operations import send_again
from zhiping.messaging.queries import echoes_visible_to
from zhiping.messaging.states import TROUBLED, Channel
from zhiping.portals.operator.messages.forms import AgainForm, FilterForm
from zhiping.privacy.masks import mask_email, mask_phone
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.OPERATOR)
def log(request: HttpRequest) -> HttpResponse:
    """What was sent, newest first; addresses are masked and the words are not shown."""
    form = FilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = echoes_visible_to(request.actor).defer("text", "gaps", "subject")
    for name in ("channel", "outcome"):
        if chosen.get(name):
            found = found.filter(**{name: chosen[name]})
    shown = Paginator(found, 20).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": [_row(each) for each in shown], "form": form}
    return form_page(request, "operator/messages/log.html", context)


def _row(echo: Echo) -> dict[str, Any]:
    template = echoes().any(echo.key, echo.channel)
    mask = mask_phone if echo.channel == Channel.SMS else mask_email
    return {
        "echo": echo,
        "label": template.label if template else echo.key,
        "address": mask(echo.address) if echo.address else "",
        "may_be_sent_again": echo.outcome in TROUBLED,
    }


@page(audience=Audience.OPERATOR, methods=("POST",))
def again(request: HttpRequest, key: int) -> HttpResponse:
    """Send once more what did not arrive."""
    echo = get_object_or_404(echoes_visible_to(request.actor), pk=key)
    form = AgainForm(request.POST)
    if not form.is_valid():
        raise Refused("这一页已经过时，请回到发送记录再试。")
    send_again(echo=echo, seen_round=form.cleaned_data["round"], actor=request.actor, now=clock.now())
    messages.success(request, "已排队重发，几秒后可以看到结果。")
    return redirect("operator:messages:log")


@page(audience=Audience.OPERATOR)
def templates(request: HttpRequest) -> HttpResponse:
    """Every template with sample words, as the person would read it."""
    known = echoes()
    context = {
        "kinds": _previews(known.templates.values()),
        "direct": _previews(known.direct.values()),
        "sms": known.limits[Channel.SMS],
        "email": known.limits[Channel.EMAIL],
    }
    return render(request, "operator/messages/templates.html", context)


def _previews(templates: Iterable[Template]) -> list[dict[str, Any]]:
    known = echoes()
    return [
        {
            "template": each,
            "channel": Channel(each.channel).label,
            "subject": each.subject.format_map(known.samples),
            "words": (f"【{known.sign}】" if each.channel == Channel.SMS else "")
            + each.filled(known.samples),
        }
        for each in templates
    ]
