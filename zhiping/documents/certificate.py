"""电子证书: what the person keeps, shows and has verified (R-317)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from zhiping.documents.qr import Qr


@dataclass(frozen=True)
class Certificate:
    """One certificate. ``masked_id`` is already masked; the full number never reaches the paper.

    ``verification_address`` is printed to be typed in, because a forger's code leads to the forger's page.
    """

    template: ClassVar[str] = "certificate"

    heading: str
    certificate_number: str
    name: str
    sex: str
    masked_id: str
    photo: bytes
    series: str
    specialty: str
    title: str
    level: str
    obtained_on: date
    committee: str
    issuer: str
    issued_on: date
    document_number: str
    qr: Qr
    verification_address: str
    employer: str = ""
    note: str = ""
