"""Registering and revoking clients, granting tokens (OAuth 2.0 client credentials)."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare

from zhiping.auditlog.recording import record
from zhiping.exchange import transitions
from zhiping.exchange.access import can_keep_clients
from zhiping.exchange.models import AccessToken, Client
from zhiping.exchange.queries import actor_of, digest_of
from zhiping.exchange.states import SCOPES_OF_KIND, ClientState, Scope
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationState

TOKEN_LASTS = timedelta(minutes=15)


@transaction.atomic
def register_client(
    *, organisation: Organisation, name: str, scopes: Iterable[str], actor: Actor, now: datetime
) -> tuple[Client, str]:
    """Register a system of a body; gives the client and its secret, which is shown once and not kept."""
    if not can_keep_clients(actor):
        raise Forbidden("client.register")
    wanted = [scope for scope in Scope if scope in set(scopes)]
    if not wanted:
        raise Refused("请至少选择一项权限。", field="scopes")
    if beyond := [scope.label for scope in wanted if scope not in SCOPES_OF_KIND.get(organisation.kind, ())]:
        raise Refused(
            f"{organisation.get_kind_display()}不能有这些权限：{'、'.join(beyond)}。请去掉后再登记。",
            field="scopes",
        )
    secret = secrets.token_urlsafe(32)
    client = Client.objects.create(
        organisation=organisation,
        name=name.strip(),
        identifier=f"zp_{secrets.token_hex(8)}",
        secret_digest=digest_of(secret),
        scopes=[scope.value for scope in wanted],
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    record("client.register", actor=actor, now=now, subject=client, details={"scopes": client.scopes})
    return client, secret


@transaction.atomic
def revoke_client(*, client: Client, reason: str, version: int, actor: Actor, now: datetime) -> None:
    """From now on its tokens open nothing and nothing is sent to it."""
    if not reason.strip():
        raise Refused("请写明停用的原因。", field="reason")
    move(client, transitions.REVOKE, actor=actor, now=now, version=version, note=reason)
    AccessToken.objects.filter(client=client).delete()


@transaction.atomic
def grant_token(
    *, identifier: str, secret: str, scopes: Iterable[str] | None, now: datetime
) -> tuple[str, list[str]] | None:
    """A token for a quarter of an hour with the scopes asked for; None if client and secret do not fit.

    Asking for a scope that the client has not is refused; asking for none gives all that it has.
    """
    client = Client.objects.select_related("organisation__region").filter(identifier=identifier).first()
    fits = constant_time_compare(client.secret_digest if client else "", digest_of(secret))
    if client is None or not fits or client.state != ClientState.ACTIVE:
        return None
    if client.organisation.state == OrganisationState.SUSPENDED:
        return None
    wanted = list(dict.fromkeys(scopes or client.scopes))
    if set(wanted) - set(client.scopes):
        raise Refused("申请的权限超出了登记的权限。请在请求里去掉，或请平台管理员登记。", field="scope")
    token = secrets.token_urlsafe(32)
    AccessToken.objects.filter(client=client, expires_at__lte=now).delete()
    AccessToken.objects.create(
        client=client, digest=digest_of(token), scopes=wanted, expires_at=now + TOKEN_LASTS
    )
    record("client.token", actor=actor_of(client), now=now, subject=client, details={"scopes": wanted})
    return token, wanted
