"""公示表: what the employer hangs up (R-315). It has no field for ID number, phone or address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

from zhiping.kernel.errors import Refused

ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
MOBILE_NUMBER = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


@dataclass(frozen=True)
class PublicityEntry:
    """One person. Free text in which an ID number or a mobile number stands is refused."""

    name: str
    sex: str
    birth_month: str
    education: str
    current_title: str
    title_obtained_on: date | None
    title_applied: str
    application_mode: str
    achievements: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for text in self.texts():
            for pattern, kind in ((ID_NUMBER, "身份证号码"), (MOBILE_NUMBER, "手机号码")):
                if pattern.search(text):
                    raise Refused(f"{self.name}的公示内容中含有{kind}，不能公示；请删去后重新导出公示表。")

    def texts(self) -> Iterator[str]:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                yield value
            elif isinstance(value, tuple):
                yield from value


@dataclass(frozen=True)
class PublicitySheet:
    """All applicants of one employer in one plan, from when to when, and where to object."""

    template: ClassVar[str] = "publicity_sheet"

    heading: str
    employer: str
    plan: str
    starts_on: date
    ends_on: date
    working_days: int
    method: str
    objection_contact: str
    entries: tuple[PublicityEntry, ...]
    result: str = ""
    person: str = ""
    day: date | None = None


HEADERS = (
    "序号",
    "姓名",
    "性别",
    "出生年月",
    "学历",
    "现任专业技术职务",
    "取得时间",
    "申报资格",
    "申报方式",
    "主要业绩",
    "申报材料",
)


def table_of(sheet: PublicitySheet) -> tuple[tuple[str, ...], list[tuple[int | str | date | None, ...]]]:
    """Return header and rows of the same sheet for Excel: ``write_sheet(*table_of(sheet))``."""
    rows: list[tuple[int | str | date | None, ...]] = [
        (
            number,
            entry.name,
            entry.sex,
            entry.birth_month,
            entry.education,
            entry.current_title,
            entry.title_obtained_on,
            entry.title_applied,
            entry.application_mode,
            "；".join(entry.achievements),
            "、".join(entry.materials),
        )
        for number, entry in enumerate(sheet.entries, start=1)
    ]
    return HEADERS, rows
