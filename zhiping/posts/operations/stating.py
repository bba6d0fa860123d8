"""非在编说明: staff outside the establishment take no post; their institution states so (R-224, C-74)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from zhiping.auditlog.recording import record
from zhiping.identity.models import Person
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind
from zhiping.posts import access, transitions
from zhiping.posts.models import Statement


@transaction.atomic
def issue_statement(
    *,
    institution: Organisation,
    person: Person,
    year: int,
    basis: str,
    signer: str,
    actor: Actor,
    now: datetime,
) -> Statement:
    """State it once a year and print it; the applicant then uploads none. Never about oneself."""
    if not access.can_keep(actor, institution) or actor.person_id == person.pk:
        raise Forbidden("post_statement.issue")
    if institution.kind != OrganisationKind.PUBLIC_INSTITUTION:
        raise Refused("只有事业单位需要出具非在编说明。")
    for value, sentence, field in (
        (basis, "请填写用工方式和依据，例如“劳动合同，2022 年 3 月起”。", "basis"),
        (signer, "请填写单位负责人。", "signer"),
    ):
        if not value.strip():
            raise Refused(sentence, field=field)
    try:
        with transaction.atomic():
            statement = Statement.objects.create(
                institution=institution,
                person=person,
                year=year,
                basis=basis.strip().rstrip("。"),
                signer=signer.strip(),
                issued_at=now,
            )
    except IntegrityError:
        raise Refused(f"{person.name}本年度的非在编说明已经出具。要改，请先收回。", field="person") from None
    record("post_statement.issue", actor=actor, now=now, subject=statement, to_state=statement.state)
    enqueue("posts.print_statement", key=f"post-statement-{statement.pk}", statement_id=statement.pk)
    return statement


@transaction.atomic
def revoke_statement(*, statement: Statement, version: int | None, actor: Actor, now: datetime) -> None:
    """Take a wrong statement back; from now on it supports nothing."""
    move(statement, transitions.REVOKE_STATEMENT, actor=actor, now=now, version=version)
