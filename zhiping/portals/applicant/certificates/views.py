"""Download what the platform made: certificates (R-333) and the review form (R-312)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.queries import visible_to as applications_visible_to
from zhiping.certificates import queries
from zhiping.certificates.operations import export_review_form
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT)
def index(request: HttpRequest) -> HttpResponse:
    """Certificates of the person."""
    rows = queries.visible_to(request.actor).order_by("-obtained_on", "-number")
    return render(request, "applicant/certificates/index.html", {"certificates": rows})


@page(audience=Audience.APPLICANT)
def download(request: HttpRequest, key: int) -> HttpResponse:
    """The signed PDF; the same bytes each time (R-333). A revoked one is not given out (R-338)."""
    certificate = get_object_or_404(queries.visible_to(request.actor), pk=key)
    if certificate.state != "valid":
        raise Refused(f"这张证书{certificate.get_state_display()}，不能下载。")
    return made_file(certificate.file, name=f"{certificate.number}.pdf")


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def form(request: HttpRequest, application: int) -> HttpResponse:
    """The review form of one application: ask for it, then print it."""
    own = get_object_or_404(
        applications_visible_to(request.actor).select_related("plan__pack_version"), pk=application
    )
    if request.method == "POST":
        export_review_form(application=own, actor=request.actor, now=clock.now())
        messages.success(request, "评审表正在生成，几秒后可以下载。")
        return redirect("applicant:certificates:form", own.pk)
    context = {
        "application": own,
        "forms": own.review_forms.prefetch_related("records").order_by("-number"),
        "is_exportable": queries.is_exportable(own),
        "copies": queries.copies_wanted(own.plan),
    }
    return form_page(request, "applicant/certificates/form.html", context)


@page(audience=Audience.APPLICANT)
def form_file(request: HttpRequest, application: int, number: int) -> HttpResponse:
    """One version of the review form as PDF."""
    own = get_object_or_404(applications_visible_to(request.actor), pk=application)
    made = get_object_or_404(own.review_forms, number=number)
    if not made.file_hash:
        raise Refused("评审表还在生成，请几秒后刷新页面再下载。")
    return made_file(made.file, name=f"review-form-{own.number}-{number}.pdf")
