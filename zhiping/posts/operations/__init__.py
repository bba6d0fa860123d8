"""Business actions on posts, by topic."""

from zhiping.posts.operations.checking import ask_check
from zhiping.posts.operations.competing import (
    EntryTold,
    conclude_competition,
    enter_person,
    open_competition,
    void_competition,
)
from zhiping.posts.operations.filling import fill_form, return_form, seal_form, sign_pooled_form
from zhiping.posts.operations.ledger import (
    approve_change,
    open_ledger,
    propose_exchange,
    propose_figures,
    propose_pooled,
    return_change,
    sign_pooled_change,
    withdraw_change,
)
from zhiping.posts.operations.reserving import appoint, release_seat, reserve_seat
from zhiping.posts.operations.stating import issue_statement, revoke_statement

__all__ = [
    "EntryTold",
    "appoint",
    "approve_change",
    "ask_check",
    "conclude_competition",
    "enter_person",
    "fill_form",
    "issue_statement",
    "open_competition",
    "open_ledger",
    "propose_exchange",
    "propose_figures",
    "propose_pooled",
    "release_seat",
    "reserve_seat",
    "return_change",
    "return_form",
    "revoke_statement",
    "seal_form",
    "sign_pooled_change",
    "sign_pooled_form",
    "void_competition",
    "withdraw_change",
]
