"""One part of the figures of continuing education, told as JSON: people | verdict | shortfall | import."""

import json
import os
import resource
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import django

django.setup()

from benchmarks.around import PEOPLE, ROWS  # noqa: E402
from tests.factories.hours import make_authority, make_course, make_training_body, trainer  # noqa: E402
from zhiping.continuing_education import operations, queries  # noqa: E402
from zhiping.continuing_education.ledger import Line  # noqa: E402
from zhiping.continuing_education.models import Course, HourRecord  # noqa: E402
from zhiping.continuing_education.report import standings  # noqa: E402
from zhiping.continuing_education.requirement import judge_hours  # noqa: E402
from zhiping.continuing_education.sheet import HEADERS  # noqa: E402
from zhiping.documents.sheets import write_sheet  # noqa: E402
from zhiping.identity.models import Person  # noqa: E402
from zhiping.policy_engine import load_pack  # noqa: E402
from zhiping.privacy.fields import blind_index  # noqa: E402

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
RULES = Path(__file__).parents[1] / "policy_packs" / "jiaxing-2022-engineering-intermediate-junior"
TITLE, YEARS, AT_ONCE = "工程师", range(2024, 2028), 5000


def main(part: str) -> None:
    told = {"people": people, "verdict": verdict, "shortfall": shortfall, "import": sheet}[part]()
    print(json.dumps(told))  # noqa: T201


def number_of(serial: int) -> str:
    return f"BENCH{serial:013d}"


def people() -> dict[str, float]:
    """People with four years of hours, written straight to the tables."""
    for start in range(0, PEOPLE, AT_ONCE):
        made = Person.objects.bulk_create(
            Person(
                name=f"学员{serial}",
                document_number=number_of(serial),
                document_index=blind_index(number_of(serial)),
                created_at=NOW,
            )
            for serial in range(start, start + AT_ONCE)
        )
        HourRecord.objects.bulk_create(
            HourRecord(
                person=person, year=year, category="professional", hours=Decimal(90 - person.pk % 20),
                title="课程", key=f"bench:{year}", state="entered", origin="sheet", trust="provider",
                registered_in="登记系统", made_at=NOW,
            )
            for person in made
            for year in YEARS
        )  # fmt: skip
    return {}


def verdict() -> dict[str, float]:
    pack = load_pack(RULES)
    lines = [Line(year, "登记系统", {"professional": Decimal(90)}) for year in range(2019, 2023)]
    judge_hours(pack, TITLE, lines)
    began = time.perf_counter()
    for _ in range(1000):
        judge_hours(pack, TITLE, lines)
    return {"verdict": time.perf_counter() - began}


def shortfall() -> dict[str, float]:
    pack = load_pack(RULES)
    began = time.perf_counter()
    keys = Person.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000)
    known = queries.ledgers(Person.objects.values("pk"))
    rows = standings(keys, known, pack, TITLE, year=2028, this_year=2026)
    count = sum(1 for _ in rows)
    assert count == PEOPLE
    return {"shortfall": time.perf_counter() - began, "shortfall_memory": memory()}


def sheet() -> dict[str, float]:
    make_authority()
    body = make_training_body()
    course = make_course(body, Course.objects.none().first(), number="K1")
    rows = [(number_of(serial), f"学员{serial}", "K1", "2026", "30") for serial in range(ROWS)]
    content = write_sheet(HEADERS, rows)
    actor = trainer(body)
    began = time.perf_counter()
    kept = operations.receive_sheet(content=content, name="学时.xlsx", token="bench", actor=actor, now=NOW)  # noqa: S106
    checked = time.perf_counter()
    assert kept.wrong == 0
    operations.confirm_sheet(sheet=kept, actor=actor, now=NOW)
    operations.enter_sheet(sheet_id=kept.pk, now=NOW)
    assert course.records.count() == ROWS
    told = {"check": checked - began, "enter": time.perf_counter() - checked}
    return told | {"import_memory": memory()}


def memory() -> float:
    """The peak of this process in MB; Linux tells KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    main(sys.argv[1])
