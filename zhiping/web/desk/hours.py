"""Auditing hours: employers and authorities have the same pages, each over its own records."""

import csv
import io
from collections.abc import Iterator
from itertools import tee
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from zhiping.achievements.models import Profile
from zhiping.continuing_education import operations, queries, transitions
from zhiping.continuing_education.models import HourRecord
from zhiping.continuing_education.report import standings
from zhiping.files.serving import file_response
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import Transition, available
from zhiping.policies.queries import pack_of, published
from zhiping.policy_engine.pack import Pack
from zhiping.web.hour_rules import AheadForm, rule_and_title, rule_choices
from zhiping.web.numbers import whole_number

ON_PAGE = 20
CHUNK, BLOCK = 2000, 32_768
BY_VERB = {each.verb: each for each in transitions.AUDIT}
Namespace = str


def queue(
    request: HttpRequest,
    ns: Namespace,
    more: dict[str, Any] | None = None,
    template: str = "desk/hours_queue.html",
) -> HttpResponse:
    """What waits for this body, the longest waiting first; the ticked ones can be decided together."""
    rows = Paginator(queries.to_decide(request.actor), ON_PAGE).get_page(request.GET.get("page"))
    first = rows.object_list[0] if rows.object_list else None
    context = {
        "ns": ns,
        "page": rows,
        "acts": _acts(request, first) if first else [],
        **(more or {}),
    }
    return render(request, template, context)


def record_page(
    request: HttpRequest, ns: Namespace, key: int, *, error: str = "", reason: str = ""
) -> HttpResponse:
    """One record with its proof beside it and the decision below."""
    record = _record(request, key)
    proofs = list(record.proofs.order_by("pk"))
    wanted = request.GET.get("file", "")
    current = next((file for file in proofs if str(file.pk) == wanted), proofs[0] if proofs else None)
    here = reverse(f"{ns}:record", args=[record.pk])
    context = {
        "ns": ns,
        "record": record,
        "acts": _acts(request, record),
        "documents": [
            {"label": file.name, "url": f"{here}?file={file.pk}#doc", "is_current": file == current}
            for file in proofs
        ],
        "file_url": reverse(f"{ns}:file", args=[record.pk, current.pk]) if current else "",
        "media_type": current.media_type if current else "",
        "error": error,
        "reason": reason,
    }
    return render(request, "desk/hours_record.html", context, status=422 if error else 200)


def decide(request: HttpRequest, ns: Namespace) -> HttpResponse:
    """Give the pressed verdict on the ticked records (or on the one of its page), all or none."""
    verdict = _verdict(request)
    versions = dict(_stamps(request))
    rows = list(queries.visible_to(request.actor).filter(pk__in=versions).select_related("course"))
    if not rows:
        raise Refused("还没有勾选要审核的学时。请返回，勾选后再选审核结果。")
    reason = request.POST.get("reason", "")
    arguments = {"reason": reason, "actor": request.actor, "now": clock.now()}
    try:
        with transaction.atomic():
            if verdict is transitions.REVOKE:
                operations.revoke_record(hour_record=rows[0], expected=versions[rows[0].pk], **arguments)
            else:
                expected = [versions[row.pk] for row in rows]
                operations.decide_records(records=rows, verdict=verdict, expected=expected, **arguments)
    except Refused as refusal:
        if refusal.field != "reason" or "single" not in request.POST:
            raise
        return record_page(request, ns, rows[0].pk, error=refusal.sentence, reason=reason)
    messages.success(request, f"{len(rows)} 项学时：{verdict.label}。")
    return redirect(f"{ns}:queue")


def shortfall(request: HttpRequest, ns: Namespace, profiles: QuerySet[Profile]) -> HttpResponseBase:
    """Who of these people is short of hours for a title in a year: a form, then the table as it is worked out."""
    wanted = request.GET if "rule" in request.GET else None
    form = AheadForm(wanted, rules=rule_choices(request.actor), today=clock.today())
    if form.is_valid():
        slug, title = rule_and_title(form.cleaned_data["rule"])
        version = published(slug)
        if version is None:
            raise Http404
        rows = _shortfall_rows(profiles, pack_of(version), title, form.cleaned_data["year"])
        headers = {"Content-Disposition": 'attachment; filename="hours-short.csv"'}
        return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)
    context = {"ns": ns, "form": form, "people": profiles.count()}
    return render(request, "desk/hours_shortfall.html", context, status=422 if form.errors else 200)


def _shortfall_rows(profiles: QuerySet[Profile], pack: Pack, title: str, year: int) -> Iterator[str]:
    """Lines of CSV, a block at a time; the first line tells of how many people."""
    people = profiles.order_by("person_id").values_list("person_id", "person__name", "employer__name")
    this_year = clock.today().year
    yield f"\ufeff{title}，拟 {year} 年申报，共 {people.count()} 人\r\n姓名,单位,结论,还差学时,怎么补\r\n"
    first, second = tee(people.iterator(chunk_size=CHUNK))
    found = standings(
        (row[0] for row in first),
        queries.ledgers(profiles.values("person_id")),
        pack,
        title,
        year=year,
        this_year=this_year,
    )
    out = io.StringIO()
    writer = csv.writer(out)
    for (_, name, employer), each in zip(second, found, strict=True):
        hours = f"{each.hours:g}" if each.said else ""
        writer.writerow([safe_cell(name), safe_cell(employer or ""), each.verdict.words, hours, each.said])
        if out.tell() > BLOCK:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def safe_cell(text: str) -> str:
    """A name is never a formula for the program that opens the table."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def proof(request: HttpRequest, key: int, file: int) -> HttpResponse:
    """One file that proves a record the actor may see."""
    return file_response(get_object_or_404(_record(request, key).proofs, pk=file), request)


def _record(request: HttpRequest, key: int) -> HourRecord:
    related = ("person", "employer", "authority", "course__provider", "batch")
    return get_object_or_404(queries.visible_to(request.actor).select_related(*related), pk=key)


def _acts(request: HttpRequest, record: HourRecord) -> list[Transition]:
    return available(transitions.AUDIT, request.actor, record)


def _verdict(request: HttpRequest) -> Transition:
    verdict = BY_VERB.get(request.POST.get("verdict", ""))
    if verdict is None:
        raise Http404
    return verdict


def _stamps(request: HttpRequest) -> list[tuple[int, int]]:
    """Ticked records with the version their page was built from: values "key.version"."""
    found = []
    for text in request.POST.getlist("record")[:200]:
        key, _, version = text.partition(".")
        if (number := whole_number(key)) is not None and (stamp := whole_number(version)) is not None:
            found.append((number, stamp))
    return found
