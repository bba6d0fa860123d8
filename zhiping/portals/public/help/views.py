"""Read and search the articles; ask, and read the answers to one's own questions."""

from pathlib import Path

from allauth.core import ratelimit
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from zhiping.help_centre.article import articles_in, search
from zhiping.help_centre.operations import ask_question
from zhiping.help_centre.queries import thread_of, visible_to, with_replies
from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.messaging.queries import contact_of
from zhiping.portals.public.help.forms import AskForm, SearchForm
from zhiping.web import markdown
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """All articles, or those that hold the words."""
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = search(articles_in(Path(settings.HELP)), words)
    return render(request, "public/help/index.html", {"form": form, "articles": found, "words": words})


@page(audience=Audience.PUBLIC)
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    known = articles_in(Path(settings.HELP))
    found = next((each for each in known if each.slug == slug), None)
    if found is None:
        raise Http404
    context = {"title": found.title, "body": markdown.render(found.text, markdown.site_path)}
    return render(request, "public/help/article.html", context)


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
def ask(request: HttpRequest) -> HttpResponse:
    """Ask by e-mail; whoever is signed in can read the thread here too."""
    form = AskForm(request.POST or None, initial={"email": _own_email(request)})
    if form.is_valid():
        if not ratelimit.consume(request, action="help"):
            raise Refused("这个网络地址上的提问太频繁。请等 1 分钟再试。")
        with form.showing_refusals():
            ask_question(**form.cleaned_data, actor=request.actor, now=clock.now())
            return redirect("public:help:asked")
    return form_page(request, "public/help/ask.html", {"form": form})


def _own_email(request: HttpRequest) -> str:
    person = Person.objects.filter(pk=request.actor.person_id).first() if request.actor.person_id else None
    return contact_of(person).email if person else ""


@page(audience=Audience.PUBLIC)
def asked(request: HttpRequest) -> HttpResponse:
    """The question has come in."""
    return render(request, "public/help/asked.html", {"mine_url": reverse("public:help:mine")})


@page(audience=Audience.SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own questions, newest first."""
    rows = visible_to(request.actor).filter(person_id=request.actor.person_id, person__isnull=False)
    shown = Paginator(with_replies(rows).order_by("-asked_at", "-pk"), 20).get_page(request.GET.get("page"))
    return render(request, "public/help/mine.html", {"page": shown})


@page(audience=Audience.SIGNED_IN)
def thread(request: HttpRequest, key: int) -> HttpResponse:
    """One own question with its replies."""
    rows = visible_to(request.actor).filter(person_id=request.actor.person_id, person__isnull=False)
    question = get_object_or_404(rows, pk=key)
    context = {"question": question, "replies": thread_of(question)}
    return render(request, "public/help/thread.html", context)
