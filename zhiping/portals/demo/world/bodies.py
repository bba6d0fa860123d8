"""Bodies and their staff, from bodies.yaml."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from zhiping.identity.document_number import check_character
from zhiping.identity.models import Person, User
from zhiping.identity.states import Sex
from zhiping.kernel.actor import Actor
from zhiping.organisations.models import Membership, Organisation
from zhiping.organisations.states import OrganisationState
from zhiping.privacy.fields import blind_index
from zhiping.web.acting import actor_for

PREFIX = "demo-"
SINCE = date(2020, 1, 1)


@cache
def said(name: str) -> Any:
    """One of the YAML files of this folder."""
    return YAML(typ="safe", pure=True).load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def make_bodies(now: datetime) -> None:
    """Enter every body with its staff; those that are there are left alone."""
    for body in said("bodies.yaml"):
        organisation, _ = Organisation.objects.get_or_create(
            name=body["name"],
            defaults={
                "kind": body["kind"],
                "region_id": body["region"],
                "state": OrganisationState.AUTHORISED,
                "address": body.get("address", ""),
            },
        )
        for each in body["staff"]:
            make_staff(organisation, each["login"], each["role"], each["name"], now)


def make_staff(organisation: Organisation, login: str, role: str, name: str, now: datetime) -> User:
    """An account that acts for a body in one role."""
    user = make_user(login, name, now)
    Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults={"since": SINCE}
    )
    return user


def make_user(
    login: str, name: str, now: datetime, *, sex: str = Sex.FEMALE, born_on: date = date(1980, 5, 4)
) -> User:
    """A demo account with its person. It has no password: the demo's one-click login is the only way in."""
    username = PREFIX + login
    if found := User.objects.select_related("person").filter(username=username).first():
        return found
    user = User(username=username, person=make_person(name, now, sex=sex, born_on=born_on))
    user.set_unusable_password()
    user.save()
    return user


def make_person(
    name: str, now: datetime, *, sex: str = Sex.FEMALE, born_on: date = date(1980, 5, 4)
) -> Person:
    """A person with a well-formed number and phone that nobody holds."""
    serial = Person.objects.count() + 1
    number = demo_number(serial, born_on, is_male=sex == Sex.MALE)
    phone = f"199{serial:08d}"
    return Person.objects.create(
        name=name,
        sex=sex,
        born_on=born_on,
        document_number=number,
        document_index=blind_index(number),
        phone=phone,
        phone_index=blind_index(phone),
        created_at=now,
    )


def demo_number(serial: int, born_on: date, *, is_male: bool) -> str:
    """A well-formed resident number (GB 11643) with the reserved area code 339900, which nobody holds."""
    order = serial * 2 + (1 if is_male else 0)
    body = f"339900{born_on:%Y%m%d}{order % 1000:03d}"
    return body + check_character(body)


def staff(login: str) -> Actor:
    """The actor of a demo account's first role."""
    rows = Membership.objects.select_related("user__person", "organisation")
    membership = rows.filter(user__username=PREFIX + login).order_by("pk").first()
    if membership is None:
        raise LookupError(login)
    return actor_for(membership.user, membership)


def applicant(login: str) -> Actor:
    """The actor of a demo applicant."""
    return actor_for(User.objects.select_related("person").get(username=PREFIX + login), None)


def is_made() -> bool:
    """Whether the demo's world has been begun."""
    return User.objects.filter(username__startswith=PREFIX).exists()
