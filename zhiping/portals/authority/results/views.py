"""Reports that ask the acting body to publish, and the certificates it published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.certificates import queries
from zhiping.certificates.operations import (
    confirm_report,
    correct_certificate,
    return_report,
    revoke_certificate,
)
from zhiping.kernel import clock
from zhiping.portals.authority.results.forms import ConfirmForm, CorrectForm, ReturnForm, RevokeForm
from zhiping.web.answers import form_page
from zhiping.web.forms import PlatformForm
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page


@page(audience=Audience.AUTHORITY)
def index(request: HttpRequest) -> HttpResponse:
    """Reports for the acting body, newest first."""
    rows = queries.reports_visible_to(request.actor).prefetch_related("confirmations")
    return render(request, "authority/results/index.html", {"reports": rows[:100]})


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One report with its people; confirm it or send it back."""
    report = get_object_or_404(queries.reports_visible_to(request.actor), pk=key)
    sent_back = "return" in request.POST
    confirm = ConfirmForm(request.POST if request.method == "POST" and not sent_back else None)
    back = ReturnForm(request.POST if sent_back else None)
    if request.method == "POST":
        act, form, done = (
            (return_report, back, "已退回评委会办公室。")
            if sent_back
            else (confirm_report, confirm, "已确认。所有发文单位都确认后，证书自动生成。")
        )
        if form.is_valid() and _tried(act, form, report=report, **_common(request)):
            messages.success(request, done)
            return redirect("authority:results:show", report.pk)
    context = {
        "report": report,
        "people": report.applications.select_related("person", "employer", "title").order_by("number"),
        "parts": report.confirmations.select_related("organisation"),
        "certificates": queries.visible_to(request.actor).filter(report=report),
        "confirm": confirm,
        "back": back,
        "mine": report.confirmations.filter(
            organisation_id=request.actor.organisation_id, confirmed_at=None
        ).exists(),
    }
    return form_page(request, "authority/results/show.html", context)


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Take a title away with its basis."""
    return _end(request, key, RevokeForm, revoke_certificate, "撤销职称")


@page(audience=Audience.AUTHORITY, methods=("GET", "POST"))
def correct(request: HttpRequest, key: int) -> HttpResponse:
    """Replace a certificate that names its holder wrongly."""
    return _end(request, key, CorrectForm, correct_certificate, "更正证书")


def _end(
    request: HttpRequest, key: int, form_class: type[RevokeForm], act: Callable[..., Any], label: str
) -> HttpResponse:
    certificate = get_object_or_404(queries.visible_to(request.actor), pk=key)
    form = form_class(request.POST or None)
    values = {"certificate": certificate, **_common(request)}
    if request.method == "POST" and form.is_valid() and _tried(act, form, **values):
        messages.success(request, f"{label}已办理，核验页面立即显示新的状态。")
        return redirect("authority:results:show", certificate.report_id)
    context = {"certificate": certificate, "form": form, "label": label}
    return form_page(request, "authority/results/end.html", context)


def _common(request: HttpRequest) -> dict[str, Any]:
    return {"version": posted_version(request), "actor": request.actor, "now": clock.now()}


def _tried(act: Callable[..., Any], form: PlatformForm, **values: Any) -> bool:
    """Run the operation with the form's values; a refusal goes back into the form."""
    with form.showing_refusals():
        act(**values, **form.cleaned_data)
        return True
    return False
