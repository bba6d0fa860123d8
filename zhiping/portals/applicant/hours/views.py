"""Reading one's own ledger and looking ahead."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations, queries, transitions
from zhiping.continuing_education.conversion import conversions_for, registers_for
from zhiping.continuing_education.models import Aim
from zhiping.continuing_education.requirement import look_ahead
from zhiping.continuing_education.shortfall import to_learn
from zhiping.kernel import clock
from zhiping.lifecycle.moving import available
from zhiping.policies.queries import pack_of, published
from zhiping.portals.applicant.hours.place import region_of
from zhiping.web.hour_rules import AheadForm, rule_and_title, rule_choices
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT)
def index(request: HttpRequest) -> HttpResponse:
    """The ledger by year, what is on its way, and the shortfall for what one means to apply for."""
    person = request.actor.person_id
    aim = Aim.objects.filter(person_id=person).first()
    context: dict[str, Any] = {
        "years": list(queries.years_of(person)),
        "waiting": list(queries.visible_to(request.actor).filter(state__in=queries.OPEN)[:20]),
        "aim": aim,
        **(_ahead(person, aim.pack_slug, aim.title, aim.year) if aim else {}),
    }
    return render(request, "applicant/hours/index.html", context)


@page(audience=Audience.APPLICANT)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Every record of a year with its source, its trust and its versions."""
    person = request.actor.person_id
    ledger = get_object_or_404(queries.years_of(person), year=year)
    cards = queries.cards_visible_to(request.actor).filter(year=year)
    context = {
        "ledger": ledger,
        "records": list(queries.records_in_year(person, year)),
        "card": cards.filter(number=ledger.number).first(),
    }
    return render(request, "applicant/hours/year.html", context)


@page(audience=Audience.APPLICANT)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One record: what it says, where it stands, what can be done."""
    rows = queries.visible_to(request.actor).select_related("employer", "authority", "course__provider")
    record = get_object_or_404(rows, pk=key)
    acts = available((transitions.WITHDRAW, transitions.REPLACE), request.actor, record)
    context = {
        "record": record,
        "proofs": list(record.proofs.all()),
        "can_withdraw": transitions.WITHDRAW in acts,
        "can_mend": record.state == "returned",
    }
    return render(request, "applicant/hours/show.html", context)


@page(audience=Audience.APPLICANT)
def conversions(request: HttpRequest) -> HttpResponse:
    """The table of what counts as hours, with its citation."""
    region = region_of(request.actor)
    context = {"conversions": conversions_for(region), "registers": registers_for(region)}
    return render(request, "applicant/hours/conversions.html", context)


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def ahead(request: HttpRequest) -> HttpResponse:
    """What is still missing for a title in a later year; it can be kept as one's aim."""
    form = AheadForm(
        request.POST or request.GET or None, rules=rule_choices(request.actor), today=clock.today()
    )
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        slug, title = rule_and_title(form.cleaned_data["rule"])
        when = form.cleaned_data["year"]
        if request.method == "POST":
            operations.set_aim(pack_slug=slug, title=title, year=when, actor=request.actor, now=clock.now())
            messages.success(request, "已记下。申报前一年，缺多少学时会发消息提醒您。")
            return redirect("applicant:hours:index")
        context |= _ahead(request.actor.person_id, slug, title, when)
    return render(request, "applicant/hours/ahead.html", context)


def _ahead(person: int, slug: str, title: str, year: int) -> dict[str, Any]:
    """The verdict by the rules in force, moved to the year."""
    version = published(slug)
    if version is None:
        return {"verdict": None}
    this_year = clock.today().year
    lines = queries.ledger_lines(person)
    verdict = look_ahead(pack_of(version), title, lines, year=year, first=this_year)
    return {
        "verdict": verdict,
        "lacking": to_learn(verdict.missing, this_year=this_year),
        "wanted_title": title,
        "wanted_year": year,
        "basis": pack_of(version).name,
        "basis_year": pack_of(version).data["plan"]["year"],
    }
