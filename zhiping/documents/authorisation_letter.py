"""授权委托证明: what an employer prints, seals and uploads when it registers (R-363)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class AuthorisationLetter:
    """Everything may be left blank for the pen; ``scope`` says what the handler may do on the platform."""

    template: ClassVar[str] = "authorisation_letter"

    title: str
    platform: str
    scope: str
    employer: str = ""
    credit_code: str = ""
    legal_person: str = ""
    handler: str = ""
    handler_id: str = ""
    handler_mobile: str = ""
    valid_until: date | None = None
    day: date | None = None
