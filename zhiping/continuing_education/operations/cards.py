"""年度学时卡: asked for by the person, printed by a job."""

import hashlib
import json
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.continuing_education.access import can_register_own
from zhiping.continuing_education.ledger import plain
from zhiping.continuing_education.models import HourCard, HourRecord, HourYear
from zhiping.continuing_education.states import HourCategory, RecordState
from zhiping.documents.glyphs import require_printable
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused


@transaction.atomic
def order_card(*, ledger: HourYear, actor: Actor, now: datetime) -> HourCard:
    """Freeze the year as the ledger has it now and queue the print; the same ledger version gives the same card.

    1. the ledger year is locked; 2. sums and lines are frozen together (R-318: the total is the sum of the lines);
    3. the log; 4. the print.
    """
    if not can_register_own(actor, ledger.person_id):
        raise Forbidden("hours.order_card")
    row = HourYear.objects.select_for_update().get(pk=ledger.pk)
    if not row.whole:
        raise Refused(f"{row.year} 年还没有入账的学时，没有学时卡可出。")
    content = _content(row)
    require_printable(json.dumps(content, ensure_ascii=False))
    card, is_new = HourCard.objects.get_or_create(
        person_id=row.person_id,
        year=row.year,
        number=row.number,
        defaults={"code": secrets.token_urlsafe(15), "content": content, "made_at": now},
    )
    if is_new:
        record("hours.order_card", actor=actor, now=now, subject=card, details={"number": card.number})
        enqueue("continuing_education.print_card", card_id=card.pk)
    return card


@transaction.atomic
def keep_card_file(*, card: HourCard, pdf: bytes) -> None:
    """Register the printed file; a second print finds the first."""
    locked = HourCard.objects.select_for_update().get(pk=card.pk)
    if locked.sha256:
        return
    locked.sha256 = hashlib.sha256(pdf).hexdigest()
    locked.file.save(f"{locked.card_number}-{locked.sha256[:12]}.pdf", ContentFile(pdf), save=False)
    locked.save(update_fields=["file", "sha256"])


def _content(row: HourYear) -> dict[str, object]:
    entered = HourRecord.objects.filter(
        person_id=row.person_id, year=row.year, state=RecordState.ENTERED
    ).order_by("category", "made_at", "pk")
    return {
        "sums": {name: plain(getattr(row, name)) for name in HourCategory.values},
        "whole": plain(row.whole),
        "lines": [
            {
                "title": each.title,
                "category": HourCategory(each.category).label,
                "hours": plain(each.hours),
                "registered_in": each.registered_in,
                "source": each.get_trust_display(),
            }
            for each in entered
        ],
    }
