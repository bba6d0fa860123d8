"""年度学时卡: the hours of one person and year, as the ledger has them (R-179, R-318)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from zhiping.documents.qr import Qr


@dataclass(frozen=True)
class HourLine:
    """One entered record."""

    title: str
    category: str
    hours: Decimal
    registered_in: str
    source: str


@dataclass(frozen=True)
class HourCard:
    """``version`` is that of the ledger; the code leads to what the ledger says today."""

    template: ClassVar[str] = "hour_card"

    heading: str
    card_number: str
    year: str
    name: str
    masked_id: str
    professional: Decimal
    public_industry: Decimal
    public_general: Decimal
    undivided: Decimal
    whole: Decimal
    version: str
    made_at: datetime
    qr: Qr
    verification_address: str
    lines: tuple[HourLine, ...] = ()
