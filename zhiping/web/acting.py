"""From a session to an Actor: which account, and which of its roles was chosen at sign-in. One query."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from zhiping.identity.models import User
from zhiping.kernel import clock
from zhiping.kernel.actor import ANONYMOUS, EMPLOYER_ROLES, Actor, Role
from zhiping.organisations.models import Membership
from zhiping.organisations.queries import choices_of

MEMBERSHIP_KEY = "acting_membership"
SIGN_ON_KEY = (
    "signed_on"  # absent: signed in here; "": by a personal account; else the credit code of a legal one
)
ASKED = (  # all that an Actor is made of; what lies encrypted in a person is not opened on every request
    "role",
    "user__username",
    "user__password",
    "user__is_active",
    "user__person__name",
    "organisation__name",
    "organisation__region",
)


def account_of(session: SessionBase) -> tuple[User | AnonymousUser, Actor]:
    """The signed-in account and the identity it acts as; anonymous if the session is stale or the account shut."""
    user_id = session.get(SESSION_KEY)
    if user_id is None or BACKEND_SESSION_KEY not in session:
        return AnonymousUser(), ANONYMOUS
    membership = _membership(session, int(user_id))
    if session.get(SIGN_ON_KEY) and membership is None:
        return AnonymousUser(), ANONYMOUS  # a legal person is nobody's own self
    user = membership.user if membership else User.objects.select_related("person").filter(pk=user_id).first()
    if user is None or not user.is_active or not _same_password(session, user):
        return AnonymousUser(), ANONYMOUS
    return user, actor_for(user, membership)


def actor_for(user: User, membership: Membership | None) -> Actor:
    """The identity of an account: the body's role if a membership is given, else the person themselves."""
    name = user.person.name if user.person else user.username
    if membership is None:
        return Actor(role=Role.APPLICANT, name=name, user_id=user.pk, person_id=user.person_id)
    return Actor(
        role=Role(membership.role),
        name=name,
        user_id=user.pk,
        person_id=user.person_id,
        organisation_id=membership.organisation_id,
        organisation_name=membership.organisation.name,
        region_code=membership.organisation.region_id,
    )


def allowed(session: Mapping[str, Any] | SessionBase, user_id: int) -> QuerySet[Membership]:
    """The memberships by which this session may act (R-027).

    - signed in here: all of the account;
    - by a personal account of the government's sign-on: none, it stands for the person alone;
    - by a legal account: those of that very employer.
    """
    rows = choices_of(user_id, today=clock.today())
    code = session.get(SIGN_ON_KEY)
    if code is None:
        return rows
    return rows.filter(role__in=EMPLOYER_ROLES, organisation__credit_code=code) if code else rows.none()


def _membership(session: SessionBase, user_id: int) -> Membership | None:
    key = session.get(MEMBERSHIP_KEY)
    if key is None:
        return None
    rows = allowed(session, user_id).select_related(None)
    try:
        return rows.select_related("organisation", "user__person").only(*ASKED).get(pk=key)
    except Membership.DoesNotExist:
        return None


def _same_password(session: SessionBase, user: User) -> bool:
    kept = session.get(HASH_SESSION_KEY, "")
    return bool(kept) and constant_time_compare(kept, user.get_session_auth_hash())
