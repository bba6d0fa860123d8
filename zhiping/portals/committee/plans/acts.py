"""One act each: confirm a point, move a plan on, add or take away a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.certificates.operations import archive_finished_plan
from zhiping.files.states import PDF_ONLY
from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.plans import operations, transitions
from zhiping.portals.committee.plans.forms import AttachmentForm, ReasonForm
from zhiping.portals.committee.plans.views import find_own
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page

ACTS = {
    "propose": operations.propose_plan,
    "publish": operations.publish_plan,
    "resume": operations.resume_plan,
    "archive": archive_finished_plan,
}
WITH_REASON = {"return": operations.return_plan, "suspend": operations.suspend_plan}
LABELS = {each.verb.split(".")[1]: each.label for each in transitions.ALL}
DONE = {
    "propose": "已提交复核，请另一位同事登录后发布。",
    "publish": "计划已发布。",
    "resume": "计划已恢复。",
    "archive": "计划已归档。",
    "return": "已退回草稿。",
    "suspend": "计划已暂停。",
}


@page(audience=Audience.COMMITTEE, methods=("POST",))
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm one point by name."""
    plan = find_own(request, slug)
    operations.confirm_point(plan=plan, key=request.POST.get("key", ""), actor=request.actor, now=clock.now())
    return redirect(f"{request.path.removesuffix('confirm/')}#points")


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def act(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """Ask once more, then move the plan on; a reason where someone will have to live with it."""
    plan = find_own(request, slug)
    if verb not in LABELS or verb not in (*ACTS, *WITH_REASON):
        return redirect("committee:plans:detail", plan.slug)
    form = ReasonForm(request.POST or None) if verb in WITH_REASON else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            expected = posted_version(request)
            common = {"plan": plan, "actor": request.actor, "now": clock.now(), "expected": expected}
            if form is None:
                ACTS[verb](**common)
            else:
                WITH_REASON[verb](reason=form.cleaned_data["reason"], **common)
        except Refused as refusal:
            return _asked(request, plan, verb, form, refusal)
        messages.success(request, DONE[verb])
        return redirect("committee:plans:detail", plan.slug)
    return _asked(request, plan, verb, form, None)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def attach(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a PDF under 其他相关附件."""
    plan, form = find_own(request, slug), AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            owner = Person.objects.get(pk=request.actor.person_id)
            operations.attach_file(
                plan=plan,
                owner=owner,
                kinds=PDF_ONLY,
                actor=request.actor,
                now=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error("upload", refusal.sentence)
        else:
            messages.success(request, "附件已公开。")
            return redirect("committee:plans:detail", plan.slug)
    return render(request, "committee/plans/attach.html", {"plan": plan, "form": form}, status=422)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def detach(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a file away from 其他相关附件."""
    plan = find_own(request, slug)
    operations.detach_file(plan=plan, number=number, actor=request.actor, now=clock.now())
    return redirect("committee:plans:detail", plan.slug)


def _asked(
    request: HttpRequest, plan, verb: str, form: ReasonForm | None, refusal: Refused | None
) -> HttpResponse:
    plan.refresh_from_db(fields=["state", "version"])
    values = {"plan": plan, "verb": verb, "label": LABELS[verb], "form": form, "refusal": refusal}
    status = 409 if refusal else 422 if form is not None and form.errors else 200
    return render(request, "committee/plans/act.html", values, status=status)
