"""The case page: what was handed in, what the rules say, the evidence beside it, what was said before; decisions."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html_join

from zhiping.achievements.models import CopyCheck
from zhiping.achievements.queries import copy_checks
from zhiping.applications.assessment import Assessment, assess
from zhiping.applications.draft import Draft
from zhiping.applications.operations import pass_step, refuse_case, return_case
from zhiping.applications.operations.deciding import needs_publicity
from zhiping.applications.places import always_places, changes_between, papers_of, places_of
from zhiping.applications.prepared import forms_of
from zhiping.applications.queries import file_of, visible_to
from zhiping.applications.queries.copies import demands_copy_checks
from zhiping.applications.queries.desks import CaseFile, case_file
from zhiping.applications.queries.drafts import records_about, with_plan
from zhiping.applications.queries.prepared import printed_forms
from zhiping.applications.queries.seats import seat_standing
from zhiping.applications.reasons import Reason, catalogue
from zhiping.applications.snapshot_content import sections_of
from zhiping.applications.states import HOLDING, StepState
from zhiping.files.serving import file_response
from zhiping.kernel import clock
from zhiping.kernel.clock import end_of
from zhiping.kernel.errors import Refused
from zhiping.plans.rules import rules_of
from zhiping.web.copies import answers_in
from zhiping.web.desk.attesting import asked_at, attested_in, stated_so_far
from zhiping.web.forms import refuse_strange_day
from zhiping.web.numbers import posted_version

ENCRYPTED = ("person__document_number", "person__phone")  # not for a desk to see
TYPED = ("opinion", "fix_until", "restarts", "clause", "reason")


def show(request: HttpRequest, namespace: str, key: int, *, error: str = "") -> HttpResponse:
    """One case on this desk."""
    opened = opened_case(request, key)
    content, step = opened.content, opened.step
    draft = _submitted(opened)
    judged = assess(draft, opened.application.submitted_at or clock.now(), attested=opened.attested)
    typed = request.POST if request.method == "POST" else {}
    changes = changes_between(opened.before, content) if opened.before is not None else []
    documents = _documents(request, content)
    may_decide = step is not None and step.state in HOLDING
    may_pass = may_decide and step.state == StepState.OPEN
    checks = copy_checks(papers := papers_of(content))
    context = {
        "ns": namespace,
        "case": opened,
        "application": opened.application,
        "content": content,
        "step": step,
        "fields": _fields(content, typed, {change.place.id for change in changes}, checks),
        "records": [each for each in draft.records if each.holds_on(clock.today())],
        "changes": changes,
        **_judged(judged, content),
        "documents": documents,
        "current": next((each for each in documents if each["is_current"]), None),
        "codes": catalogue(),
        "code_options": _code_options(),
        "attest": asked_at(draft.pack, opened, typed) if may_decide else [],
        "stated": stated_so_far(draft.pack, opened),
        "posts": draft.standing,
        "may_decide": may_decide,
        "may_pass": may_pass,
        "copies": _copies(request, documents, papers, checks) if may_pass else [],
        "copies_must": may_pass and demands_copy_checks(step),
        "is_provisional": may_pass and needs_publicity(step),
        "may_forward": may_decide and step.state == StepState.PUBLICISED,
        "papers": _papers(judged),
        "error": error,
        "typed": {name: typed.get(name, "") for name in TYPED},
        "now": clock.now(),
        "page_has_errors": bool(error),
    }
    return render(request, "desk/case.html", context, status=409 if error else 200)


def _judged(judged: Assessment, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the rules say of the chosen way, of the others, and of the score if one was claimed."""
    return {
        "verdict": judged.chosen.as_dict() if judged.chosen else None,
        "others": [each for each in judged.verdict.pathways if each is not judged.chosen],
        "sheet": judged.told_sheet if content["claims"] else None,
    }


def _submitted(opened: CaseFile) -> Draft:
    """What was handed in, under the plan's rules; for a public institution with what its ledger of posts says today."""
    application = opened.application
    rules = rules_of(application.plan)
    return Draft(
        application,
        rules,
        sections_of(opened.content),
        records=records_about(application),
        standing=seat_standing(application),
    )


@cache
def _code_options() -> str:
    """The catalogue as options, written once: the page repeats it beside every field."""
    rows = ((code, code, words) for code, words in catalogue().items())
    return format_html_join("", '<option value="{}">{} {}</option>', rows)


def opened_case(request: HttpRequest, key: int) -> CaseFile:
    """The case within the actor's scope, with its chain."""
    rows = with_plan(visible_to(request.actor)).defer(*ENCRYPTED)
    return case_file(get_object_or_404(rows, pk=key), request.actor)


def decide(request: HttpRequest, namespace: str, key: int, outcome: str) -> HttpResponse:
    """通过, 退回 or 不通过 as the buttons of the case page say; refused with everything typed kept."""
    try:
        with transaction.atomic():
            said = _decided(request, opened_case(request, key), outcome)
    except Refused as refusal:
        return show(request, namespace, key, error=refusal.sentence)
    messages.success(request, said)
    return redirect(f"{namespace}:queue")


def _decided(request: HttpRequest, opened: CaseFile, outcome: str) -> str:
    step, posted = opened.step, request.POST
    if step is None:
        raise Http404
    common = {
        "step": step,
        "version": posted_version(request),
        "actor": request.actor,
        "now": clock.now(),
    }
    name = opened.application.person.name
    if outcome == "pass":
        marked = sum(posted.get(field) == "return" for field in posted if field.startswith("mark-"))
        if marked:
            raise Refused(f"有 {marked} 项标为“退回”，所以不能通过。请改为“无误”，或按“退回修改”。")
        pass_step(
            opinion=posted.get("opinion", ""),
            attested=attested_in(posted, opened),
            copies=answers_in(posted),
            **common,
        )
        return f"{name}的申报已通过。"
    if outcome == "return":
        return_case(
            reasons=_reasons_in(posted),
            fix_until=_day_in(posted.get("fix_until", "")),
            restarts=posted.get("restarts") == "1",
            **common,
        )
        return f"{name}的申报已退回，原因已通知本人。"
    refuse_case(clause=posted.get("clause", ""), reason=posted.get("reason", ""), **common)
    return f"{name}的申报已判为不通过，原因和申诉途径已通知本人。"


def evidence(request: HttpRequest, key: int, file: int) -> HttpResponse:
    """A file that a submission of this case names; nothing else is reachable here."""
    opened = opened_case(request, key)
    named = {"now": opened.content, "before": opened.before or {}}
    stored = file_of(opened.application, file, content=named)
    if stored is None:
        raise Http404
    return file_response(stored, request)


def prepared(request: HttpRequest, key: int, form: str) -> HttpResponse:
    """A form of the notice as it was printed from the submission, to be signed and sealed here."""
    application = visible_to(request.actor).filter(pk=key).first()
    made = printed_forms(application).get(form) if application is not None else None
    if made is None:
        raise Http404
    response = FileResponse(made.file.open(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{form}-{key}.pdf"'
    return response


def _papers(judged: Assessment) -> list[tuple[str, str]]:
    """Key and name of the forms that the notice has this person hand in and that are printed."""
    forms = forms_of(judged)
    printed = printed_forms(judged.draft.application) if forms else {}
    return [(form.key, form.name) for form in forms if form.key in printed]


def _copies(
    request: HttpRequest,
    documents: list[dict[str, Any]],
    papers: Mapping[int, str],
    checks: Mapping[int, list[CopyCheck]],
) -> list[dict[str, Any]]:
    """The scans that this desk's body has not compared with their originals yet."""
    own, said = request.actor.organisation_id, answers_in(request.POST)
    return [
        each | {"chosen": said.get(each["file"], "")}
        for each in documents
        if each["file"] in papers
        and all(check.organisation_id != own for check in checks.get(each["file"], ()))
    ]


def _fields(
    content: Mapping[str, Any],
    typed: Mapping[str, str],
    changed: set[str],
    checks: Mapping[int, list[CopyCheck]],
) -> list[dict[str, Any]]:
    """Every place with its files and who compared them, and the reason typed for it so far."""
    places = places_of(content)
    extra = [place for id_, place in always_places().items() if id_ not in {each.id for each in places}]
    wants_score = content.get("score") is not None
    shown = [*places, *(place for place in extra if place.key != "claims" or wants_score)]
    return [
        {
            "place": place.id,
            "label": place.label,
            "value": place.value,
            "files": [dict(each) | {"checks": checks.get(each["file"], ())} for each in place.files],
            "n": str(n),  # as text: numbers are put into local form each time they are written
            "is_changed": place.id in changed,
            "mark": typed.get(f"mark-{n}", ""),
            "code": typed.get(f"code-{n}", ""),
            "wrong": typed.get(f"wrong-{n}", ""),
            "fix": typed.get(f"fix-{n}", ""),
        }
        for n, place in enumerate(shown)
    ]


def _reasons_in(posted: Mapping[str, str]) -> list[Reason]:
    found = []
    for name in posted:
        if not name.startswith("mark-") or posted[name] != "return":
            continue
        n = name.removeprefix("mark-")
        told = (posted.get(f"{part}-{n}", "") for part in ("place", "code", "wrong", "fix"))
        found.append(Reason(*told))
    return found


def _day_in(said: str) -> datetime | None:
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
        refuse_strange_day(day)
        return end_of(day)
    except (ValueError, ValidationError):
        raise Refused("改正期限不是一个日期，请写成 2026-03-09 这样。", field="fix_until") from None


def _documents(request: HttpRequest, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every file of the submission, as tabs of the viewer."""
    wanted, found, seen = request.GET.get("file", ""), [], set()
    for place in places_of(content):
        for each in place.files:
            if each["file"] in seen:
                continue
            seen.add(each["file"])
            label = f"{place.label[:18]}（{each['name'][:16]}）"
            is_current = str(each["file"]) == wanted or (not wanted and not found)
            found.append(
                {"label": label, "url": f"?file={each['file']}#doc", "is_current": is_current} | _typed(each)
            )
    return found


def _typed(each: Mapping[str, Any]) -> dict[str, Any]:
    return {"file": each["file"], "media_type": each.get("media_type", "")}
