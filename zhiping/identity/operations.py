"""Registering people, opening and shutting accounts."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from zhiping.auditlog.recording import record
from zhiping.identity.access import can_administer_accounts, can_change_person, can_register
from zhiping.identity.document_number import checked_number, resident_number
from zhiping.identity.models import AccessRenewal, Person, User
from zhiping.identity.particulars import checked_name, checked_phone, checked_username
from zhiping.identity.queries import is_same_administrator, open_renewal
from zhiping.identity.states import IdentityDocument
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.privacy.fields import blind_index

DOCUMENT_TAKEN = (
    "该证件号码已在平台登记，一个证件只能有一个账号。请直接登录；忘记密码或从未登录过，请联系平台管理员，"
    "核实身份后领取一次性的设置密码链接。"
)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a person is registered with, as typed. Sex and birthday are read from a resident number."""

    name: str
    document_kind: str
    document_number: str
    phone: str
    sex: str = ""
    born_on: date | None = None


@transaction.atomic
def register_person(
    *, particulars: Particulars, username: str, password: str, actor: Actor, now: datetime
) -> User:
    """A visitor opens an account for themselves: 1. access; 2. check; 3. person; 4. account; 5. log."""
    if not can_register(actor):
        raise Forbidden("person.register")
    person = _new_person(particulars, now)
    user = _new_user(username, person)
    user.set_password(password)
    user.save(update_fields=["password"])
    own = Actor(role=actor.role, name=person.name, user_id=user.pk, person_id=person.pk)
    record("person.register", actor=own, now=now, subject=person)
    return user


@transaction.atomic
def open_account(*, particulars: Particulars, username: str, actor: Actor, now: datetime) -> User:
    """The administrator opens an account without password; the person sets it by a one-time link (R-031).

    Somebody who is registered already keeps the one account: it is returned if the name agrees.
    """
    if not can_administer_accounts(actor):
        raise Forbidden("account.open")
    number = _checked_number(particulars, now)
    known = Person.objects.filter(document_index=blind_index(number)).first()
    if known is not None and known.name != checked_name(particulars.name):
        raise Refused("该证件号码已登记在另一个姓名下，请与本人核对证件号码和姓名。", field="document_number")
    person = known or _new_person(particulars, now)
    found = User.objects.filter(person=person).first()
    if found is not None:
        return found
    user = _new_user(username, person)
    record("account.open", actor=actor, now=now, subject=user)
    return user


@transaction.atomic
def know_by_sign_on(*, particulars: Particulars, actor: Actor, now: datetime) -> User:
    """The account of whoever the government's sign-on names, made at the first time (R-026).

    1. a visitor only; 2. the person by the document number, whose name must agree; 3. the account, which must not be
    shut; 4. log. The same person always gets the same account.
    """
    if not can_register(actor):
        raise Forbidden("person.sign_on")
    number = _checked_number(particulars, now)
    person = Person.objects.filter(document_index=blind_index(number)).first()
    if person is not None and person.name != checked_name(particulars.name):
        raise Refused(
            "这个证件号码在平台登记的是另一个姓名，没有登录。请带身份证件联系平台管理员核对、更正。"
        )
    person = person or _new_person(particulars, now)
    user = User.objects.filter(person=person).first() or _new_user(f"z{secrets.token_hex(8)}", person)
    if not user.is_active:
        raise Refused("这个账号已停用，没有登录。如有疑问，请联系平台管理员。")
    user.person = person
    own = Actor(role=Role.APPLICANT, name=person.name, user_id=user.pk, person_id=person.pk)
    record("person.sign_on", actor=own, now=now, subject=person)
    return user


@transaction.atomic
def change_phone(*, person: Person, phone: str, actor: Actor, now: datetime) -> None:
    """The person gives another mobile number; the number itself stays out of the log."""
    if not can_change_person(actor, person):
        raise Forbidden("person.change_phone")
    number = checked_phone(phone)
    if number == person.phone:
        return
    person.phone, person.phone_index = number, blind_index(number)
    person.save(update_fields=["phone", "phone_index"])
    record("person.change_phone", actor=actor, now=now, subject=person)


@transaction.atomic
def renew_access(*, user: User, actor: Actor, now: datetime) -> None:
    """Prepare a one-time link: the old password and second factor end, and with them every session.

    An account that was ever used needs a second administrator: one alone could take over anybody's account.
    """
    _refuse_renewing(user, actor)
    if not user.is_fresh:
        _confirm_renewal(user, actor, now)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    record("account.renew_access", actor=actor, now=now, subject=user)


@transaction.atomic
def ask_renewal(*, user: User, actor: Actor, now: datetime) -> AccessRenewal:
    """Ask that an account's access be renewed, after its owner's identity was checked; asking again changes nothing."""
    _refuse_renewing(user, actor)
    asked, is_new = AccessRenewal.objects.get_or_create(
        user=user, confirmed_at=None, defaults={"asked_by_id": actor.user_id, "asked_at": now}
    )
    if is_new:
        record("account.ask_renewal", actor=actor, now=now, subject=user)
    return asked


def _refuse_renewing(user: User, actor: Actor) -> None:
    if not can_administer_accounts(actor):
        raise Forbidden("account.renew_access")
    if user.pk == actor.user_id:
        raise Refused("不能重置自己的账号。请在“我的账号”中修改密码，或请另一位管理员办理。")


def _confirm_renewal(user: User, actor: Actor, now: datetime) -> None:
    asked = open_renewal(user)
    if asked is None:
        raise Refused("重置使用中的账号要两位管理员办理。请先提出申请，再请另一位管理员核实后确认。")
    if is_same_administrator(asked, actor):
        raise Refused("这次重置是您提出的，要由另一位管理员核实后确认，不能自己确认。")
    asked.confirmed_by_id, asked.confirmed_at = actor.user_id, now
    asked.save(update_fields=["confirmed_by", "confirmed_at"])


@transaction.atomic
def set_first_password(*, user: User, password: str, now: datetime) -> None:
    """The holder of a one-time link sets the password; the link is spent by it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    own = Actor(role=Role.APPLICANT, name=user.shown_name, user_id=user.pk, person_id=user.person_id)
    record("account.set_password", actor=own, now=now, subject=user)


@transaction.atomic
def suspend_account(*, user: User, reason: str, actor: Actor, now: datetime) -> None:
    """Shut an account: its sessions end at their next request. Repeating it changes nothing."""
    _switch(user, on=False, verb="account.suspend", note=reason, actor=actor, now=now)


@transaction.atomic
def restore_account(*, user: User, reason: str, actor: Actor, now: datetime) -> None:
    """Open a shut account again."""
    _switch(user, on=True, verb="account.restore", note=reason, actor=actor, now=now)


def _switch(user: User, *, on: bool, verb: str, note: str, actor: Actor, now: datetime) -> None:
    if not can_administer_accounts(actor):
        raise Forbidden(verb)
    if user.pk == actor.user_id:
        raise Refused("不能停用自己正在使用的账号，请由另一位管理员办理。")
    if not note.strip():
        raise Refused("请写明原因，它会留在记录里。", field="reason")
    if User.objects.filter(pk=user.pk, is_active=not on).update(is_active=on):
        user.is_active = on
        record(verb, actor=actor, now=now, subject=user, note=note.strip())


def _checked_number(particulars: Particulars, now: datetime) -> str:
    try:
        return checked_number(particulars.document_kind, particulars.document_number, today=beijing_day(now))
    except ValueError as wrong:
        raise Refused(str(wrong), field="document_number") from None


def _new_person(particulars: Particulars, now: datetime) -> Person:
    name = checked_name(particulars.name)
    number = _checked_number(particulars, now)
    phone = checked_phone(particulars.phone)
    sex, born_on = particulars.sex, particulars.born_on
    if particulars.document_kind == IdentityDocument.RESIDENT:
        read = resident_number(number, today=beijing_day(now))
        sex, born_on = read.sex, read.born_on
    elif born_on is None or not sex:
        raise Refused("这种证件的号码里没有出生日期和性别，请对照证件填写这两项。", field="born_on")
    elif born_on > beijing_day(now):
        raise Refused("出生日期晚于今天，请对照证件填写。", field="born_on")
    if Person.objects.filter(document_index=blind_index(number)).exists():
        raise Refused(DOCUMENT_TAKEN, field="document_number")
    try:
        with transaction.atomic():
            return Person.objects.create(
                name=name,
                sex=sex,
                born_on=born_on,
                document_kind=particulars.document_kind,
                document_number=number,
                document_index=blind_index(number),
                phone=phone,
                phone_index=blind_index(phone),
                created_at=now,
            )
    except IntegrityError:  # somebody else was a moment faster
        raise Refused(DOCUMENT_TAKEN, field="document_number") from None


def _new_user(username: str, person: Person) -> User:
    name = checked_username(username)
    taken = Refused(f"用户名“{name}”已有人使用，请换一个。", field="username")
    if User.objects.filter(username__iexact=name).exists():
        raise taken
    user = User(username=name, person=person)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        raise taken from None
    return user
