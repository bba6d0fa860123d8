"""Applicants and their archives, from people.yaml: typed, proved, sent and audited like anybody's."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from zhiping.achievements import transitions
from zhiping.achievements.models import ItemVersion, ProfileVersion
from zhiping.achievements.operations import (
    decide_item,
    decide_profile,
    save_item,
    save_profile,
    submit_item,
    submit_profile,
)
from zhiping.achievements.schema import Part, categories
from zhiping.achievements.states import PaperKind
from zhiping.documents.glyphs import FONT_FILES
from zhiping.files.models import StoredFile
from zhiping.files.operations import store_file
from zhiping.files.states import MediaType
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.organisations.models import Organisation
from zhiping.portals.demo.world.bodies import applicant, make_user, said, staff

PAGE = (620, 877)  # A4 at 75 dpi: legible in the viewer, small on disk


def make_applicants(now: datetime) -> None:
    """Every applicant of people.yaml."""
    for each in said("people.yaml"):
        make_applicant(each, now)


def make_applicant(each: Mapping[str, Any], now: datetime) -> None:
    """An account and, where an employer is named, an archive; one who has it already is left alone."""
    user = make_user(each["login"], each["name"], now, sex=each["sex"], born_on=each["born_on"])
    if "employer" not in each or hasattr(user.person, "profile"):
        return
    own, clerk = applicant(each["login"]), staff(each["clerk"])
    fill_profile(each, user.person, own, clerk, now)
    for item in each["items"]:
        fill_item(user.person, item, own, clerk, now)


def fill_profile(each: Mapping[str, Any], person: Person, own: Actor, clerk: Actor, now: datetime) -> None:
    """The profile, sent to the employer and approved."""
    employer = Organisation.objects.get(name=each["employer"])
    typed = {name: str(value) for name, value in each["profile"].items()} | {"phone": person.phone}
    version: ProfileVersion = save_profile(
        typed=typed, employer=employer.pk, photo=None, stamp="", actor=own, now=now
    )
    submit_profile(version=version, stamp=None, actor=own, now=now)
    version.refresh_from_db()
    decide_profile(
        version=version, verdict=transitions.APPROVE, reason="", expected=None, actor=clerk, now=now
    )


def fill_item(person: Person, item: Mapping[str, Any], own: Actor, clerk: Actor, now: datetime) -> None:
    """One record with its evidence, sent and, unless the story keeps it open, approved."""
    [(category, values)] = ((key, value) for key, value in item.items())
    typed = {name: str(value) for name, value in values.items() if name != "approved"}
    evidence = [
        (part.key, evidence_file(person, f"{categories()[category].label}：{part.label}", typed, own, now).pk)
        for part in needed_parts(category, typed)
    ]
    version: ItemVersion = save_item(
        item=None,
        category=category,
        typed=typed,
        evidence=evidence,
        stamp="",
        token=None,
        actor=own,
        now=now,
    )
    submit_item(version=version, stamp=None, actor=own, now=now)
    if values.get("approved", True):
        version.refresh_from_db()
        decide_item(
            version=version,
            verdict=transitions.APPROVE,
            reason="",
            expected=None,
            actor=clerk,
            now=now,
            copies={key: PaperKind.COPY for _, key in evidence},
        )


def needed_parts(category: str, typed: Mapping[str, str]) -> Iterator[Part]:
    yield from (part for part in categories()[category].evidence if part.is_needed(typed))


def evidence_file(
    person: Person, label: str, typed: Mapping[str, str], own: Actor, now: datetime
) -> StoredFile:
    """A one-page PDF that says what it stands for."""
    lines = ["演示用证明材料", label, "", *[str(value) for value in typed.values() if len(str(value)) > 4]]
    upload = ContentFile(page_of(lines), name=f"{label.rpartition('：')[2]}.pdf")
    return store_file(upload=upload, owner=person, kinds=frozenset({MediaType.PDF}), actor=own, now=now)


def page_of(lines: list[str]) -> bytes:
    """Lines of text as a PDF of one drawn page."""
    page = Image.new("RGB", PAGE, "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        pen.text((60, 80 + number * 44), line[:24], fill="#1a2433", font=font())
    out = io.BytesIO()
    page.convert("L").save(out, "PDF", resolution=75)
    return out.getvalue()


@cache
def font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FILES[0]), 24)
