"""Posting a list, closing it, objecting, deciding."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.documents.glyphs import printable_text
from zhiping.jobs.queue import enqueue
from zhiping.kernel import clock
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.kernel.queries import working_calendar
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell_each
from zhiping.notices import access, messages, queries, transitions
from zhiping.notices.list_content import EntryContent, Report, Terms, fingerprint, refuse_unshowable
from zhiping.notices.models import Objection, Publicity, PublicityEntry
from zhiping.notices.states import RUNNING, Channel, PublicityState
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import staff_of

LEAST_WORKING_DAYS = 5  # 不少于5个工作日, in every notice; a pack may ask for more
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@transaction.atomic
def open_publicity(
    *,
    kind: str,
    title: str,
    subject: str,
    organisation: Organisation,
    entries: Sequence[EntryContent],
    terms: Terms,
    actor: Actor,
    now: datetime,
) -> Publicity:
    """Post a list today: compute its end, freeze its entries and their fingerprint, log, queue the sheets."""
    if not access.can_open_publicity(actor, organisation):
        raise Forbidden("publicity.open")
    _refuse_incomplete(entries, terms)
    publicity = Publicity(
        kind=kind, title=title, subject=subject, organisation=organisation, fingerprint=fingerprint(entries)
    )
    _write(publicity, entries, terms, actor, now)
    record(
        "publicity.open",
        actor=actor,
        now=now,
        subject=publicity,
        to_state=publicity.state,
        details={
            "entries": len(entries),
            "ends_on": publicity.ends_on.isoformat(),
            "list": publicity.fingerprint,
        },
    )
    enqueue("notices.print_sheets", key=f"publicity-sheets-{publicity.pk}", publicity_id=publicity.pk)
    return publicity


@transaction.atomic
def close_publicity(*, publicity: Publicity, actor: Actor, now: datetime) -> None:
    """End a publicity whose last day is over: clean, or held while an objection is undecided."""
    if not queries.is_over(publicity, now):
        raise Refused(f"公示到 {publicity.ends_on:%Y-%m-%d} 24:00 才满。期满后系统会自动结束，请届时再办。")
    if queries.undecided(publicity).exists():
        if publicity.state == PublicityState.OPEN:
            move(publicity, transitions.HOLD, actor=actor, now=now)
        return
    decided = publicity.objections.exists()
    arrow = transitions.CLOSE_RESOLVED if decided else transitions.CLOSE_CLEAN
    move(publicity, arrow, actor=actor, now=now)
    publicity.closed_at = now
    publicity.save(update_fields=["closed_at"])


@transaction.atomic
def cancel_publicity(*, publicity: Publicity, reason: str, actor: Actor, now: datetime) -> None:
    """Take a list down before its time, with a reason; what it stood for has to be publicised again."""
    reason = printable_text(reason, field="reason")
    if not reason:
        raise Refused("请写明撤下公示的原因。", field="reason")
    move(publicity, transitions.CANCEL, actor=actor, now=now, note=reason)
    publicity.closed_at = now
    publicity.save(update_fields=["closed_at"])


@transaction.atomic
def file_objection(
    *,
    publicity: Publicity,
    entry: PublicityEntry | None,
    report: Report,
    link: str,
    actor: Actor,
    now: datetime,
) -> tuple[Objection, str]:
    """Take in an objection (R-337, C-80): keep who it is from encrypted, tell the body's staff, give a code.

    Anybody may object online; a letter, call or visit is written down by the publicising body's staff. The decision
    log tells that something was filed, never by whom when it came online.
    """
    is_online = report.channel == Channel.ONLINE
    if not is_online and not access.can_handle_publicity(actor, publicity):
        raise Forbidden("objection.record")
    _refuse_objection(publicity, report, now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(12))
    objection = Objection.objects.create(
        publicity=publicity,
        entry=entry,
        channel=report.channel,
        is_named=report.is_named,
        name=report.name.strip() if report.is_named else "",
        contact=report.contact.strip() if report.is_named else "",
        text=report.text.strip(),
        code_hash=queries.hashed(code),
        filed_at=now,
        recorded_by_id=None if is_online else actor.person_id,
    )
    teller = SYSTEM if is_online else actor
    record("objection.file", actor=teller, now=now, subject=objection, to_state=objection.state)
    told = {"publicity": publicity.title, "link": link}
    staff = staff_of(publicity.organisation_id)
    tell_each(people=staff, kind=messages.OBJECTION_FILED, context=told, now=now)
    return objection, code


@transaction.atomic
def accept_objection(*, objection: Objection, version: int, actor: Actor, now: datetime) -> None:
    """Begin to look into an objection."""
    move(objection, transitions.ACCEPT, actor=actor, now=now, version=version)


@transaction.atomic
def decide_objection(
    *, objection: Objection, upheld: bool, decision: str, version: int, actor: Actor, now: datetime
) -> None:
    """Decide with a reason; then let a publicity that only waited for this one close."""
    if not decision.strip():
        raise Refused("请写明处理意见和依据，反映人会看到。", field="decision")
    objection.decision = decision.strip()
    objection.decided_by_id, objection.decided_at = actor.person_id, now
    objection.save(update_fields=["decision", "decided_by", "decided_at"])
    arrow = transitions.UPHOLD if upheld else transitions.DISMISS
    move(objection, arrow, actor=actor, now=now, version=version, note=objection.decision)
    publicity = objection.publicity
    if publicity.state == PublicityState.OBJECTED:
        close_publicity(publicity=publicity, actor=actor, now=now)


def _write(
    publicity: Publicity, entries: Sequence[EntryContent], terms: Terms, actor: Actor, now: datetime
) -> None:
    today = clock.beijing_day(now)
    publicity.starts_on = today
    publicity.ends_on = working_calendar().add(
        today, terms.working_days, count_first_day=terms.counts_first_day
    )
    for name in ("content", "place", "method", "contact", "working_days", "counts_first_day"):
        setattr(publicity, name, getattr(terms, name))
    publicity.code = secrets.token_urlsafe(12)
    publicity.opened_by_id, publicity.opened_at = actor.person_id, now
    publicity.save(force_insert=True)
    PublicityEntry.objects.bulk_create(
        PublicityEntry(
            publicity=publicity,
            position=position,
            subject_id=entry.subject_id,
            person_id=entry.person_id,
            name=entry.name,
            unit=entry.unit,
            shown=entry.shown,
        )
        for position, entry in enumerate(entries, start=1)
    )


def _refuse_incomplete(entries: Sequence[EntryContent], terms: Terms) -> None:
    for field, label in (("place", "公示地点"), ("method", "公示方式"), ("contact", "意见受理联系方式")):
        if not getattr(terms, field).strip():
            raise Refused(f"请填写{label}。", field=field)
    if terms.working_days < LEAST_WORKING_DAYS:
        raise Refused(f"公示不得少于 {LEAST_WORKING_DAYS} 个工作日。")
    if not entries:
        raise Refused("没有可公示的人。请先审核通过再公示。")
    for entry in entries:
        refuse_unshowable(entry)


def _refuse_objection(publicity: Publicity, report: Report, now: datetime) -> None:
    is_late = report.channel == Channel.ONLINE and not queries.is_on_show(publicity, now)
    if publicity.state not in RUNNING or is_late:
        raise Refused(
            f"公示已于 {publicity.ends_on:%Y-%m-%d} 24:00 结束，不再受理这次公示的异议。"
            "仍要反映的，请向公示单位的主管部门提出。"
        )
    if not report.text.strip():
        raise Refused("请写明反映的事实。", field="text")
    if report.is_named and not (report.name.strip() and report.contact.strip()):
        raise Refused("实名反映请填写姓名和联系方式；不愿留名请选“匿名”。", field="name")
