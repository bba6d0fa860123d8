"""事业单位岗位信息表 in its two printed forms: 杭州 (R-355) and 安吉/湖州 (R-356)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from zhiping.documents.opinion import Opinion


@dataclass(frozen=True)
class LevelRow:
    """One row of the 杭州 grid; None prints as a blank."""

    name: str
    senior_full: int | None = None
    senior_associate: int | None = None
    intermediate: int | None = None
    note: str = ""


@dataclass(frozen=True)
class PromotedPerson:
    name: str
    id_number: str
    current_title: str
    post_level: str


@dataclass(frozen=True)
class IntermediatePostForm:
    """事业单位人员中级职称申报岗位信息表."""

    template: ClassVar[str] = "post_form_intermediate"

    title: str
    employer: str
    levels: tuple[LevelRow, ...]
    opened_posts: int | None
    agreed_for_review: int | None
    agreed_for_initial: int | None
    posts_used: int | None
    people: tuple[PromotedPerson, ...]
    explanation: str = ""
    signer: str = ""
    day: date | None = None
    endorsements: tuple[str, ...] = ()  # who above the unit has confirmed, in words


@dataclass(frozen=True)
class EstablishmentRow:
    """One row of the 安吉 grid, as text because the first row holds ratios."""

    name: str
    senior_full: str = ""
    senior_associate: str = ""
    intermediate: str = ""
    junior: str = ""
    total: str = ""


@dataclass(frozen=True)
class RecommendedPerson:
    name: str
    id_number: str
    current_title: str
    appointed_title: str
    appointed_on: date | None
    post_level: str
    title_applied: str


@dataclass(frozen=True)
class EstablishmentPostForm:
    """事业单位人员职称申报岗位信息表."""

    template: ClassVar[str] = "post_form_establishment"

    title: str
    employer: str
    establishment: int | None
    posts: int | None
    employed: int | None
    levels: tuple[EstablishmentRow, ...]
    opened_posts: str
    appointed_directly: int | None
    recommended: int | None
    people: tuple[RecommendedPerson, ...]
    opinion: Opinion
