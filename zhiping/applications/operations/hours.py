"""Hours between ledger and archive: cards go in, ledger years come out (R-043, R-045, R-047). Run by time."""

from datetime import datetime

from django.db import transaction

from zhiping.achievements.operations import drop_extracted, keep_extracted, mark_carried
from zhiping.achievements.queries import cards_to_carry
from zhiping.continuing_education.ledger import Line
from zhiping.continuing_education.models import HourYear
from zhiping.continuing_education.operations import carry_card, mark_extracted
from zhiping.continuing_education.queries import ledgers, years_to_extract

SOURCE = "继续教育学时台账"


def carry_cards(*, now: datetime, at_once: int) -> int:
    """Approved hour cards of the archive become history of the ledger, which is the one truth from then on."""
    cards = list(cards_to_carry()[:at_once])
    for version in cards:
        with transaction.atomic():
            carry_card(
                person_id=version.item.person_id,
                item=version.item_id,
                data=version.data,
                label=version.label,
                now=now,
            )
            mark_carried(version=version, now=now)
    return len(cards)


def extract_hours(*, now: datetime, at_once: int) -> int:
    """Ledger years that changed come into the archive, one item for each register; gives the number of people."""
    people = sorted(set(years_to_extract().values_list("person_id", flat=True)[:at_once]))
    lines = dict(ledgers(people))
    for person in people:
        with transaction.atomic():
            _extract_person(person, lines.get(person, []), now)
    return len(people)


def _extract_person(person: int, lines: list[Line], now: datetime) -> None:
    years = list(HourYear.objects.select_for_update().filter(person_id=person).order_by("pk"))
    keys = {_key(line) for line in lines}
    for line in lines:
        keep_extracted(
            person_id=person,
            category="ce_hours",
            key=_key(line),
            source=SOURCE,
            data=line.fact(),
            now=now,
        )
    drop_extracted(person_id=person, keys=keys, prefix="hours:", now=now)
    for each in years:
        if each.extracted_number != each.number:
            mark_extracted(ledger_year=each)


def _key(line: Line) -> str:
    return f"hours:{line.year}:{line.registered_in}"
