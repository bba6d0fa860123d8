"""The 公示表 as it is hung up (PDF) and as the unit keeps it (Excel)."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from zhiping.documents.printing import render
from zhiping.documents.publicity_sheet import PublicityEntry as PrintedEntry
from zhiping.documents.publicity_sheet import PublicitySheet
from zhiping.documents.sheets import write_sheet
from zhiping.notices.list_content import FIELDS
from zhiping.notices.models import Publicity, PublicityEntry


def as_pdf(publicity: Publicity, entries: Sequence[PublicityEntry]) -> bytes:
    return render(PublicitySheet.template, sheet_of(publicity, entries), created=publicity.opened_at)


def as_excel(entries: Sequence[PublicityEntry]) -> bytes:
    rows = [[entry.name, entry.unit, *(_cell(entry.shown.get(key)) for key in FIELDS)] for entry in entries]
    return write_sheet(["姓名", "单位", *FIELDS.values()], rows, name="公示表")


def sheet_of(publicity: Publicity, entries: Sequence[PublicityEntry]) -> PublicitySheet:
    """The printed form of a publicity; colleagues object by the address on it."""
    online = f"{settings.PUBLIC_URL}/publicity/{publicity.code}/"
    return PublicitySheet(
        heading="公示表",
        employer=publicity.organisation.name,
        plan=publicity.title,
        starts_on=publicity.starts_on,
        ends_on=publicity.ends_on,
        working_days=publicity.working_days,
        method=f"{publicity.method}（{publicity.place}）",
        objection_contact=f"{publicity.contact}；网上反映：{online}",
        entries=tuple(_printed(entry) for entry in entries),
    )


def _printed(entry: PublicityEntry) -> PrintedEntry:
    shown = entry.shown
    obtained = shown.get("title_obtained_on")
    return PrintedEntry(
        name=entry.name,
        sex=shown.get("sex", ""),
        birth_month=shown.get("birth_month", ""),
        education=shown.get("education", ""),
        current_title=shown.get("current_title", ""),
        title_obtained_on=date.fromisoformat(obtained) if obtained else None,
        title_applied=shown.get("title_applied", ""),
        application_mode=shown.get("application_mode", ""),
        achievements=tuple(shown.get("achievements", ())),
        materials=tuple(shown.get("materials", ())),
    )


def _cell(value: str | list[str] | None) -> str:
    return "；".join(value) if isinstance(value, list) else value or ""
