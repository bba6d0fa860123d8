"""Training bodies, courses, records of hours and ledger years, in a given state."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from tests.factories.people import LONG_AGO, applicant_actor, make_organisation, make_person, staff_actor
from zhiping.continuing_education.models import (
    Course,
    Enrolment,
    HourBatch,
    HourRecord,
    Lesson,
    TrainingClass,
)
from zhiping.continuing_education.operations import (
    HourRow,
    bring_into_step,
    enter_batch,
    open_class,
    take_seat,
)
from zhiping.continuing_education.states import TRUST_OF, CourseState, Origin, RecordState
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind

REGISTER = "湖州市专业技术人员继续教育学时登记管理系统"
_serial = count(1)


def make_training_body(name: str = "示范培训学校", region: str = "330106") -> Organisation:
    return make_organisation(name, kind=OrganisationKind.TRAINING_BODY, region=region)


def make_authority(name: str = "西湖区人力社保局", region: str = "330106") -> Organisation:
    return make_organisation(name, kind=OrganisationKind.HR_AUTHORITY, region=region)


def trainer(body: Organisation) -> Actor:
    return staff_actor(body, Role.TRAINING_BODY)


def make_course(
    provider: Organisation | None = None, authority: Organisation | None = None, **fields
) -> Course:
    """A filed course of 2026 with 30 professional hours unless told otherwise."""
    serial = next(_serial)
    provider = provider or make_training_body(f"培训机构{serial}")
    state = fields.pop("state", CourseState.OFFERED)
    if authority is None and state != CourseState.DRAFT:
        authority = make_authority(f"主管部门{serial}")
    values = {
        "year": 2026,
        "number": f"K{serial:04d}",
        "name": f"专业课程{serial}",
        "category": "professional",
        "hours": Decimal(30),
        "registered_in": REGISTER,
        "created_at": LONG_AGO,
        **fields,
    }
    return Course.objects.create(provider=provider, authority=authority, state=state, **values)


def make_record(person: Person | None = None, **fields) -> HourRecord:
    """An entered record of 2026; the ledger is brought into step with it."""
    person = person or make_person()
    serial = next(_serial)
    origin = fields.pop("origin", Origin.SHEET)
    values = {
        "state": RecordState.ENTERED,
        "year": 2026,
        "category": "professional",
        "hours": Decimal(30),
        "title": f"学习内容{serial}",
        "key": f"test:{serial}",
        "registered_in": REGISTER,
        "made_at": LONG_AGO,
        **fields,
    }
    record = HourRecord.objects.create(person=person, origin=origin, trust=TRUST_OF[origin], **values)
    bring_into_step(touched=[(person.pk, record.year)], now=LONG_AGO)
    return record


def make_batch(provider: Organisation, course: Course, person: Person, now: datetime) -> HourBatch:
    """One entered batch with hours of one person."""
    return enter_batch(
        provider_id=provider.pk,
        key=f"B{next(_serial)}",
        origin=Origin.SHEET,
        sha256=f"{next(_serial):064x}",
        rows=[HourRow(person.pk, course, course.hours)],
        actor=trainer(provider),
        now=now,
    )


def make_lesson(course: Course, *, minutes: int = 10, questions: list | None = None, **fields) -> Lesson:
    """A chapter of text, with one question unless told otherwise."""
    asked = [{"text": "用什么气氛？", "choices": ["还原焰", "氧化焰"], "right": 0}]
    position = course.lessons.count() + 1
    values = {"kind": "text", "title": f"第 {position} 章", "text": "青瓷以还原焰烧成。", **fields}
    return Lesson.objects.create(
        course=course,
        position=position,
        seconds=minutes * 60,
        questions=asked if questions is None else questions,
        **values,
    )


def make_class(
    provider: Organisation, course: Course, person: Person, now: datetime
) -> tuple[TrainingClass, Enrolment]:
    """A class with one session that begins now, and the person's seat in it."""
    row = open_class(
        course=course,
        name="春季班",
        place="一号教室",
        seats=30,
        spans=[(now, now + timedelta(hours=3), Decimal(4))],
        actor=trainer(provider),
        now=now,
    )
    return row, take_seat(training_class=row, actor=applicant_actor(person), now=now)


def make_year(
    person: Person, year: int, now: datetime = LONG_AGO, *, register: str = REGISTER, **hours
) -> None:
    """Records of a year, one for each category named (professional=60, public_general=12 …)."""
    for category, number in hours.items():
        make_record(person, year=year, category=category, hours=Decimal(number), registered_in=register)
