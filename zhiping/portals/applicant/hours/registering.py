"""Registering hours with proof, mending what was returned, taking back."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations
from zhiping.continuing_education.conversion import conversions_for, registers_for
from zhiping.continuing_education.ledger import plain
from zhiping.continuing_education.models import HourRecord
from zhiping.continuing_education.queries import visible_to
from zhiping.files.models import StoredFile
from zhiping.files.operations import store_file
from zhiping.files.queries import visible_to as files_visible_to
from zhiping.files.states import SCANS
from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.portals.applicant.hours.forms import HoursForm
from zhiping.portals.applicant.hours.place import PROVINCE, employer_of
from zhiping.web.numbers import posted_version, whole_numbers
from zhiping.web.pages import Audience, page

MAX_FILES = 12


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Register hours."""
    return _form_page(request, None)


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def mend(request: HttpRequest, key: int) -> HttpResponse:
    """The next version of a record that was returned."""
    record = get_object_or_404(visible_to(request.actor).filter(state="returned"), pk=key)
    return _form_page(request, record)


@page(audience=Audience.APPLICANT, methods=("POST",))
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a record back."""
    record = get_object_or_404(visible_to(request.actor), pk=key)
    expected = posted_version(request)
    operations.withdraw_own_hours(hour_record=record, expected=expected, actor=request.actor, now=clock.now())
    messages.success(request, "已撤回。")
    return redirect("applicant:hours:index")


def _form_page(request: HttpRequest, record: HourRecord | None) -> HttpResponse:
    employer = employer_of(request.actor)
    region = employer.region_id if employer else PROVINCE
    table = {each.key: each for each in conversions_for(region)}
    form = HoursForm(
        request.POST or None,
        initial=_initial(record),
        conversions=table.values(),
        registers=registers_for(region),
    )
    held = _held(request, record)
    if form.is_valid():
        given = form.cleaned_data
        with form.showing_refusals():
            held = _with_uploads(request, held)
            made = operations.register_own_hours(
                conversion=table[given["conversion"]],
                **{name: given[name] for name in ("amount", "year", "title", "registered_in")},
                proofs=held,
                employer=employer,
                token=request.POST.get("token", "")[:32],
                mended=record,
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"已登记 {plain(made.hours)} 学时，送单位审核。")
            return redirect("applicant:hours:show", made.pk)
    context = {
        "form": form,
        "record": record,
        "held": held,
        "employer": employer,
        "token": request.POST.get("token") or secrets.token_hex(16),
    }
    return render(request, "applicant/hours/form.html", context, status=422 if form.errors else 200)


def _initial(record: HourRecord | None) -> dict[str, object]:
    if record is None:
        return {"year": clock.today().year}
    return {name: getattr(record, name) for name in ("conversion", "year", "title", "registered_in")}


def _held(request: HttpRequest, record: HourRecord | None) -> list[StoredFile]:
    """Files that the form keeps, the person's own alone; at first those of the returned version."""
    if request.method == "POST":
        kept = whole_numbers(request.POST.getlist("kept"))[:MAX_FILES]
        return list(files_visible_to(request.actor).filter(pk__in=kept).order_by("pk"))
    return list(record.proofs.order_by("pk")) if record else []


def _with_uploads(request: HttpRequest, held: list[StoredFile]) -> list[StoredFile]:
    owner = Person(pk=request.actor.person_id)
    stored = [
        store_file(upload=upload, owner=owner, kinds=SCANS, actor=request.actor, now=clock.now())
        for upload in request.FILES.getlist("proof")[:MAX_FILES]
    ]
    return [*held, *(each for each in stored if each not in held)]
