"""What the registers know of a person, asked and answered."""

from datetime import date

from tests.factories.people import LONG_AGO
from zhiping.achievements.models import Fetch, FoundRecord
from zhiping.achievements.sources import read_rows, sources
from zhiping.achievements.states import Outcome
from zhiping.identity.models import Person

DIPLOMA = {
    "id": "103351201005000001",
    "proof": "A0B1C2D3E4F5G6H7",
    "level": "本科",
    "degree": "学士",
    "school": "示范大学",
    "major": "机械工程",
    "mode": "普通全日制",
    "graduated_on": "2010-06-30",
}
PATENT = {
    "id": "2020100000000",
    "number": "ZL 2020 1 0000000.0",
    "name": "一种示范装置",
    "kind": "发明专利",
    "status": "已授权",
    "rank": "1",
    "granted_on": "2022-08-02",
}
INSURED = {
    "id": "9133010000000000XX",
    "proof": "330100-2026-000001",
    "employer": "示范装备有限公司",
    "employer_kind": "企业",
    "area": "浙江省杭州市",
    "in_province": True,
    "months": [f"{year}-{month:02d}" for year in range(2018, 2022) for month in range(1, 13)],
}


def make_fetch(person: Person, source: str = "education", **fields) -> Fetch:
    """A question that was asked and, unless told otherwise, answered."""
    values = {"outcome": Outcome.FOUND, "asked_at": LONG_AGO, "answered_at": LONG_AGO, "tries": 1, **fields}
    return Fetch.objects.create(person=person, source=source, **values)


def make_found(person: Person, source: str = "education", row: dict | None = None, **fields) -> FoundRecord:
    """A row of a register that waits for the person."""
    given = row or {"education": DIPLOMA, "patents": PATENT, "insurance": INSURED}[source]
    [read], unread = read_rows(sources()[source], [given], today=date(2026, 3, 2))
    assert not unread
    told = {"key": read.key, "data": read.data, "proof": read.proof, "note": read.note, "found_at": LONG_AGO}
    return FoundRecord.objects.create(person=person, source=source, **{**told, **fields})
