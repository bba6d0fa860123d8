"""量化评分表: claimed points against the standard, row by row (R-361)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar


@dataclass(frozen=True)
class ScoreRow:
    """A third-level indicator as the standard words it; ``points`` is None where nothing is claimed."""

    text: str
    points: Decimal | None = None
    evidence: str = ""


@dataclass(frozen=True)
class ScorePart:
    """A second-level indicator; ``points`` is what counts after its cap."""

    name: str
    cap: int
    rows: tuple[ScoreRow, ...]
    points: Decimal | None = None


@dataclass(frozen=True)
class ScoreSection:
    """A first-level indicator. One without parts of its own, like the bonus, has one part without name."""

    name: str
    cap: int
    parts: tuple[ScorePart, ...]
    points: Decimal | None = None


@dataclass(frozen=True)
class ScoringSheet:
    template: ClassVar[str] = "scoring_sheet"

    title: str
    name: str
    employer: str
    current_title: str
    specialty: str
    application_mode: str
    sections: tuple[ScoreSection, ...]
    total: Decimal | None
    notes: tuple[str, ...] = ()
    remark: str = ""
    filled_on: date | None = None
    watermark: str = ""
