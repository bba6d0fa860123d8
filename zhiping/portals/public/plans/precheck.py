"""The explained pre-check: anyone may ask, nothing is stored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiping.kernel import clock
from zhiping.plans.queries import is_open
from zhiping.plans.rules import rules_of
from zhiping.policies.queries import judge
from zhiping.portals.public.plans.cards import card_of
from zhiping.portals.public.plans.explained import explain
from zhiping.portals.public.plans.questions import read_answers, words_of_errors
from zhiping.portals.public.plans.views import find_plan
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
def precheck(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what the rules of one title read; judge every way of applying; keep what was typed.

    Deadlines are judged only while the plan is open: in a closed plan people want to know about the conditions.
    """
    now, plan = clock.now(), find_plan(request, slug)
    rules, titles = rules_of(plan), list(plan.titles.all())
    chosen = next((t for t in titles if t.key == request.POST.get("title", request.GET.get("title"))), None)
    title = chosen or (titles[0] if titles else None)
    values = {"plan": plan, "card": card_of(plan, now), "titles": titles, "title": title}
    if title is None:
        return render(request, "public/plans/precheck.html", values | {"groups": [], "answer": None})
    answers = read_answers(rules, title.key, request.POST)
    asked = request.method == "POST" and not request.POST.get("more") and not answers.errors
    if asked:
        at = now if is_open(plan, now) else None
        values["answer"] = explain(judge(rules, _with_sources(answers.facts), title=title.key, at=at))
    values |= {
        "groups": answers.groups,
        "errors": words_of_errors(answers.errors),
        "page_has_errors": bool(answers.errors),
        "more": request.POST.get("more", ""),
        "answer": values.get("answer"),
        "judges_dates": is_open(plan, now),
    }
    return render(request, "public/plans/precheck.html", values, status=422 if answers.errors else 200)


def _with_sources(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts, each marked as the visitor's own word."""
    return {**facts, "sources": dict.fromkeys(facts, "您填写的内容")}
