"""Proposing, confirming and lifting records; appeals."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhiping.auditlog.recording import record as log
from zhiping.gateways.credit import PUBLISH, WITHDRAW
from zhiping.identity.models import Person
from zhiping.integrity import access, messages, transitions
from zhiping.integrity.models import Appeal, CreditPush, IntegrityRecord
from zhiping.integrity.sanction import Sanction
from zhiping.integrity.states import AppealState, Part, RecordState
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import EMPLOYER_ROLES, SYSTEM, Actor
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell_each
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import people_of


@dataclass(frozen=True, slots=True)
class Finding:
    """Who did what. `plan_year` is the year of the review that a sanction counts from; the case as frozen words."""

    part: str
    kind: str
    text: str
    document_number: str
    person: Person | None = None
    organisation: Organisation | None = None
    plan_year: int = 0
    case_key: int | None = None
    case_words: str = ""


@transaction.atomic
def propose_record(*, finding: Finding, sanction: Sanction, actor: Actor, now: datetime) -> IntegrityRecord:
    """Write a finding down for a second person to confirm; the same finding about the same case again is that one."""
    if actor.person_id is None or actor.organisation_id is None:
        raise Forbidden("integrity.propose")
    _refuse_incomplete(finding, sanction)
    today = beijing_day(now)
    first, last = sanction.term(found_on=today, plan_year=finding.plan_year or today.year)
    proposed = IntegrityRecord(
        part=finding.part,
        person=finding.person,
        organisation=finding.organisation,
        kind=finding.kind,
        finding=finding.text.strip(),
        basis=sanction.basis,
        document_number=finding.document_number.strip(),
        effects=list(sanction.effects),
        bars=list(sanction.bars),
        credit_platforms=sanction.credit_platforms,
        starts_on=first,
        ends_on=last,
        case_key=finding.case_key,
        case_words=finding.case_words,
        recorded_for_id=actor.organisation_id,
        recorded_by_id=actor.person_id,
        recorded_at=now,
    )
    if not access.can_propose(actor, proposed):
        raise Forbidden("integrity.propose")
    if (standing := _standing(proposed)) is not None:
        return standing
    proposed.save()
    log("integrity.propose", actor=actor, now=now, subject=proposed, to_state=proposed.state)
    return proposed


@transaction.atomic
def confirm_record(
    *, record: IntegrityRecord, decision: str, version: int, actor: Actor, now: datetime
) -> None:
    """A second person confirms: the record is in force and whom it names is told, with the way to appeal."""
    _decide(record, decision, actor, now)
    move(record, transitions.CONFIRM, actor=actor, now=now, version=version, note=record.decision)
    _to_credit_platforms(record, PUBLISH, now)
    told = {
        "body": record.recorded_for.name,
        "starts": record.starts_on.isoformat(),
        "ends": record.ends_on.isoformat(),
        "link": _link(record),
    }
    tell_each(people=_named(record), kind=messages.CONFIRMED, context=told, now=now)


@transaction.atomic
def discard_record(
    *, record: IntegrityRecord, decision: str, version: int, actor: Actor, now: datetime
) -> None:
    """A second person finds it unproved; it stays on file, names nobody to others and bars nothing."""
    _decide(record, decision, actor, now)
    move(record, transitions.DISCARD, actor=actor, now=now, version=version, note=record.decision)


@transaction.atomic
def file_appeal(*, record: IntegrityRecord, text: str, actor: Actor, now: datetime) -> Appeal:
    """Say why a record is wrong. The record holds meanwhile; one appeal at a time, a second click is the first."""
    if not access.can_appeal(actor, record) or actor.person_id is None:
        raise Forbidden("integrity.appeal")
    if record.state != RecordState.IN_FORCE:
        raise Refused(f"这条记录的状态是“{record.get_state_display()}”，不需要申诉。")
    if (waiting := record.appeals.filter(state=AppealState.FILED).first()) is not None:
        return waiting
    if not text.strip():
        raise Refused("请写明申诉的事实和理由。", field="text")
    appeal = Appeal.objects.create(
        record=record, text=text.strip(), filed_by_id=actor.person_id, filed_at=now
    )
    log("integrity_appeal.file", actor=actor, now=now, subject=appeal, to_state=appeal.state)
    staff = set(people_of(record.recorded_for, *access.RECORDING_ROLES)) - {
        record.recorded_by_id,
        record.decided_by_id,
    }
    tell_each(people=sorted(staff), kind=messages.APPEALED, context={"key": record.pk}, now=now)
    return appeal


@transaction.atomic
def decide_appeal(
    *, appeal: Appeal, upheld: bool, decision: str, version: int, actor: Actor, now: datetime
) -> None:
    """A third person decides with a reason; upheld, the record is lifted in the same transaction."""
    if not decision.strip():
        raise Refused("请写明处理意见和依据，当事人会看到。", field="decision")
    record = appeal.record
    Appeal.objects.filter(pk=appeal.pk, state=AppealState.FILED).update(
        decision=decision.strip(), decided_by_id=actor.person_id, decided_at=now
    )
    arrow = transitions.UPHOLD if upheld else transitions.DISMISS
    move(appeal, arrow, actor=actor, now=now, version=version, note=decision.strip())
    if upheld:
        move(record, transitions.LIFT, actor=actor, now=now, note=decision.strip())
        _to_credit_platforms(record, WITHDRAW, now)
    told = {
        "body": record.recorded_for.name,
        "outcome": appeal.get_state_display(),
        "link": _link(record),
    }
    tell_each(people=_named(record), kind=messages.ANSWERED, context=told, now=now)


@transaction.atomic
def note_receipt(*, push: CreditPush, receipt: str, now: datetime) -> None:
    """A credit platform has it; logged once."""
    if CreditPush.objects.filter(pk=push.pk, pushed_at=None).update(pushed_at=now, receipt=receipt):
        log(f"integrity.{push.act}", actor=SYSTEM, now=now, subject=push.record, note=receipt)


def _to_credit_platforms(record: IntegrityRecord, act: str, now: datetime) -> None:
    if record.credit_platforms:
        push, _ = CreditPush.objects.get_or_create(record=record, act=act, defaults={"made_at": now})
        enqueue("integrity.push", key=f"credit-push-{push.pk}", push_id=push.pk)


def _refuse_incomplete(finding: Finding, sanction: Sanction) -> None:
    if not finding.kind:
        raise Refused("请选择是哪一种行为。", field="kind")
    if sanction.kinds and finding.kind not in sanction.kinds:
        raise Refused(f"所选依据只管{'、'.join(sanction.kinds)}。请换一条依据，或改选行为。", field="kind")
    if not finding.text.strip():
        raise Refused("请写明认定的事实。", field="text")
    if not finding.document_number.strip():
        raise Refused("请填写认定文书的文号。", field="document_number")
    about_body = finding.part == Part.EMPLOYER
    if about_body != (finding.organisation is not None) or about_body == (finding.person is not None):
        raise Refused("请指明当事人：用人单位填单位，其余填个人。", field="part")


def _standing(proposed: IntegrityRecord) -> IntegrityRecord | None:
    if proposed.case_key is None:
        return None
    same = IntegrityRecord.objects.filter(
        person=proposed.person, case_key=proposed.case_key, kind=proposed.kind
    )
    return same.filter(state__in=[RecordState.PROPOSED, RecordState.IN_FORCE]).first()


def _decide(record: IntegrityRecord, decision: str, actor: Actor, now: datetime) -> None:
    if not decision.strip():
        raise Refused("请写明复核意见。", field="decision")
    if not access.can_decide(actor, record):
        raise Forbidden("integrity.decide")
    record.decision, record.decided_by_id, record.decided_at = decision.strip(), actor.person_id, now
    record.save(update_fields=["decision", "decided_by", "decided_at"])


def _named(record: IntegrityRecord) -> list[int]:
    if record.person_id is not None:
        return [record.person_id]
    return people_of(record.organisation, *EMPLOYER_ROLES) if record.organisation else []


def _link(record: IntegrityRecord) -> str:
    return "/applicant/integrity/" if record.person_id is not None else "/employer/integrity/"
