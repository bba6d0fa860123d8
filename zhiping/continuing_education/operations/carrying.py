"""Hour cards of the archive come into the ledger; ledger years go out into the archive. Higher contexts call these."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.continuing_education import transitions
from zhiping.continuing_education.models import HourRecord, HourYear
from zhiping.continuing_education.operations.ledger import bring_into_step
from zhiping.continuing_education.states import LIVE, TRUST_OF, HourCategory, Origin, RecordState
from zhiping.kernel.actor import SYSTEM
from zhiping.lifecycle.moving import move

LONGEST_NAME, MOST_HOURS = 80, Decimal(9999)  # what the columns hold; nobody learns more in a year


@transaction.atomic
def carry_card(*, person_id: int, item: int, data: Mapping[str, Any], label: str, now: datetime) -> int:
    """Take an approved hour card of the archive into the ledger; gives the number of records entered (R-047, R-187).

    A later version of the same card replaces what the earlier one brought (R-179). Hours that bodies registered in
    the same year and register already are the better source: the card then adds nothing.
    """
    year, register = int(data["year"]), str(data.get("registered_in") or "")[:LONGEST_NAME]
    cards = HourRecord.objects.filter(person_id=person_id, key__startswith=f"card:{item}:")
    mine = list(cards.filter(state__in=sorted(LIVE)))
    number = max([row.number for row in mine], default=0) + 1
    old = {(row.person_id, row.year) for row in mine}
    for row in mine:
        move(row, transitions.REPLACE, actor=SYSTEM, now=now)
    others = HourRecord.objects.filter(
        person_id=person_id, year=year, registered_in=register, state=RecordState.ENTERED
    )
    if others.exclude(origin=Origin.HISTORY).exists():
        bring_into_step(touched=old, now=now)
        return 0
    rows = [
        HourRecord(
            state=RecordState.ENTERED,
            person_id=person_id,
            year=year,
            category=category,
            hours=hours,
            title=f"年度学时卡：{label}",
            key=f"card:{item}:{category}",
            number=number,
            origin=Origin.HISTORY,
            trust=TRUST_OF[Origin.HISTORY],
            registered_in=register,
            made_at=now,
        )
        for category in HourCategory.values
        if (hours := _hours(data.get(category))) > 0
    ]
    for row in rows:
        row.save(force_insert=True)
        details = {"hours": str(row.hours), "year": year, "number": number}
        record("hours.carry", actor=SYSTEM, now=now, subject=row, to_state=row.state, details=details)
    bring_into_step(touched={*old, (person_id, year)}, now=now)
    return len(rows)


def mark_extracted(*, ledger_year: HourYear) -> None:
    """The archive holds this version of the year now."""
    HourYear.objects.filter(pk=ledger_year.pk).update(extracted_number=ledger_year.number)


def _hours(said: Any) -> Decimal:
    return min(Decimal(str(said or 0)).quantize(Decimal("0.1")), MOST_HOURS)
