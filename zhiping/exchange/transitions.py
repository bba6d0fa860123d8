"""Arrows of clients and endpoints."""

from zhiping.exchange import access
from zhiping.exchange.states import ClientState, EndpointState
from zhiping.lifecycle.moving import Transition

REVOKE = Transition(
    "client.revoke",
    "停用",
    frozenset({ClientState.ACTIVE}),
    ClientState.REVOKED,
    access.can_keep_clients,
)
VERIFY = Transition(
    "endpoint.verify",
    "验证",
    frozenset({EndpointState.WAITING}),
    EndpointState.VERIFIED,
    access.can_verify_endpoint,
)
SWITCH_OFF = Transition(
    "endpoint.switch_off",
    "停用",
    frozenset({EndpointState.WAITING, EndpointState.VERIFIED}),
    EndpointState.OFF,
    access.can_keep_clients,
)
