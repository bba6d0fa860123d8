"""Employers on their way through registration."""

from datetime import date

from tests.factories.people import applicant_actor, make_organisation, make_person, make_region, staff_actor
from zhiping.files.models import StoredFile
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Membership, Organisation, Region
from zhiping.organisations.operations import registering
from zhiping.organisations.states import OrganisationKind
from zhiping.web.acting import actor_for

CODE = "91350100M000100Y43"


def make_file(actor: Actor, name: str = "授权委托证明.pdf") -> StoredFile:
    """A file's row without bytes."""
    return StoredFile.objects.create(
        owner_id=actor.person_id,
        sha256=f"{StoredFile.objects.count():064x}",
        media_type="application/pdf",
        size=1000,
        name=name,
        pages=1,
        uploaded_at="2026-01-01T00:00:00Z",
    )


def hr_staff(region: str = "330106", role: Role = Role.COUNTY_HR) -> Actor:
    """Somebody of the 人力社保 body of a place."""
    body = make_organisation(f"{region}人力社保局", kind=OrganisationKind.HR_AUTHORITY, region=region)
    return staff_actor(body, role)


def registered(
    now, *, name: str = "示范工艺有限公司", code: str = CODE, region: str = "330106"
) -> tuple[Organisation, Actor]:
    """An employer just registered and its first clerk."""
    make_region(region)
    membership = registering.register_employer(
        particulars=registering.EmployerParticulars(
            name=name,
            kind=OrganisationKind.ENTERPRISE,
            credit_code=code,
            region=Region.objects.get(pk=region),
            legal_person="法人甲",
        ),
        role=Role.EMPLOYER_CLERK,
        actor=applicant_actor(make_person("经办人甲")),
        now=now,
    )
    membership = Membership.objects.select_related("user__person", "organisation__region").get(
        pk=membership.pk
    )
    return membership.organisation, actor_for(membership.user, membership)


def submitted(now, **fields) -> tuple[Organisation, Actor]:
    """An employer whose letter waits for the 人力社保 body, which must exist."""
    organisation, clerk = registered(now, **fields)
    registering.submit_letter(
        organisation=organisation,
        file=make_file(clerk),
        valid_until=date(2027, 12, 31),
        actor=clerk,
        now=now,
    )
    return organisation, clerk
