"""Home, list of plans, one plan, its attachments."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from zhiping.files.serving import file_response
from zhiping.kernel import clock
from zhiping.kernel.queries import working_calendar
from zhiping.plans import queries
from zhiping.plans.models import Plan
from zhiping.plans.rules import rules_of
from zhiping.policies.queries import pack_of
from zhiping.policy_engine.words import requirements_in_words
from zhiping.portals.public.plans import notice_words
from zhiping.portals.public.plans.cards import by_phase, card_of, windows_of
from zhiping.portals.public.plans.forms import PlanFilter
from zhiping.portals.public.plans.links import url_or_none
from zhiping.web.pages import Audience, page

PLANS_PER_PAGE = 20
CLOSED_ON_HOME = 5


@page(audience=Audience.PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """What is open now, what opens soon, what has just closed."""
    now = clock.now()
    plans = queries.visible_to(request.actor).filter(state__in=queries.PUBLIC)
    form = PlanFilter(request.GET, plans=plans)
    chosen = queries.for_lists(queries.filtered(plans, **form.wanted()))
    groups = by_phase([card_of(plan, now) for plan in chosen])
    values = {
        "form": form,
        "open": groups["open"],
        "soon": groups["soon"],
        "closed": groups["closed"][:CLOSED_ON_HOME],
        "closed_count": len(groups["closed"]),
        "verify_url": url_or_none("public:verify:index"),
        "applications_url": url_or_none("applicant:applications:list", "applicant:home"),
    }
    return render(request, "public/plans/home.html", values)


@page(audience=Audience.PUBLIC)
def plan_list(request: HttpRequest) -> HttpResponse:
    """All plans, newest year first, narrowed by words, series, level, region, year."""
    now = clock.now()
    plans = queries.visible_to(request.actor).filter(state__in=queries.PUBLIC)
    form = PlanFilter(request.GET, plans=plans)
    rows = queries.for_lists(queries.filtered(plans, **form.wanted()))
    listed = Paginator(rows, PLANS_PER_PAGE).get_page(request.GET.get("page"))
    cards = [card_of(plan, now) for plan in listed]
    return render(request, "public/plans/list.html", {"form": form, "page": listed, "cards": cards})


@page(audience=Audience.PUBLIC)
def plan_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Every requirement of a plan in plain Chinese, with its source, and 马上申报 at the end (R-061)."""
    now, plan = clock.now(), find_plan(request, slug)
    rules, printed = rules_of(plan), pack_of(plan.pack_version)
    titles = list(plan.titles.all())
    values = {
        "plan": plan,
        "card": card_of(plan, now),
        "titles": titles,
        "windows": windows_of(plan, rules, now, working_calendar()),
        "requirements": [requirements_in_words(rules, title.key) for title in titles],
        "sections": notice_words.sections_of(rules),
        "chains": notice_words.chains_of(rules),
        "contacts": notice_words.contacts_of(rules),
        "documents": notice_words.documents_of(printed),
        "notice": notice_words.notice_of(printed),
        "is_carried_over": plan.year != printed.data["plan"]["year"],
        "committee": printed.data["plan"].get("committee") or {},
        "professions": printed.data["plan"].get("professions") or [],
        "downloads": printed.data.get("downloads") or [],
        "attachments": list(queries.attachments_of(plan)),
        "apply_url": url_or_none("applicant:applications:start", slug=plan.slug),
    }
    return render(request, "public/plans/detail.html", values)


@page(audience=Audience.PUBLIC)
def attachment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One file of 其他相关附件 (R-060)."""
    plan = find_plan(request, slug)
    found = get_object_or_404(queries.attachments_of(plan), pk=number)
    return file_response(found.file, request, as_attachment=True)


def find_plan(request: HttpRequest, slug: str) -> Plan:
    """A published plan with its rows; 404 otherwise, for its own office, too."""
    published = queries.visible_to(request.actor).filter(state__in=queries.PUBLIC)
    return get_object_or_404(queries.with_rows(published), slug=slug)
