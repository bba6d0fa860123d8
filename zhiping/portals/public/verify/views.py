"""What anyone may ask about a certificate. An unknown number and a wrong name get the same answer."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.certificates import queries
from zhiping.certificates.models import Certificate
from zhiping.documents.signing_keys import trust_roots
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Refused
from zhiping.portals.public.verify.forms import FileForm, VerifyForm
from zhiping.portals.public.verify.throttle import slow_down
from zhiping.privacy.masks import mask_name
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page

if TYPE_CHECKING:
    from zhiping.documents.verification import Verification


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
def index(request: HttpRequest) -> HttpResponse:
    """Number and name."""
    form = VerifyForm(request.POST or None)
    context = {"form": form, "file_form": FileForm()}
    if request.method == "POST" and form.is_valid():
        try:
            slow_down(request)
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            found = queries.find_certificate(**form.cleaned_data)
            return _answer(request, found)
    return form_page(request, "public/verify/index.html", context)


@page(audience=Audience.PUBLIC, methods=("POST",))
def file(request: HttpRequest) -> HttpResponse:
    """The PDF itself: signature over the whole file and the register's hash must both agree."""
    file_form = FileForm(request.POST, request.FILES)
    if not file_form.is_valid():
        return form_page(request, "public/verify/index.html", {"form": VerifyForm(), "file_form": file_form})
    slow_down(request)
    # Loaded when needed: 17 MB less for a process that never verifies.
    from zhiping.documents.verification import verify

    checked = verify(file_form.cleaned_data["file"].read(), trust_roots())
    found = queries.certificate_by_file(checked.sha256) if checked.is_genuine else None
    return _answer(request, found, checked)


@page(audience=Audience.PUBLIC)
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR of a certificate."""
    slow_down(request)
    return _answer(request, queries.certificate_by_code(code))


@page(audience=Audience.PUBLIC)
def form(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR of a paper review form: which version it is and whether it is the newest.

    Staff of a desk that handles the paper come to their register: the phone's camera is the scanner.
    """
    if queries.form_at_desk(request.actor, code):
        portal = "committee" if request.actor.has_role(Role.COMMITTEE_OFFICE) else "authority"
        return redirect(f"{portal}:paper:show", code)
    slow_down(request)
    found = queries.form_by_code(code)
    fault = queries.why_outdated(found) if found else ""
    return render(request, "public/verify/form.html", {"form_version": found, "fault": fault})


def _answer(
    request: HttpRequest, found: Certificate | None, checked: "Verification | None" = None
) -> HttpResponse:
    context = {
        "certificate": found,
        "checked": checked,
        "name": mask_name(found.holder_name) if found else "",
    }
    return render(request, "public/verify/answer.html", context, status=200 if found else 404)
