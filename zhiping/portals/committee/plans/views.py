"""The office's plans: list, one plan, rollover."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.operations import change_window
from zhiping.auditlog.queries import history_of
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import available
from zhiping.plans import operations, queries, transitions
from zhiping.plans.models import Plan
from zhiping.plans.rules import days_of
from zhiping.plans.states import PlanState
from zhiping.policies import queries as policies
from zhiping.policies.states import USABLE
from zhiping.portals.committee.plans.forms import AttachmentForm, BasicsForm, RolloverForm, WindowForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page

HISTORY_SHOWN = 20
ACTS = {each.verb: each.label for each in transitions.ALL} | {
    "plan.install": "载入通知",
    "plan.roll_over": "结转建立",
    "plan.set_window": "改时间",
    "plan.reschedule": "各环节的期限随之调整",
    "plan.set_basics": "改名称、截止日或规则",
    "plan.confirm": "确认",
    "plan.attach_file": "公开附件",
    "plan.detach_file": "撤下附件",
}
BY_PEOPLE = (
    transitions.PROPOSE, transitions.PUBLISH, transitions.RETURN, transitions.SUSPEND, transitions.RESUME,
    transitions.ARCHIVE,
)  # fmt: skip


@page(audience=Audience.COMMITTEE)
def plan_list(request: HttpRequest) -> HttpResponse:
    """The office's own plans, newest first, with what each waits for."""
    now = clock.now()
    own = queries.for_lists(own_plans(request)).order_by("-year", "slug")
    rows = [(plan, queries.status(plan, now)) for plan in own]
    return render(request, "committee/plans/list.html", {"rows": rows})


@page(audience=Audience.COMMITTEE)
def plan_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One plan: what to confirm, its dates and what is wrong with them, its rules, its files, its history."""
    rows = own_plans(request).select_related("region", "office", "pack_version")
    plan = get_object_or_404(rows, slug=slug)
    windows = list(plan.windows.order_by("position"))
    is_draft = plan.state == PlanState.DRAFT
    points = list(plan.confirmations.all())
    values = {
        "plan": plan,
        "is_draft": is_draft,
        "points": points,
        "open_points": sum(point.confirmed_at is None for point in points),
        "windows": [(window, days_of(window)) for window in windows],
        "findings": queries.findings_of(plan, windows) if plan.state != PlanState.ARCHIVED else [],
        "actions": available(BY_PEOPLE, request.actor, plan),
        "attachments": list(queries.attachments_of(plan)),
        "attachment_form": AttachmentForm(),
        "history": [
            (entry, ACTS.get(entry.verb, entry.verb))
            for entry in history_of(plan).order_by("-sequence")[:HISTORY_SHOWN]
        ],
    }
    return render(request, "committee/plans/detail.html", values)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def roll_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Copy a plan into a new year."""
    plan, now = find_own(request, slug), clock.now()
    year = max(clock.beijing_day(now).year, plan.year + 1)
    form = RolloverForm(request.POST or None, initial={"year": year})
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            new = operations.roll_over(plan=plan, actor=request.actor, now=now, **form.cleaned_data)
            return redirect("committee:plans:detail", new.slug)
    return form_page(request, "committee/plans/roll_over.html", {"plan": plan, "form": form})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def window(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Change the days of one window."""
    plan = find_own(request, slug)
    row = get_object_or_404(plan.windows, step=step)
    opens, closes = days_of(row)
    is_draft = plan.state == PlanState.DRAFT
    form = WindowForm(request.POST or None, initial={"opens": opens, "closes": closes}, is_draft=is_draft)
    if request.method == "POST" and form.is_valid():
        try:
            change_window(plan=plan, step=step, actor=request.actor, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_refusal(Refused(refusal.sentence, field=(refusal.field or "").removesuffix(f"-{step}")))
        else:
            return redirect("committee:plans:detail", plan.slug)
    values = {"plan": plan, "window": row, "form": form, "is_draft": is_draft}
    return form_page(request, "committee/plans/window.html", values)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def basics(request: HttpRequest, slug: str) -> HttpResponse:
    """Change name, cut-off and rules of a draft."""
    plan = find_own(request, slug)
    versions = policies.visible_to(request.actor).filter(state__in=USABLE, slug=plan.pack_version.slug)
    initial = {"name": plan.name, "cutoff_on": plan.cutoff_on, "version": plan.pack_version_id}
    form = BasicsForm(request.POST or None, initial=initial, versions=versions)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            operations.set_basics(plan=plan, actor=request.actor, now=clock.now(), **form.cleaned_data)
            return redirect("committee:plans:detail", plan.slug)
    return form_page(request, "committee/plans/basics.html", {"plan": plan, "form": form})


def own_plans(request: HttpRequest) -> QuerySet[Plan]:
    """The plans of the acting office."""
    return queries.visible_to(request.actor).filter(office_id=request.actor.organisation_id)


def find_own(request: HttpRequest, slug: str) -> Plan:
    """One of them; 404 outside."""
    return get_object_or_404(queries.with_rows(own_plans(request)), slug=slug)
