"""What can be reported, what has been, and the register of certificates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.certificates import queries
from zhiping.certificates.operations import report_results
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.plans.models import Plan
from zhiping.plans.queries import visible_to as plans_visible_to
from zhiping.portals.committee.results.forms import ReportForm
from zhiping.web.answers import form_page
from zhiping.web.numbers import whole_numbers
from zhiping.web.pages import Audience, page


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """Plans with people to report, and the reports made."""
    waiting = queries.plans_to_report(request.actor)
    reports = queries.reports_visible_to(request.actor).prefetch_related("confirmations__organisation")
    return render(request, "committee/results/index.html", {"waiting": waiting, "reports": reports[:100]})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def report(request: HttpRequest, plan: int) -> HttpResponse:
    """Report the people of one plan to the publishing bodies."""
    rows = plans_visible_to(request.actor).select_related("pack_version").prefetch_related("windows")
    own = get_object_or_404(rows, pk=plan, office_id=request.actor.organisation_id)
    people = queries.reportable(own)
    needed = queries.bodies_needed(own)
    able = queries.publishing_bodies(own)
    form = ReportForm(
        request.POST or None,
        bodies=able,
        initial={"bodies": [body.pk for body in able] if len(able) == needed else []},
    )
    if request.method == "POST" and form.is_valid():
        chosen = list(people.filter(pk__in=whole_numbers(request.POST.getlist("application"))))
        with form.showing_refusals():
            _report(request, own, chosen, form)
            messages.success(request, f"已上报 {len(chosen)} 人，等发文单位确认。")
            return redirect("committee:results:index")
    context = {"plan": own, "people": people, "form": form, "needed": needed}
    context["named"] = "、".join(queries.named_publishers(own))
    return form_page(request, "committee/results/report.html", context)


def _report(request: HttpRequest, plan: Plan, chosen: list, form: ReportForm) -> None:
    report_results(
        plan=plan,
        applications=chosen,
        bodies=form.chosen,
        actor=request.actor,
        now=clock.now(),
    )


@page(audience=Audience.COMMITTEE)
def register(request: HttpRequest) -> HttpResponse:
    """Certificates of the office's plans, found by number or name."""
    text = request.GET.get("q", "").strip()
    rows = queries.visible_to(request.actor)
    if text:
        rows = rows.filter(holder_name=text) | rows.filter(number=text)
    return render(
        request,
        "committee/results/register.html",
        {"certificates": rows.order_by("-number")[:100], "q": text},
    )


@page(audience=Audience.COMMITTEE)
def download(request: HttpRequest, key: int) -> HttpResponse:
    """The one true file of a certificate."""
    certificate = get_object_or_404(queries.visible_to(request.actor), pk=key)
    if not certificate.file_hash:
        raise Refused("证书还在生成，请稍后刷新页面。")
    return made_file(certificate.file, name=f"{certificate.number}.pdf")
