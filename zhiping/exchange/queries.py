"""Whose token it is, as whom a client acts, and what the administrator sees."""

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from zhiping.exchange.access import can_keep_clients
from zhiping.exchange.models import AccessToken, Client, Delivery, Endpoint
from zhiping.exchange.states import SCOPES_OF_KIND, ClientState, EndpointState, Scope
from zhiping.kernel.actor import Actor
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import hr_role_of
from zhiping.organisations.states import ROLES_OF_KIND, OrganisationKind, OrganisationState


def digest_of(text: str) -> str:
    """What is kept of a secret or token of 256 random bits; nothing slower is needed for those."""
    return hashlib.sha256(text.encode()).hexdigest()


def clients_visible_to(actor: Actor) -> QuerySet[Client]:
    rows = Client.objects.select_related("organisation__region")
    return rows if can_keep_clients(actor) else rows.none()


def endpoints_visible_to(actor: Actor) -> QuerySet[Endpoint]:
    rows = Endpoint.objects.select_related("client__organisation")
    return rows if can_keep_clients(actor) else rows.none()


def deliveries_visible_to(actor: Actor) -> QuerySet[Delivery]:
    rows = Delivery.objects.select_related("event", "endpoint__client__organisation")
    return rows if can_keep_clients(actor) else rows.none()


def bodies_with_systems() -> QuerySet[Organisation]:
    """Bodies for which a client can be registered."""
    kinds = sorted(SCOPES_OF_KIND)
    return Organisation.objects.filter(kind__in=kinds, state=OrganisationState.AUTHORISED).order_by("name")


def live_token(text: str, now: datetime) -> AccessToken | None:
    """The token if it has not expired, its client not been revoked and its body not been suspended; one query."""
    rows = AccessToken.objects.select_related("client__organisation__region")
    live = rows.filter(expires_at__gt=now, client__state=ClientState.ACTIVE)
    return (
        live.exclude(client__organisation__state=OrganisationState.SUSPENDED)
        .filter(digest=digest_of(text))
        .first()
    )


def actor_of(client: Client) -> Actor:
    """The client's body in the role that it has; no account, no person."""
    body = client.organisation
    role = hr_role_of(body) if body.kind == OrganisationKind.HR_AUTHORITY else ROLES_OF_KIND[body.kind][0]
    return Actor(
        role=role,
        name=f"接口 {client.name}",
        organisation_id=body.pk,
        organisation_name=body.name,
        region_code=body.region_id,
    )


def listening() -> QuerySet[Endpoint]:
    """Verified endpoints of active clients that may read results."""
    rows = Endpoint.objects.select_related("client__organisation__region")
    live = rows.filter(state=EndpointState.VERIFIED, client__state=ClientState.ACTIVE)
    return live.exclude(client__organisation__state=OrganisationState.SUSPENDED)


def may_hear(endpoint: Endpoint) -> bool:
    return Scope.RESULTS_READ in endpoint.client.scopes
