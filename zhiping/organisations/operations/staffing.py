"""Who acts for a body: invited, asking, answered, ended, handed over; and which role an account acts in."""

from datetime import datetime

from django.db import IntegrityError, transaction

from zhiping.auditlog.recording import record
from zhiping.identity.models import User
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell, tell_each
from zhiping.organisations import messages, queries, transitions
from zhiping.organisations.access import acts_for, can_keep_staff, can_register_employer
from zhiping.organisations.models import ClerkRequest, Membership, Organisation
from zhiping.organisations.operations.registering import checked_credit_code, role_for
from zhiping.organisations.states import EMPLOYER_KINDS, ClerkRequestState

START = "/start/"
CLERKS = "/employer/registration/clerks/"


@transaction.atomic
def invite_clerk(
    *, organisation: Organisation, username: str, name: str, role: Role, actor: Actor, now: datetime
) -> ClerkRequest:
    """The employer's staff ask a person, known by user name and name together, to act for it too."""
    if not acts_for(actor, organisation):
        raise Forbidden("clerk_request.invite")
    user = (
        User.objects.select_related("person")
        .filter(username__iexact=username.strip(), is_active=True, person__name=name.strip())
        .first()
    )
    if user is None:
        raise Refused(
            "没有用户名和姓名都相符的账号。请与对方核对；对方还没有账号的，请先自行注册。", field="username"
        )
    request = _new_request(organisation, user, role, ClerkRequestState.INVITED, now)
    record("clerk_request.invite", actor=actor, now=now, subject=request, to_state=request.state)
    context = {"employer": organisation.name, "role": request.get_role_display(), "link": START}
    tell(person=user.person, kind=messages.INVITED, context=context, now=now)
    return request


@transaction.atomic
def ask_to_join(*, credit_code: str, role: Role, actor: Actor, now: datetime) -> ClerkRequest:
    """A person asks to act for an employer that is registered already; its staff answer."""
    if not can_register_employer(actor):
        raise Forbidden("clerk_request.ask")
    code = checked_credit_code(credit_code)
    organisation = Organisation.objects.filter(credit_code=code, kind__in=EMPLOYER_KINDS).first()
    if organisation is None:
        raise Refused("平台上还没有这个统一社会信用代码的单位，请登记新单位。", field="credit_code")
    user = User.objects.select_related("person").get(pk=actor.user_id)
    request = _new_request(organisation, user, role, ClerkRequestState.ASKED, now)
    record("clerk_request.ask", actor=actor, now=now, subject=request, to_state=request.state)
    context = {
        "person": actor.name,
        "employer": organisation.name,
        "role": request.get_role_display(),
        "link": CLERKS,
    }
    tell_each(people=queries.people_of(organisation), kind=messages.ASKED, context=context, now=now)
    return request


@transaction.atomic
def answer_request(*, request: ClerkRequest, accept: bool, actor: Actor, now: datetime) -> None:
    """1. state; 2. on yes the membership; 3. tell who asked, unless the person answered an invitation."""
    chosen = transitions.ACCEPT_REQUEST if accept else transitions.DECLINE_REQUEST
    move(request, chosen, actor=actor, now=now)
    if accept:
        _appoint(request.user, request.organisation, Role(request.role), now)
    if actor.user_id != request.user_id:
        context = {
            "employer": request.organisation.name,
            "role": request.get_role_display(),
            "answer": "已通过" if accept else "未通过",
            "link": START,
        }
        tell(person=request.user.person_id, kind=messages.ANSWERED, context=context, now=now)


@transaction.atomic
def end_membership(*, membership: Membership, reason: str, actor: Actor, now: datetime) -> None:
    """Somebody no longer acts for a body; the last of an employer's staff must first hand over.

    1. access; 2. reason; 3. somebody must remain; 4. the row, kept for history; 5. log; 6. tell the person.
    """
    organisation = membership.organisation
    if not can_keep_staff(actor, organisation):
        raise Forbidden("membership.end")
    if not membership.is_active:
        return
    if not reason.strip():
        raise Refused("请写明原因，本人会看到这句话。", field="reason")
    if membership.user_id == actor.user_id and membership.role == Role.SYSTEM_ADMIN:
        raise Refused("不能停用自己的管理员身份，请由另一位管理员办理。")
    remaining = Membership.objects.select_for_update().filter(
        organisation=organisation, is_active=True, user__is_active=True
    )
    if membership.role in EMPLOYER_ROLES and not [
        each for each in remaining if each.user_id != membership.user_id
    ]:
        raise Refused("这是单位的最后一位经办人。请先邀请接任的人并由其接受，再办理交接。")
    membership.is_active, membership.until = False, beijing_day(now)
    membership.save(update_fields=["is_active", "until"])
    record("membership.end", actor=actor, now=now, subject=membership, note=reason.strip())
    if membership.user.person_id and membership.user_id != actor.user_id:
        context = {
            "employer": organisation.name,
            "role": membership.get_role_display(),
            "reason": reason.strip().rstrip("。"),
            "link": START,
        }
        tell(person=membership.user.person_id, kind=messages.MEMBERSHIP_ENDED, context=context, now=now)


@transaction.atomic
def hand_over(*, membership: Membership, successor: Membership, actor: Actor, now: datetime) -> None:
    """A clerk leaves the work to a colleague who acts for the same employer already, and stops acting for it."""
    if actor.user_id != membership.user_id:
        raise Forbidden("membership.hand_over")
    is_colleague = (
        successor.organisation_id == membership.organisation_id
        and successor.is_active
        and successor.user_id != membership.user_id
    )
    if not is_colleague:
        raise Refused("请选择本单位另一位在任的经办人接手。", field="successor")
    name = successor.user.person.name
    end_membership(membership=membership, reason=f"交接给{name}", actor=actor, now=now)


@transaction.atomic
def grant_role(
    *, user: User, organisation: Organisation, role: Role, actor: Actor, now: datetime
) -> Membership:
    """The administrator lets an account act for a body; repeating it changes nothing (R-031)."""
    if not can_keep_staff(actor, organisation) or acts_for(actor, organisation):
        raise Forbidden("membership.grant")
    if organisation.kind in EMPLOYER_KINDS:
        raise Refused("用人单位的经办人由单位自己邀请和确认，不由平台指定。")
    membership, changed = _appoint(user, organisation, role, now)
    if changed:
        record("membership.grant", actor=actor, now=now, subject=membership, details={"role": role.value})
    return membership


@transaction.atomic
def choose_role(*, user: User, membership: Membership | None, actor: Actor, now: datetime) -> None:
    """Log which identity an account goes on with; the session is the portal's work."""
    if membership is not None and membership.user_id != user.pk:
        raise Forbidden("role.choose")
    role = membership.role if membership else Role.APPLICANT.value
    record("role.choose", actor=actor, now=now, subject=membership or user, details={"role": role})


def _new_request(
    organisation: Organisation, user: User, role: Role, state: ClerkRequestState, now: datetime
) -> ClerkRequest:
    role = role_for(organisation, role)
    if Membership.objects.filter(organisation=organisation, user=user, role=role, is_active=True).exists():
        raise Refused(f"“{user.person.name}”已经是{organisation.name}的{role.label}。", field="username")
    open_states = [ClerkRequestState.INVITED, ClerkRequestState.ASKED]
    waiting = ClerkRequest.objects.filter(organisation=organisation, user=user, state__in=open_states).first()
    if waiting is not None:
        raise Refused(f"已有一份{waiting.get_state_display()}的申请，不用重复提出。", field="username")
    try:
        with transaction.atomic():
            return ClerkRequest.objects.create(
                organisation=organisation, user=user, role=role, state=state, made_at=now
            )
    except IntegrityError:  # the other side was a moment faster
        raise Refused("刚刚已有一份同样的申请，请刷新页面查看。", field="username") from None


def _appoint(user: User, organisation: Organisation, role: Role, now: datetime) -> tuple[Membership, bool]:
    """The active membership, and whether this call made it so."""
    membership, is_new = Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        role=role_for(organisation, role),
        defaults={"since": beijing_day(now)},
    )
    changed = is_new or not membership.is_active
    if changed and not is_new:
        membership.is_active, membership.since, membership.until = True, beijing_day(now), None
        membership.save(update_fields=["is_active", "since", "until"])
    return membership, changed
