"""Tables of hours: checked when they come, entered whole or not at all by a job."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.continuing_education.access import provides
from zhiping.continuing_education.models import HourBatch, HourSheet
from zhiping.continuing_education.operations.batches import HourRow, enter_batch
from zhiping.continuing_education.queries import known_for
from zhiping.continuing_education.sheet import HEADERS, Judged, claims_of, judged
from zhiping.continuing_education.states import Origin
from zhiping.documents.sheets import read_sheet
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused


@transaction.atomic
def receive_sheet(*, content: bytes, name: str, token: str, actor: Actor, now: datetime) -> HourSheet:
    """Keep an uploaded table with the number of wrong rows; the same form sent twice keeps it once."""
    if not provides(actor, actor.organisation_id):
        raise Forbidden("hours.sheet")
    if there := HourSheet.objects.filter(token=token, provider_id=actor.organisation_id).first():
        return there
    rows = judge_sheet(content, provider_id=actor.organisation_id or 0)
    sheet = HourSheet(
        provider_id=actor.organisation_id,
        token=token,
        name=name[:120],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=len(rows),
        wrong=sum(bool(row.error) for row in rows),
        sent_at=now,
        sent_by_id=actor.person_id,
    )
    sheet.file.save(f"{sheet.sha256}.xlsx", ContentFile(content), save=False)
    sheet.save(force_insert=True)
    details = {"sha256": sheet.sha256, "rows": sheet.rows, "wrong": sheet.wrong}
    record("hours.sheet", actor=actor, now=now, subject=sheet, details=details)
    return sheet


@transaction.atomic
def confirm_sheet(*, sheet: HourSheet, actor: Actor, now: datetime) -> None:
    """Ask for a table without errors to be entered; a job does it. Asking again changes nothing."""
    if not provides(actor, sheet.provider_id):
        raise Forbidden("hours.confirm_sheet")
    if sheet.wrong:
        raise Refused(f"还有 {sheet.wrong} 行有错，整张表没有入账。请下载标注了错误的表，改好后重新上传。")
    if HourSheet.objects.filter(pk=sheet.pk, confirmed_at=None).update(confirmed_at=now, failure=""):
        record("hours.confirm_sheet", actor=actor, now=now, subject=sheet)
        enqueue("continuing_education.enter_sheet", sheet_id=sheet.pk)


@transaction.atomic
def enter_sheet(*, sheet_id: int, now: datetime) -> HourBatch | None:
    """Enter a confirmed table; if something changed since it was checked, keep why and enter nothing."""
    sheet = HourSheet.objects.select_for_update().get(pk=sheet_id)
    if sheet.batch_id is not None or sheet.confirmed_at is None:
        return sheet.batch
    with sheet.file.open("rb") as kept:
        rows = judge_sheet(kept.read(), provider_id=sheet.provider_id)
    wrong = sum(bool(row.error) for row in rows)
    try:
        if wrong:
            raise Refused(f"核对以后情况有变化，有 {wrong} 行不能登记，整张表没有入账。请下载标注后的表。")
        with transaction.atomic():
            batch = enter_batch(
                provider_id=sheet.provider_id,
                key=sheet.key,
                origin=Origin.SHEET,
                sha256=sheet.sha256,
                rows=[HourRow(row.person, row.course, row.hours) for row in rows],
                actor=SYSTEM,
                now=now,
            )
            if not HourSheet.objects.filter(batch=batch).exists():
                HourSheet.objects.filter(pk=sheet.pk).update(batch=batch)
                return batch
            raise Refused("同样内容的表已经登记过，没有重复入账。")
    except Refused as refusal:
        HourSheet.objects.filter(pk=sheet.pk).update(failure=refusal.sentence, wrong=wrong, confirmed_at=None)
        return None


def judge_sheet(content: bytes, *, provider_id: int) -> list[Judged]:
    """Read a table and hold every row against people, courses and what is registered."""
    table = read_sheet(content)
    claims = claims_of(table.headers, table.rows)
    if claims is None:
        raise Refused(f"表头不对。第一行应有：{'、'.join(HEADERS)}。请下载模板填写。", field="file")
    if not claims:
        raise Refused("表里没有学时。请从第二行起填写后再上传。", field="file")
    return judged(claims, known_for(claims, provider_id=provider_id))
