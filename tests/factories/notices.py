"""Publicities and objections in a given state, through the operations that make them."""

from datetime import datetime

from tests.factories.people import make_organisation, make_person, staff_actor
from zhiping.kernel.actor import ANONYMOUS, Actor, Role
from zhiping.notices.list_content import EntryContent, Report, Terms
from zhiping.notices.models import Objection, Publicity
from zhiping.notices.operations import file_objection, open_publicity
from zhiping.notices.states import Channel, PublicityKind
from zhiping.organisations.models import Organisation


def make_publicity(
    now: datetime,
    organisation: Organisation | None = None,
    *,
    actor: Actor | None = None,
    kind: str = PublicityKind.EMPLOYER,
    names: tuple[str, ...] = ("申报人甲", "申报人乙"),
    **fields,
) -> Publicity:
    """A list posted at `now`, one entry a name, its subjects numbered from 1."""
    organisation = organisation or make_organisation()
    role = Role.EMPLOYER_CLERK if kind == PublicityKind.EMPLOYER else Role.COMMITTEE_OFFICE
    terms = {"place": "一楼公告栏", "method": "张贴", "contact": "人事科，0571-00000000"} | fields
    shown = terms.pop("entries", None)
    entries = [
        EntryContent(
            subject_id=number,
            name=name,
            unit=organisation.name,
            person_id=make_person(name).pk,
            shown={"title_applied": "工程师", "achievements": ["论文一篇"]},
        )
        for number, name in enumerate(names, start=1)
    ]
    return open_publicity(
        kind=kind,
        title="示例计划公示",
        subject="plan:1",
        organisation=organisation,
        entries=entries if shown is None else shown,
        terms=Terms(**terms),
        actor=actor or staff_actor(organisation, role),
        now=now,
    )


def make_objection(publicity: Publicity, now: datetime, *, actor: Actor = ANONYMOUS, **fields) -> Objection:
    """An objection against the first entry, filed online without a name."""
    entry = fields.pop("entry", publicity.entries.first())
    report = Report(**{"channel": Channel.ONLINE, "text": "获奖年份不实", **fields})
    return file_objection(publicity=publicity, entry=entry, report=report, link="/x/", actor=actor, now=now)[
        0
    ]
