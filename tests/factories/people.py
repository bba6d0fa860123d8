"""People, accounts, bodies and memberships, with nothing hidden: every call makes exactly what its name says."""

import time
from datetime import UTC, date, datetime
from itertools import count

from zhiping.identity.document_number import check_character
from zhiping.identity.models import Person, User
from zhiping.identity.states import Sex
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Membership, Organisation, Region
from zhiping.organisations.states import OrganisationKind, OrganisationState, RegionLevel
from zhiping.privacy.fields import blind_index

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_numbers = count(1)


def resident_number(serial: int, *, born_on: date = date(1985, 6, 1), area: str = "330106") -> str:
    """A valid resident identity number (GB 11643) that nobody holds."""
    body = f"{area}{born_on:%Y%m%d}{serial % 1000:03d}"
    return body + check_character(body)


def make_region(
    code: str = "330000", name: str = "", level: str = "", parent: Region | None = None
) -> Region:
    """The region, made with its parents if it is not there (330000 province, 330100 city, 330106 county)."""
    if found := Region.objects.filter(pk=code).first():
        return found
    rank = RegionLevel.PROVINCE if code.endswith("0000") else RegionLevel.CITY
    if not code.endswith("00"):
        rank = RegionLevel.COUNTY
    if parent is None and rank != RegionLevel.PROVINCE:
        parent = make_region(code[:2] + "0000" if rank == RegionLevel.CITY else code[:4] + "00")
    return Region.objects.create(code=code, name=name or f"地区{code}", level=level or rank, parent=parent)


def make_person(name: str = "申报人甲", **fields) -> Person:
    """A person with a valid, unused identity number; any field may be given."""
    serial = next(_numbers)
    born_on = fields.setdefault("born_on", date(1985, 6, 1))
    number = fields.pop("document_number", "") or resident_number(
        serial, born_on=born_on, area=f"33{(serial // 1000) % 100:02d}06"
    )
    phone = fields.pop("phone", f"138{serial:08d}")
    values = {"sex": Sex.FEMALE, "created_at": LONG_AGO, **fields}
    return Person.objects.create(
        name=name,
        document_number=number,
        document_index=blind_index(number),
        phone=phone,
        phone_index=blind_index(phone) if phone else "",
        **values,
    )


def make_user(person: Person | None = None, *, username: str = "", name: str = "申报人甲", **fields) -> User:
    """An account that can be signed in with `client.force_login`; makes its person if none is given."""
    person = person or make_person(name)
    return User.objects.create(username=username or f"user{next(_numbers)}", person=person, **fields)


def make_organisation(
    name: str = "", *, kind: str = OrganisationKind.ENTERPRISE, region: str = "330106", **fields
) -> Organisation:
    """An authorised body."""
    values = {"state": OrganisationState.AUTHORISED, **fields}
    return Organisation.objects.create(
        name=name or f"示范单位{next(_numbers)}", kind=kind, region=make_region(region), **values
    )


def make_membership(
    user: User | None = None,
    organisation: Organisation | None = None,
    role: Role = Role.EMPLOYER_CLERK,
    **fields,
) -> Membership:
    """An account's role in a body; makes account and body if none is given."""
    return Membership.objects.create(
        user=user or make_user(name="经办人"),
        organisation=organisation or make_organisation(),
        role=role,
        since=fields.pop("since", LONG_AGO.date()),
        **fields,
    )


def applicant_actor(person: Person) -> Actor:
    """The person acting for themselves; makes an account if there is none."""
    user = User.objects.filter(person=person).first() or make_user(person)
    return Actor(role=Role.APPLICANT, name=person.name, user_id=user.pk, person_id=person.pk)


def staff_actor(
    organisation: Organisation, role: Role = Role.EMPLOYER_CLERK, *, person: Person | None = None
) -> Actor:
    """Somebody acting for a body in a role, with account and membership."""
    membership = make_membership(
        make_user(person, name=role.label) if person is None else _account(person), organisation, role
    )
    return Actor(
        role=role,
        name=membership.user.person.name,
        user_id=membership.user_id,
        person_id=membership.user.person_id,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        region_code=organisation.region_id,
    )


def sign_in(client, actor: Actor) -> None:
    """Sign a test client in as the actor, with the acting role it has."""
    user = User.objects.get(pk=actor.user_id)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["seen_at"] = time.time()
    if actor.organisation_id is not None:
        membership = Membership.objects.get(user=user, organisation_id=actor.organisation_id, role=actor.role)
        session["acting_membership"] = membership.pk
    session.save()


def _account(person: Person) -> User:
    return User.objects.filter(person=person).first() or make_user(person)
