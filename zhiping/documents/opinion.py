"""Opinions with seal and day, as several forms carry them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PublicityRecord:
    """How the employer showed the application before it gave its opinion."""

    starts_on: date | None = None
    ends_on: date | None = None
    result: str = ""


@dataclass(frozen=True)
class Opinion:
    """What one body says about the case. An unfilled opinion prints as space for pen and seal."""

    heading: str
    text: str = ""
    person_label: str = "负责人"
    person: str = ""
    seal: str = "盖章"
    day: date | None = None
    publicity: PublicityRecord | None = None
