"""Code → ballot paper → mark. No account, no cookie beyond the form's own token, nothing recorded but the box.

The code travels only in the body of a POST: what stands in an address stands in logs and histories as well. The QR
of a slip carries it behind the "#", which browsers keep to themselves; the page's script puts it into the field.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiping.committees.models import BallotCode, Case
from zhiping.committees.operations.voting import cast_ballots, open_round_for
from zhiping.committees.states import Choice
from zhiping.kernel.errors import Refused
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
def paper(request: HttpRequest) -> HttpResponse:
    """Enter the code, then choose for every case; a refused ballot keeps the choices made."""
    code = request.POST.get("code", "").strip()
    context: dict[str, object] = {"code": code, "choices": Choice.choices}
    try:
        row = open_round_for(code) if code and request.method == "POST" else None
        if row is not None:
            cases = _cases(row)
            picked = {case.pk: request.POST.get(f"case-{case.pk}", "") for case in cases}
            context["cases"] = [(case, picked[case.pk]) for case in cases]
            if "cast" in request.POST:
                with transaction.atomic():
                    mark = cast_ballots(code=code, choices=picked)
                return _private(render(request, "public/ballot/cast.html", {"mark": mark}))
    except Refused as refusal:
        context |= {"refusal": refusal, "page_has_errors": True}
    status = 422 if "refusal" in context else 200
    return _private(render(request, "public/ballot/paper.html", context, status=status))


def _cases(row: BallotCode) -> list[Case]:
    rows = row.round.cases.select_related(
        "application__person", "application__title", "application__employer"
    )
    return list(rows.order_by("position"))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
