"""Uploading the authorisation letter and seeing what became of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from zhiping.files.operations import store_file
from zhiping.files.serving import file_response
from zhiping.files.states import SCANS
from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.organisations.models import Organisation
from zhiping.organisations.operations import registering
from zhiping.organisations.queries import letters_visible_to, visible_to
from zhiping.organisations.transitions import SUBMIT_LETTER
from zhiping.portals.employer.registration.forms import LetterForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def registration(request: HttpRequest) -> HttpResponse:
    """The employer's state, its letters, and the next upload if one is due."""
    organisation = own_employer(request)
    form = LetterForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.showing_refusals():
            _submit(request, organisation, form)
            messages.success(request, "授权委托证明已提交，审核结果会通知您。")
            return redirect("employer:registration:show")
    context = {
        "organisation": organisation,
        "letters": letters_visible_to(request.actor),
        "may_upload": organisation.state in SUBMIT_LETTER.sources,
        "form": form,
    }
    return form_page(request, "employer/registration/show.html", context)


@page(audience=Audience.EMPLOYER)
def letter_file(request: HttpRequest, key: int) -> HttpResponse:
    """One of the employer's own letters."""
    return file_response(get_object_or_404(letters_visible_to(request.actor), pk=key).file, request)


def own_employer(request: HttpRequest) -> Organisation:
    return get_object_or_404(visible_to(request.actor), pk=request.actor.organisation_id)


def _submit(request: HttpRequest, organisation: Organisation, form: LetterForm) -> None:
    now = clock.now()
    try:
        stored = store_file(
            upload=form.cleaned_data["file"],
            owner=Person.objects.get(pk=request.actor.person_id),
            kinds=SCANS,
            actor=request.actor,
            now=now,
        )
    except Refused as refusal:
        raise Refused(refusal.sentence, field="file") from None
    registering.submit_letter(
        organisation=organisation,
        file=stored,
        valid_until=form.cleaned_data["valid_until"],
        actor=request.actor,
        now=now,
    )
