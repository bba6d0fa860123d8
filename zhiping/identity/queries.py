"""Finding accounts and people."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhiping.identity.access import can_administer_accounts
from zhiping.identity.models import AccessRenewal, Person, User
from zhiping.kernel.actor import Actor
from zhiping.privacy.fields import blind_index


def visible_to(actor: Actor) -> QuerySet[User]:
    """The administrator sees accounts; everybody else their own."""
    accounts = User.objects.select_related("person")
    if can_administer_accounts(actor):
        return accounts
    return accounts.filter(pk=actor.user_id)


def search(accounts: QuerySet[User], text: str) -> QuerySet[User]:
    """Accounts whose name, user name, whole document number or whole phone number is `text`."""
    text = text.strip()
    if not text:
        return accounts
    index = blind_index(text)
    return accounts.filter(
        Q(person__name__contains=text)
        | Q(username__icontains=text)
        | Q(person__document_index=index)
        | Q(person__phone_index=index)
    )


def person_by_number(number: str) -> Person | None:
    """The person with this whole document number."""
    return Person.objects.filter(document_index=blind_index(number.strip())).first()


def with_second_factor(accounts: QuerySet[User]) -> QuerySet[User]:
    """Adds `is_protected`: whether the account asks for a code at sign-in."""
    codes = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return accounts.annotate(is_protected=Exists(codes))


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def open_renewal(user: User) -> AccessRenewal | None:
    """What one administrator asked for this account and nobody confirmed yet."""
    return user.renewals.filter(confirmed_at=None).select_related("asked_by__person").first()


def is_same_administrator(asked: AccessRenewal, actor: Actor) -> bool:
    """Compared by person, not by account."""
    same_person = actor.person_id is not None and asked.asked_by.person_id == actor.person_id
    return asked.asked_by_id == actor.user_id or same_person
