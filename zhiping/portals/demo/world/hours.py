"""Continuing education of the demo, from hours.yaml: courses filed, hours entered, one paper that waits for audit."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from zhiping.continuing_education import operations, transitions
from zhiping.continuing_education.conversion import conversions_for, registers_for
from zhiping.continuing_education.models import Course
from zhiping.continuing_education.states import Origin
from zhiping.identity.models import User
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import BEIJING
from zhiping.organisations.models import Organisation
from zhiping.portals.demo.world.bodies import PREFIX, applicant, said, staff
from zhiping.portals.demo.world.people import evidence_file

AUTHORITY_LOGIN = "xihu-hr"


def make_hours(now: datetime) -> None:
    """Everything of hours.yaml, unless it is there."""
    world = said("hours.yaml")
    provider = Organisation.objects.get(name=world["provider"])
    if Course.objects.filter(provider=provider).exists():
        return
    school, authority = staff(world["login"]), staff(AUTHORITY_LOGIN)
    filed = {each["number"]: file_course(each, school, authority, now) for each in world["courses"]}
    waiting = write_course(world["waiting"], school, now)
    operations.submit_course(course=waiting, expected=None, actor=school, now=now)
    rows = [operations.HourRow(person_of(each["login"]), filed[each["course"]], filed[each["course"]].hours)
            for each in world["entered"]]  # fmt: skip
    operations.enter_batch(
        provider_id=provider.pk,
        key="demo",
        origin=Origin.SHEET,
        sha256="0" * 64,
        rows=rows,
        actor=school,
        now=now,
    )
    register_own(world["own"], now)
    make_online(world["online"], school, authority, now)
    open_class(world["class"], filed, school, now)


def make_online(each: dict[str, Any], school: Actor, authority: Actor, now: datetime) -> None:
    """A course that is studied online, its chapters written before it is filed."""
    course = write_course(each["course"], school, now)
    for lesson in each["lessons"]:
        operations.add_lesson(course=course, kind="text", file=None, actor=school, now=now, **lesson)
    file_written(course, school, authority, now)


def open_class(each: dict[str, Any], filed: dict[str, Course], school: Actor, now: datetime) -> None:
    """A class on the first days of the demo."""
    spans = [
        (
            datetime.combine(day, time(first), BEIJING),
            datetime.combine(day, time(last), BEIJING),
            Decimal(hours),
        )
        for day, first, last, hours in each["sessions"]
    ]
    operations.open_class(
        course=filed[each["course"]],
        spans=spans,
        **{name: each[name] for name in ("name", "place", "seats")},
        actor=school,
        now=now,
    )


def file_course(each: dict[str, Any], school: Actor, authority: Actor, now: datetime) -> Course:
    """A course, filed by its authority."""
    return file_written(write_course(each, school, now), school, authority, now)


def file_written(course: Course, school: Actor, authority: Actor, now: datetime) -> Course:
    operations.submit_course(course=course, expected=None, actor=school, now=now)
    operations.decide_course(
        course=course,
        verdict=transitions.OFFER_COURSE,
        reason="",
        expected=None,
        actor=authority,
        now=now,
    )
    return course


def write_course(each: dict[str, Any], school: Actor, now: datetime) -> Course:
    values = each | {
        "hours": Decimal(each["hours"]),
        "registered_in": registers_for(school.region_code)[0].name,
        "outline": "",
    }
    return operations.save_course(course=None, values=values, actor=school, now=now)


def register_own(each: dict[str, Any], now: datetime) -> None:
    """A paper registered as hours, with its proof; the employer has yet to look at it."""
    own = applicant(each["login"])
    person = User.objects.get(pk=own.user_id).person
    employer = person.profile.employer
    table = {line.key: line for line in conversions_for(employer.region_id)}
    proof = evidence_file(person, "论文：封面、目录、正文", {"title": each["title"]}, own, now)
    operations.register_own_hours(
        conversion=table[each["conversion"]],
        amount=Decimal(each["amount"]),
        year=each["year"],
        title=each["title"],
        registered_in=registers_for(employer.region_id)[0].name,
        proofs=[proof],
        employer=employer,
        token="demo",  # noqa: S106 - no secret: it makes the form's record once
        actor=own,
        now=now,
    )


def person_of(login: str) -> int:
    return User.objects.get(username=PREFIX + login).person_id
