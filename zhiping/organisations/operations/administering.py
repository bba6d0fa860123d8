"""Bodies of the state and of the platform are entered, suspended and restored by the administrator (R-031)."""

from datetime import datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.organisations import transitions
from zhiping.organisations.access import can_administer_bodies
from zhiping.organisations.models import Organisation, Region
from zhiping.organisations.operations.registering import (
    checked_body_name,
    checked_credit_code,
    save_new_body,
)
from zhiping.organisations.states import EMPLOYER_KINDS, OrganisationState


@transaction.atomic
def create_body(
    *,
    name: str,
    kind: str,
    region: Region,
    parent: Organisation | None,
    credit_code: str = "",
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Enter a body other than an employer; it is authorised by being entered."""
    if not can_administer_bodies(actor):
        raise Forbidden("organisation.create")
    if kind in EMPLOYER_KINDS:
        raise Refused("用人单位由单位自己登记，并经当地人力社保部门审核，不由平台录入。", field="kind")
    organisation = Organisation(
        state=OrganisationState.AUTHORISED,
        name=checked_body_name(name),
        kind=kind,
        credit_code=checked_credit_code(credit_code) if credit_code.strip() else None,
        region=region,
        parent=parent,
    )
    save_new_body(organisation)
    record("organisation.create", actor=actor, now=now, subject=organisation, to_state=organisation.state)
    return organisation


@transaction.atomic
def suspend_body(
    *, organisation: Organisation, reason: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """Nobody acts for the body or chooses it as employer until it is restored; what was done stays."""
    note = _stated(reason)
    move(organisation, transitions.SUSPEND, actor=actor, now=now, version=version, note=note)


@transaction.atomic
def restore_body(
    *, organisation: Organisation, reason: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """Take a suspended body into use again."""
    note = _stated(reason)
    move(organisation, transitions.RESTORE, actor=actor, now=now, version=version, note=note)


def _stated(reason: str) -> str:
    if not reason.strip():
        raise Refused("请写明原因，它会留在记录里。", field="reason")
    return reason.strip()
