"""An employer comes to the platform: registered, letter uploaded, letter decided (R-028 … R-030, R-363)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from zhiping.auditlog.recording import record
from zhiping.documents.glyphs import require_printable
from zhiping.files.models import StoredFile
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell, tell_each
from zhiping.organisations import messages, queries, transitions
from zhiping.organisations.access import can_register_employer
from zhiping.organisations.credit_code import checked_code
from zhiping.organisations.models import AuthorisationLetter, Membership, Organisation, Region
from zhiping.organisations.states import (
    EMPLOYER_KINDS,
    HR_ROLE_OF_LEVEL,
    ROLES_OF_KIND,
    OrganisationKind,
    OrganisationState,
)


@dataclass(frozen=True, slots=True)
class EmployerParticulars:
    """What an employer is registered with, as typed."""

    name: str
    kind: str
    credit_code: str
    region: Region
    legal_person: str
    address: str = ""


@transaction.atomic
def register_employer(
    *, particulars: EmployerParticulars, role: Role, actor: Actor, now: datetime
) -> Membership:
    """A person registers their employer and acts for it from now on.

    1. access; 2. check name and code; 3. the same person's same code again gives the same row; 4. the body,
    registered and not yet to be chosen; 5. the membership; 6. log.
    """
    if not can_register_employer(actor) or particulars.kind not in EMPLOYER_KINDS:
        raise Forbidden("organisation.register")
    code = checked_credit_code(particulars.credit_code)
    known = Organisation.objects.filter(credit_code=code).first()
    if known is not None:
        return _own_membership(known, actor)
    organisation = Organisation(
        state=OrganisationState.REGISTERED,
        name=checked_body_name(particulars.name),
        kind=particulars.kind,
        credit_code=code,
        region=particulars.region,
        address=particulars.address.strip(),
        legal_person=_required(particulars.legal_person, "请填写法定代表人姓名。", "legal_person"),
    )
    save_new_body(organisation)
    membership = Membership.objects.create(
        user_id=actor.user_id,
        organisation=organisation,
        role=role_for(organisation, role),
        since=beijing_day(now),
    )
    record("organisation.register", actor=actor, now=now, subject=organisation, to_state=organisation.state)
    return membership


@transaction.atomic
def submit_letter(
    *, organisation: Organisation, file: StoredFile, valid_until: date, actor: Actor, now: datetime
) -> AuthorisationLetter:
    """1. somebody must be there to decide; 2. state; 3. the letter; 4. tell the 人力社保 body's staff."""
    handler = Person.objects.get(pk=actor.person_id)
    if not handler.phone:
        raise Refused("审核结果会通知经办人的手机，请先在“我的账号”中填写手机号。")
    if valid_until <= beijing_day(now):
        raise Refused("授权期限应晚于今天，请对照授权委托证明填写。", field="valid_until")
    body = queries.deciding_body(organisation)
    if body is None:
        raise Refused(
            f"{organisation.region.name}的人力社保部门还没有开通账号，暂时没有人能审核。请联系平台管理员开通后再提交。"
        )
    move(organisation, transitions.SUBMIT_LETTER, actor=actor, now=now)
    letter = AuthorisationLetter.objects.create(
        organisation=organisation, file=file, handler=handler, valid_until=valid_until, submitted_at=now
    )
    tell_each(
        people=queries.people_of(body, queries.hr_role_of(organisation)),
        kind=messages.LETTER_SUBMITTED,
        context={"employer": organisation.name, "link": f"/authority/employers/{organisation.pk}/"},
        now=now,
    )
    return letter


@transaction.atomic
def approve_letter(*, organisation: Organisation, version: int | None, actor: Actor, now: datetime) -> None:
    """1. state: staff can choose the employer from now on; 2. the letter's decision; 3. tell the handler (R-030)."""
    move(organisation, transitions.AUTHORISE, actor=actor, now=now, version=version)
    letter = _decide(organisation, approved=True, reason="", actor=actor, now=now)
    context = {"employer": organisation.name, "link": "/employer/registration/"}
    tell(person=letter.handler_id, kind=messages.LETTER_APPROVED, context=context, now=now)


@transaction.atomic
def return_letter(
    *, organisation: Organisation, reason: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """1. a reason is needed; 2. state; 3. the letter's decision; 4. tell the handler why."""
    reason = _required(reason, "请写明退回原因：哪里不对、怎样改。单位会看到这句话。", "reason").rstrip("。")
    move(organisation, transitions.RETURN_LETTER, actor=actor, now=now, version=version, note=reason)
    letter = _decide(organisation, approved=False, reason=reason, actor=actor, now=now)
    context = {"employer": organisation.name, "reason": reason, "link": "/employer/registration/"}
    tell(person=letter.handler_id, kind=messages.LETTER_RETURNED, context=context, now=now)


def checked_credit_code(text: str) -> str:
    try:
        return checked_code(text)
    except ValueError as wrong:
        raise Refused(str(wrong), field="credit_code") from None


def checked_body_name(text: str) -> str:
    name = _required("".join(text.split()), "请填写单位全称，与证照上的一致。", "name")
    require_printable(name, field="name")
    return name


def save_new_body(organisation: Organisation) -> None:
    """Insert, or refuse because the name is taken."""
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            f"“{organisation.name}”或它的统一社会信用代码已在平台登记。如果这就是您的单位，请申请成为它的经办人。",
            field="name",
        ) from None


def role_for(organisation: Organisation, role: Role) -> Role:
    """The role if this kind of body has it; an agency has only its own, a 人力社保 body that of its level."""
    roles = ROLES_OF_KIND[organisation.kind]
    if organisation.kind == OrganisationKind.HR_AUTHORITY:
        roles = (HR_ROLE_OF_LEVEL[organisation.region.level],)
    if len(roles) == 1:
        return roles[0]
    if role not in roles:
        raise Refused(
            f"{organisation.get_kind_display()}没有“{role.label}”这一角色，请重新选择。", field="role"
        )
    return role


def _own_membership(organisation: Organisation, actor: Actor) -> Membership:
    own = Membership.objects.filter(organisation=organisation, user_id=actor.user_id, is_active=True).first()
    if own is None:
        raise Refused(
            f"该统一社会信用代码已由“{organisation.name}”登记，不用再登记。请申请成为它的经办人，由现有经办人确认。",
            field="credit_code",
        )
    return own


def _decide(
    organisation: Organisation, *, approved: bool, reason: str, actor: Actor, now: datetime
) -> AuthorisationLetter:
    letter = AuthorisationLetter.objects.filter(organisation=organisation, approved=None).latest(
        "submitted_at"
    )
    letter.approved, letter.reason = approved, reason
    letter.decided_at, letter.decided_by_id = now, actor.person_id
    letter.save(update_fields=["approved", "reason", "decided_at", "decided_by"])
    return letter


def _required(text: str, sentence: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(sentence, field=field)
    return text
