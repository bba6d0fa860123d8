"""What happens: clients and tokens, kept answers, webhooks."""

from zhiping.exchange.operations.calling import keep_answer, kept_answer, note_call
from zhiping.exchange.operations.clients import grant_token, register_client, revoke_client
from zhiping.exchange.operations.webhooks import (
    add_endpoint,
    announce,
    note_attempt,
    prove_endpoint,
    replay_delivery,
    switch_off_endpoint,
)

__all__ = [
    "add_endpoint",
    "announce",
    "grant_token",
    "keep_answer",
    "kept_answer",
    "note_attempt",
    "note_call",
    "prove_endpoint",
    "register_client",
    "replay_delivery",
    "revoke_client",
    "switch_off_endpoint",
]
