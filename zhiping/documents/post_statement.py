"""非在编说明: a unit states that a person is not on its establishment (C-74)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class PostStatement:
    """Who, from when known how employed, on whose word."""

    template: ClassVar[str] = "post_statement"

    title: str
    employer: str
    name: str
    masked_id: str
    year: int
    basis: str
    signer: str
    number: str
    day: date
