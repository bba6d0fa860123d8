"""破格推荐审批表 (R-357, R-359, R-360) and 直接申报专家推荐表 (R-358)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from zhiping.documents.opinion import Opinion


@dataclass(frozen=True)
class ExceptionalRecommendation:
    """Approval of an application without the required education or years. ``title`` names the level already."""

    template: ClassVar[str] = "exceptional_recommendation"

    title: str
    name: str
    sex: str
    birth_month: str
    employer: str
    administrative_post: str
    years_in_specialty: int | None
    graduation: str
    current_title: str
    appointed_on: date | None
    title_applied: str
    career: str
    reasons: str
    opinions: tuple[Opinion, Opinion, Opinion]
    watermark: str = ""


@dataclass(frozen=True)
class RefereeRecommendation:
    """One expert vouches for one person; the reasons must state landmark results."""

    template: ClassVar[str] = "referee_recommendation"

    title: str
    name: str
    employer: str
    referee: str
    referee_title: str
    referee_contact: str
    referee_employer: str
    reasons: str
    signature: bytes = b""
    day: date | None = None
    watermark: str = ""
