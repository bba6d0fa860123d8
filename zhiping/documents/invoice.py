"""电子发票（票据）: who paid what to whom, by which transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from zhiping.documents.qr import Qr


@dataclass(frozen=True)
class InvoiceLine:
    name: str
    basis: str
    amount: str


@dataclass(frozen=True)
class Invoice:
    """Amounts are written in yuan with two decimals; ``total_in_words`` in Chinese capitals."""

    template: ClassVar[str] = "invoice"

    number: str
    payer: str
    collector: str
    heading: str
    lines: tuple[InvoiceLine, ...]
    total: str
    total_in_words: str
    paid_at: datetime
    transaction: str
    bill_number: str
    qr: Qr
