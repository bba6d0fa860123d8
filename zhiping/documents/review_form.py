"""专业技术职务任职资格评审表, the form that goes on paper to the committee."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from zhiping.documents.opinion import Opinion
from zhiping.documents.qr import Qr


@dataclass(frozen=True)
class Cover:
    employer: str
    name: str
    current_title: str
    title_applied: str
    series: str
    specialty: str
    application_mode: str
    filled_on: date | None


@dataclass(frozen=True)
class Person:
    name: str
    sex: str
    born_on: date | None
    id_number: str
    former_name: str = ""
    ethnicity: str = ""
    politics: str = ""
    native_place: str = ""
    photo: bytes = b""
    phone: str = ""
    degree: str = ""
    education: str = ""
    school: str = ""
    major: str = ""
    graduated_on: date | None = None
    study_mode: str = ""
    work_started_on: date | None = None
    years_in_specialty: int | None = None
    current_work: str = ""
    administrative_post: str = ""
    current_title: str = ""
    title_obtained_on: date | None = None
    appointed_on: date | None = None
    approving_body: str = ""
    foreign_language: str = ""
    computer: str = ""
    society_posts: str = ""


@dataclass(frozen=True)
class Training:
    period: str
    provider: str
    content: str
    certificate: str = ""


@dataclass(frozen=True)
class Employment:
    period: str
    employer: str
    work: str
    witness: str = ""


@dataclass(frozen=True)
class Achievement:
    """A piece of work with one's own part in it (主持、参加、独立)."""

    period: str
    work: str
    role: str
    completion: str = ""
    effect: str = ""


@dataclass(frozen=True)
class Publication:
    day: str
    title: str
    publisher: str
    rank: str = ""


@dataclass(frozen=True)
class Examination:
    day: str
    kind: str
    subject: str
    score: str = ""


@dataclass(frozen=True)
class Assessment:
    year: int
    grade: str


@dataclass(frozen=True)
class LearningYear:
    """Hours of continuing education in one year, as text so that halves and blanks stay as entered."""

    year: int
    professional: str
    industry_public: str
    general_public: str
    total: str


@dataclass(frozen=True)
class CheckedCopy:
    """A scan of the evidence that a body compared with its original: the four marks of a paper copy (R-004)."""

    material: str
    finding: str
    checker: str
    checked_on: date
    organisation: str


@dataclass(frozen=True)
class GroupOpinion:
    text: str = ""
    recommendation: str = ""
    leader: str = ""
    day: date | None = None


@dataclass(frozen=True)
class CommitteeDecision:
    """Numbers stay None until the meeting has closed."""

    committee: str = ""
    members: int | None = None
    present: int | None = None
    agree: int | None = None
    against: int | None = None
    abstain: int | None = None
    decision: str = ""
    chair: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Approval:
    text: str = ""
    document_number: str = ""
    body: str = ""
    day: date | None = None


EMPLOYER_OPINION = Opinion("用人单位意见")


@dataclass(frozen=True)
class ReviewForm:
    """The whole form; every block prints, filled or blank.

    ``title`` and ``watermark`` are what the plan's notice calls them (R-307, R-311), printed literally.
    ``version`` and ``qr`` tie the paper to the frozen version of the application it was printed from.
    """

    template: ClassVar[str] = "review_form"

    title: str
    form_number: str
    version: str
    qr: Qr
    cover: Cover
    person: Person
    watermark: str = ""
    made_by: str = ""
    copies: int = 1
    double_sided: bool = False
    log_head: str = ""
    training: tuple[Training, ...] = ()
    work_history: tuple[Employment, ...] = ()
    work_before: tuple[Achievement, ...] = ()
    work_since: tuple[Achievement, ...] = ()
    publications: tuple[Publication, ...] = ()
    examinations: tuple[Examination, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    learning: tuple[LearningYear, ...] = ()
    statement: str = ""
    employer_opinion: Opinion = EMPLOYER_OPINION
    desk_opinions: tuple[Opinion, ...] = ()
    group_opinion: GroupOpinion = GroupOpinion()
    decision: CommitteeDecision = CommitteeDecision()
    approval: Approval = Approval()
    copies_checked: tuple[CheckedCopy, ...] = ()
