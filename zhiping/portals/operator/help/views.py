"""The list of questions, one thread with its answers and whether they arrived, closing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from zhiping.help_centre.operations import answer_question, close_question
from zhiping.help_centre.queries import thread_of, visible_to, with_replies
from zhiping.help_centre.transitions import ANSWER, CLOSE
from zhiping.kernel import clock
from zhiping.lifecycle.moving import available
from zhiping.portals.operator.help.forms import AnswerForm, CloseForm, FilterForm
from zhiping.privacy.masks import mask_email
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.OPERATOR)
def questions(request: HttpRequest) -> HttpResponse:
    """Open ones unless another state is chosen, oldest first."""
    form = FilterForm(request.GET if "state" in request.GET else {"state": "open"})
    chosen = form.cleaned_data["state"] if form.is_valid() else "open"
    rows = visible_to(request.actor).defer("text")
    rows = with_replies(rows.filter(state=chosen) if chosen else rows)
    shown = Paginator(rows.order_by("asked_at", "pk"), 20).get_page(request.GET.get("page"))
    return form_page(request, "operator/help/list.html", {"page": shown, "form": form})


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def question(request: HttpRequest, key: int) -> HttpResponse:
    """One thread; POST answers it."""
    found = get_object_or_404(visible_to(request.actor), pk=key)
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        with form.showing_refusals():
            answer_question(question=found, **form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, "答复已保存，正在用邮件发出。")
            return redirect("operator:help:show", key)
    context = {
        "question": found,
        "email": mask_email(found.email),
        "replies": thread_of(found),
        "moves": available((ANSWER, CLOSE), request.actor, found),
        "form": form,
    }
    return form_page(request, "operator/help/show.html", context)


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Settled or not to be answered."""
    found = get_object_or_404(visible_to(request.actor), pk=key)
    form = CloseForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        with form.showing_refusals():
            close_question(question=found, **form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, "问题已关闭。")
            return redirect("operator:help:list")
    return form_page(request, "operator/help/close.html", {"question": found, "form": form})
