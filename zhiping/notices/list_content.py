"""What goes on a public list, what is said against it, and the fingerprint by which a change of it shows."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from zhiping.kernel.errors import Refused

# Fields that may be shown, in the order of the sheet (C-79; domain §10.5).
FIELDS = {
    "sex": "性别",
    "birth_month": "出生年月",
    "education": "学历",
    "current_title": "现职称",
    "title_obtained_on": "取得时间",
    "title_applied": "申报职称",
    "specialty": "申报专业",
    "application_mode": "申报方式",
    "result": "评审结果",
    "achievements": "主要业绩",
    "materials": "申报材料",
}
PRIVATE = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "身份证号码"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "手机号码"),
)


@dataclass(frozen=True, slots=True)
class EntryContent:
    """One person as shown: `shown` holds some of FIELDS, each a text or a list of texts (C-79)."""

    subject_id: int
    name: str
    unit: str
    person_id: int | None = None
    shown: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long, where and how a list is shown, and where to object."""

    place: str
    method: str
    contact: str
    content: str = "基本情况和业绩材料"
    working_days: int = 5
    counts_first_day: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody objects, how it came in, and who they are if they say so."""

    channel: str
    text: str
    is_named: bool = False
    name: str = ""
    contact: str = ""


def refuse_unshowable(entry: EntryContent) -> None:
    """Identity and phone numbers are never shown in public (C-79, R-315)."""
    if strange := set(entry.shown) - set(FIELDS):
        raise ValueError(f"fields that no publicity shows: {sorted(strange)}")
    text = json.dumps(entry.shown, ensure_ascii=False)
    for pattern, kind in PRIVATE:
        if pattern.search(text):
            raise Refused(f"“{entry.name}”的公示内容里有{kind}，不能公示。请退回申报人删去后再公示。")


def labelled(shown: dict[str, Any]) -> list[tuple[str, Any]]:
    """The shown fields with their Chinese labels, in the order of the sheet, empty ones left out.

    >>> labelled({"title_applied": "工程师", "sex": "女", "education": ""})
    [('性别', '女'), ('申报职称', '工程师')]
    """
    return [(label, shown[key]) for key, label in FIELDS.items() if shown.get(key)]


def fingerprint(entries: Sequence[EntryContent]) -> str:
    """SHA-256 of the list in canonical JSON.

    >>> fingerprint([])[:8]
    '4f53cda1'
    """
    rows = [[entry.subject_id, entry.name, entry.unit, entry.shown] for entry in entries]
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
