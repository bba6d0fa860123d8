"""表决码: slips that are cut apart and drawn from a box, so that nobody knows who holds which code."""

from dataclasses import dataclass
from typing import ClassVar

from zhiping.documents.qr import Qr


@dataclass(frozen=True)
class BallotSlip:
    """One single-use code, and where to vote with it."""

    code: str
    qr: Qr | None = None


@dataclass(frozen=True)
class BallotSlips:
    """The slips of one vote, in an order that tells nothing; no name of an expert belongs here."""

    template: ClassVar[str] = "ballot_slips"

    committee: str
    meeting: str
    vote: str
    slips: tuple[BallotSlip, ...]
    instruction: str = "每码只能使用一次；请勿署名，请勿告知他人。"
