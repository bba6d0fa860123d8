"""Integrity records in a given state, through the operations that make them."""

from dataclasses import replace
from datetime import datetime

from tests.factories.people import make_organisation, make_person, staff_actor
from zhiping.applications.models import Application
from zhiping.identity.models import Person
from zhiping.integrity.models import IntegrityRecord
from zhiping.integrity.operations import Finding, confirm_record, propose_record
from zhiping.integrity.sanction import YEAR_AFTER_REVIEW, Sanction
from zhiping.integrity.states import Part
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind

HIGHER = ("senior_full", "senior_associate")


def bar(levels: tuple[str, ...] = HIGHER, *, starts: str = YEAR_AFTER_REVIEW) -> Sanction:
    return Sanction(
        "fraud", "弄虚作假的…", ("弄虚作假",), ("申报材料退回",), 3, starts, levels, "某通知三（九）"
    )


def make_authority(region: str = "330106") -> Organisation:
    return make_organisation(kind=OrganisationKind.HR_AUTHORITY, region=region)


def officer(body: Organisation) -> Actor:
    """A further official of the body: each call is another person."""
    return staff_actor(body, Role.COUNTY_HR)


def official_of(record: IntegrityRecord, person: Person) -> Actor:
    """The person acting for the record's body (who has acted for it before)."""
    return replace(officer(record.recorded_for), person_id=person.pk)


def finding_about(person: Person, application: Application | None = None, **fields) -> Finding:
    values = {
        "part": Part.APPLICANT,
        "kind": "弄虚作假",
        "text": "论文系伪造。",
        "document_number": "示范人社监〔2026〕1号",
        "person": person,
        "plan_year": 2025,
        **fields,
    }
    if application is not None:
        values |= {"case_key": application.pk, "case_words": f"申报号 {application.number}"}
    return Finding(**values)


def proposed(
    now: datetime, person: Person | None = None, body: Organisation | None = None, **fields
) -> IntegrityRecord:
    """A finding that waits for a second person."""
    sanction = fields.pop("sanction", None) or bar()
    person = person or make_person()
    return propose_record(
        finding=finding_about(person, **fields),
        sanction=sanction,
        actor=officer(body or make_authority()),
        now=now,
    )


def confirmed(now: datetime, person: Person | None = None, **fields) -> IntegrityRecord:
    """A record in force."""
    record = proposed(now, person, **fields)
    confirm_record(record=record, decision="属实", version=1, actor=officer(record.recorded_for), now=now)
    return record
