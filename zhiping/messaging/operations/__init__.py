"""Business actions of messages: telling, sending echoes, addresses and choices of a person."""

from zhiping.messaging.operations.contacting import ask_code, choose_echoes, confirm_code, forget_email
from zhiping.messaging.operations.sending import (
    claim_echo,
    give_up_unsendable,
    note_failure,
    note_rejected,
    note_sent,
    send_again,
    take_report,
)
from zhiping.messaging.operations.telling import mark_read, post_letter, tell, tell_each

__all__ = [
    "ask_code",
    "choose_echoes",
    "claim_echo",
    "confirm_code",
    "forget_email",
    "give_up_unsendable",
    "mark_read",
    "note_failure",
    "note_rejected",
    "note_sent",
    "post_letter",
    "send_again",
    "take_report",
    "tell",
    "tell_each",
]
