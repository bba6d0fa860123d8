"""Tables of posts, by topic: the ledger, who is recommended, papers and checks."""

from zhiping.posts.models.ledger import LedgerChange, PostLedger, PostLevel
from zhiping.posts.models.papers import PostCheck, PostForm, Statement
from zhiping.posts.models.recommending import Competition, CompetitionEntry, Reservation

__all__ = [
    "Competition",
    "CompetitionEntry",
    "LedgerChange",
    "PostCheck",
    "PostForm",
    "PostLedger",
    "PostLevel",
    "Reservation",
    "Statement",
]
