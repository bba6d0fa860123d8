"""Keeping the ledger years equal to the sum of their records."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum

from zhiping.continuing_education.models import HourRecord, HourYear
from zhiping.continuing_education.states import HourCategory, RecordState

AT_ONCE = 500
SUMS = tuple(HourCategory.values)


@transaction.atomic
def bring_into_step(*, touched: Iterable[tuple[int, int]], now: datetime) -> None:
    """Add the touched (person, year) pairs up anew; a year whose sums changed gets its next number (R-318).

    1. the rows exist and are locked, in one order for everybody; 2. sum the entered records; 3. write what changed.
    """
    pairs = sorted(set(touched))
    for start in range(0, len(pairs), AT_ONCE):
        _step(pairs[start : start + AT_ONCE], now)


def _step(pairs: list[tuple[int, int]], now: datetime) -> None:
    people, years = {person for person, _ in pairs}, {year for _, year in pairs}
    HourYear.objects.bulk_create(
        [HourYear(person_id=person, year=year) for person, year in pairs], ignore_conflicts=True
    )
    rows = HourYear.objects.select_for_update().filter(person__in=people, year__in=years).order_by("pk")
    wanted = set(pairs)
    locked = [row for row in rows if (row.person_id, row.year) in wanted]
    sums = _sums(people, years)
    changed = []
    for row in locked:
        found = sums.get((row.person_id, row.year), {})
        fresh = {name: found.get(name, Decimal(0)) for name in SUMS}
        if any(getattr(row, name) != value for name, value in fresh.items()) or row.number == 0:
            for name, value in fresh.items():
                setattr(row, name, value)
            row.number, row.changed_at = row.number + 1, now
            changed.append(row)
    HourYear.objects.bulk_update(changed, [*SUMS, "number", "changed_at"], batch_size=AT_ONCE)


def _sums(people: set[int], years: set[int]) -> dict[tuple[int, int], dict[str, Decimal]]:
    entered = HourRecord.objects.filter(Q(person__in=people), Q(year__in=years), Q(state=RecordState.ENTERED))
    found: dict[tuple[int, int], dict[str, Decimal]] = {}
    for person, year, category, hours in (
        entered.order_by().values_list("person", "year", "category").annotate(sum=Sum("hours"))
    ):
        found.setdefault((person, year), {})[category] = hours
    return found
