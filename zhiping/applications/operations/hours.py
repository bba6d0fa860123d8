"""Hours between ledger and archive: cards go in, ledger years come out (R-043, R-045, R-047). Run by time."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from zhiping.achievements.operations import drop_extracted, keep_extracted, mark_carried
from zhiping.achievements.queries import cards_to_carry
from zhiping.applications.facts import facts_of
from zhiping.applications.models import Application
from zhiping.applications.queries import draft_of
from zhiping.continuing_education.ledger import Line
from zhiping.continuing_education.models import HourYear
from zhiping.continuing_education.operations import carry_card, mark_extracted
from zhiping.continuing_education.queries import ledger_lines, ledgers, years_to_extract
from zhiping.continuing_education.requirement import SHORT, clauses_of, judge_hours
from zhiping.continuing_education.shortfall import to_learn
from zhiping.continuing_education.states import HourCategory
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Refused
from zhiping.plans.rules import rules_of

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


def refuse_short_hours(*, application: Application, now: datetime) -> None:
    """The last desk before the committee hands nobody on whose hours are short by now (R-189, R-190).

    Until the day the rules name, a shortage only warns; from then on the ledger of today decides, not that of the day
    of submission. Who has no ledger is held to what was submitted.
    """
    pack = rules_of(application.plan)
    if not clauses_of(pack, application.title.name):
        return
    known = facts_of(draft_of(application), day=beijing_day(now))
    lines = ledger_lines(application.person_id) or _submitted_lines(known.get("ce_hours", ()))
    facts = {name: value for name, value in known.items() if name not in {"documents", "claims"}}
    verdict = judge_hours(pack, application.title.name, lines, at=now, facts=facts)
    if verdict.state != SHORT:
        return
    lacking = "；".join(each.words for each in to_learn(verdict.missing, this_year=beijing_day(now).year))
    raise Refused(
        f"继续教育学时不够，不能通过：{lacking}。请退回，让申报人登记当年完成的学习；确实没有完成的，作不通过处理。"
    )


def _submitted_lines(records: Iterable[Mapping[str, Any]]) -> list[Line]:
    return [
        Line(
            int(data["year"]),
            str(data.get("registered_in") or ""),
            {name: Decimal(str(data[name])) for name in HourCategory.values if data.get(name)},
        )
        for data in records
    ]
