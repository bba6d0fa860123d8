"""What goes in and out, as the document shows it."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


def text(most: int, description: str) -> type[str]:
    """A text of 1 to `most` characters without NUL, which no database column holds."""
    return Annotated[
        str, Field(min_length=1, max_length=most, pattern=r"^[^\x00]+$", description=description)
    ]


class Given(BaseModel):
    """Base of what is sent in: nothing but what is described, and nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class HourLine(Given):
    """Hours of one person for one course."""

    document: text(40, "证件号码")
    name: text(60, "姓名")
    course: text(30, "课程编号")
    year: Annotated[int, Field(ge=1995, le=2100, description="年度")]
    hours: Annotated[float, Field(gt=0, le=9999, description="学时，最多一位小数")]


class HourBatchIn(Given):
    """A batch: entered whole or not at all. The signature covers exactly the bytes of this body."""

    key: text(60, "批次编号，同一编号就是同一批")
    rows: Annotated[list[HourLine], Field(min_length=1, max_length=10_000)]


class HourBatchOut(BaseModel):
    """A batch that was entered."""

    id: int
    key: Annotated[str, Field(description="批次编号")]
    size: Annotated[int, Field(description="条数")]
    known: Annotated[int, Field(description="其中以前登记过、没有重复计的条数")]
    received_at: datetime


class HourBatchPage(BaseModel):
    """Batches of the calling body, oldest first."""

    items: list[HourBatchOut]
    next: Annotated[str | None, Field(description="下一页的游标；没有下一页时为 null")]


class VerifyIn(Given):
    """What stands on the paper."""

    number: text(24, "证书编号")
    name: text(60, "持证人姓名")


class CertificateOut(BaseModel):
    """What the register says, the same as the public verification shows."""

    state: Annotated[str, Field(description="valid 有效、superseded 已更正换发、revoked 已撤销")]
    number: str
    holder: Annotated[str, Field(description="姓名，只显示第一个字")]
    title: str
    series: str
    specialty: str
    obtained_on: date
    issuer: str
    sha256: Annotated[str, Field(description="证书文件的 SHA-256")]
    ended_on: date | None
    basis: Annotated[str, Field(description="撤销或更正的依据")]


class PlanOut(BaseModel):
    """A published plan."""

    slug: str
    name: str
    year: int
    series: str
    level: str
    region: str
    state: str


class PlanPage(BaseModel):
    """Plans, oldest first."""

    items: list[PlanOut]
    next: str | None


class ResultOut(BaseModel):
    """One certified person of the calling body's area."""

    number: Annotated[str, Field(description="证书编号")]
    state: str
    holder: Annotated[str, Field(description="姓名")]
    title: str
    level: str
    specialty: str
    obtained_on: date
    document_number: Annotated[str, Field(description="发文文号")]
    employer: str
    employer_credit_code: str


class ResultPage(BaseModel):
    """Results of a plan, oldest first."""

    items: list[ResultOut]
    next: str | None


class CountOut(BaseModel):
    """How many applications stand here; null where the number is too small to be shown."""

    state: str
    label: str
    count: int | None


class StatisticsOut(BaseModel):
    """Counts of a plan within the calling body's area; no persons."""

    plan: str
    counted_at: datetime
    smallest_shown: Annotated[int, Field(description="小于它的数（零除外）不给出")]
    total: int | None
    counts: list[CountOut]
