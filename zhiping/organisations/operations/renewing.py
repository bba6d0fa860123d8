"""A new way into an account whose owner lost the old one: two administrators, and the owner learns of both steps."""

from datetime import datetime

from django.db import transaction

from zhiping.identity import operations
from zhiping.identity.models import User
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import BEIJING
from zhiping.messaging.kind import Kind
from zhiping.messaging.operations import tell
from zhiping.organisations import messages

MESSAGES = "/start/"


@transaction.atomic
def ask_new_access(*, user: User, actor: Actor, now: datetime) -> None:
    """The first administrator, who checked the owner's identity: ask, and tell the owner."""
    operations.ask_renewal(user=user, actor=actor, now=now)
    _tell(user, messages.ACCESS_ASKED, actor, now)


@transaction.atomic
def give_new_access(*, user: User, actor: Actor, now: datetime) -> None:
    """The second one: end the old password and second factor, and tell the owner."""
    operations.renew_access(user=user, actor=actor, now=now)
    _tell(user, messages.ACCESS_RENEWED, actor, now)


def _tell(user: User, kind: Kind, actor: Actor, now: datetime) -> None:
    if user.person_id is not None:
        moment = f"{now.astimezone(BEIJING):%Y-%m-%d %H:%M}"
        context = {"administrator": actor.name, "moment": moment, "link": MESSAGES}
        tell(person=user.person_id, kind=kind, context=context, now=now)
