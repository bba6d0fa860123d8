"""Business actions on posts, by topic."""

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

__all__ = [
    "appoint",
    "approve_change",
    "open_ledger",
    "propose_exchange",
    "propose_figures",
    "propose_pooled",
    "release_seat",
    "reserve_seat",
    "return_change",
    "sign_pooled_change",
    "withdraw_change",
]
