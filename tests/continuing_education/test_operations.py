"""Courses, batches, own hours and their audit, the ledger (R-041, R-176, R-179, R-189, R-318)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.factories.archive import make_file
from tests.factories.hours import (
    REGISTER,
    make_authority,
    make_course,
    make_record,
    make_training_body,
    make_year,
    trainer,
)
from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.auditlog.models import LogEntry
from zhiping.continuing_education import operations, queries, transitions
from zhiping.continuing_education.conversion import conversions_for
from zhiping.continuing_education.models import Course, HourBatch, HourRecord, HourYear
from zhiping.continuing_education.states import CourseState, RecordState
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
TABLE = {each.key: each for each in conversions_for("330106")}


def rows_of(course, *people, hours=30):
    return [operations.HourRow(person.pk, course, Decimal(hours)) for person in people]


def enter(course, *people, key="B1", sha256="a" * 64, actor=None, hours=30):
    return operations.enter_batch(
        provider_id=course.provider_id,
        key=key,
        origin="sheet",
        sha256=sha256,
        rows=rows_of(course, *people, hours=hours),
        actor=actor or trainer(course.provider),
        now=NOW,
    )


def register(person, employer, **changed):
    values = {
        "conversion": TABLE["paper"],
        "amount": Decimal(1),
        "year": 2026,
        "title": "青瓷釉料研究",
        "registered_in": REGISTER,
        "proofs": [make_file(person)],
        "employer": employer,
        "token": "t1",
        "actor": applicant_actor(person),
        "now": NOW,
        **changed,
    }
    return operations.register_own_hours(**values)


@pytest.fixture
def world():
    authority = make_authority()
    employer = make_organisation("示范工艺有限公司")
    return authority, employer, make_person()


def test_a_batch_enters_the_ledger_with_one_line_in_the_log():
    course, people = make_course(), [make_person(f"学员{n}") for n in range(3)]

    batch = enter(course, *people)

    assert batch.state == "entered"
    assert list(HourYear.objects.values_list("professional", "number")) == [(Decimal(30), 1)] * 3
    assert LogEntry.objects.filter(verb="hour_batch.enter").count() == 1


def test_the_same_batch_again_changes_nothing_and_other_content_is_refused():
    course, person = make_course(), make_person()
    enter(course, person)

    again = enter(course, person)

    assert (HourBatch.objects.count(), HourRecord.objects.count(), again.key) == (1, 1, "B1")
    with pytest.raises(Refused, match="内容与这次不同"):
        enter(course, person, sha256="b" * 64)


def test_the_same_course_counts_once():
    """R-176: same course number twice counts once."""
    course, person = make_course(), make_person()
    enter(course, person)

    second = enter(course, person, key="B2", sha256="b" * 64)

    assert second.known == 1
    assert HourYear.objects.get(person=person).professional == 30


def test_hours_of_a_course_that_is_not_filed_are_refused():
    course = make_course(state=CourseState.SUBMITTED)

    with pytest.raises(Refused, match="还没有经主管部门备案"):
        enter(course, make_person())
    assert HourRecord.objects.count() == 0


def test_more_hours_than_the_course_has_are_refused_whole():
    course, good, bad = make_course(), make_person(), make_person()
    rows = [*rows_of(course, good), *rows_of(course, bad, hours=31)]

    with pytest.raises(Refused, match="整批没有入账"):
        operations.enter_batch(
            provider_id=course.provider_id, key="B", origin="sheet", sha256="c" * 64, rows=rows,
            actor=trainer(course.provider), now=NOW,
        )  # fmt: skip
    assert not HourRecord.objects.exists()


def test_another_body_cannot_enter_hours_for_a_course():
    course = make_course()

    with pytest.raises(Forbidden):
        enter(course, make_person(), actor=trainer(make_training_body("别的机构")))


def test_own_hours_pass_employer_and_authority_into_the_ledger(world):
    """R-189: both decide; the ledger counts only what both passed; the person is told."""
    authority, employer, person = world
    record = register(person, employer)
    clerk, official = staff_actor(employer, Role.EMPLOYER_CLERK), staff_actor(authority, Role.COUNTY_HR)

    decide([record], transitions.PASS, clerk)
    assert not HourYear.objects.filter(person=person, professional__gt=0).exists()
    decide([record], transitions.ENTER, official)

    assert HourYear.objects.get(person=person, year=2026).professional == 30
    assert Message.objects.filter(person=person).count() == 2


def decide(records, verdict, actor, reason=""):
    for each in records:
        each.refresh_from_db()
    operations.decide_records(
        records=records, verdict=verdict, reason=reason, expected=[None] * len(records), actor=actor, now=NOW
    )


def test_the_employer_of_the_person_cannot_be_passed_over(world):
    authority, employer, person = world
    record = register(person, employer)

    with pytest.raises(Refused, match="不能通过，入账"):
        decide([record], transitions.ENTER, staff_actor(authority, Role.COUNTY_HR))


def test_nobody_audits_their_own_hours(world):
    """R-035: persons are compared, not accounts."""
    _, employer, person = world
    record = register(person, employer)

    with pytest.raises(Forbidden):
        decide([record], transitions.PASS, staff_actor(employer, Role.EMPLOYER_CLERK, person=person))


def test_a_returned_record_is_mended_as_its_next_version(world):
    """R-041: the old version stays; the same token sends it once."""
    _, employer, person = world
    record = register(person, employer)
    decide([record], transitions.RETURN, staff_actor(employer, Role.EMPLOYER_CLERK), reason="缺目录页")
    record.refresh_from_db()

    mended = register(person, employer, mended=record, title="青瓷釉料研究（补目录）", token="t2")

    record.refresh_from_db()
    assert (mended.number, mended.state, record.state) == (2, RecordState.SUBMITTED, RecordState.REPLACED)


def test_returning_needs_a_reason(world):
    _, employer, person = world
    record = register(person, employer)

    with pytest.raises(Refused, match="必须写明原因"):
        decide([record], transitions.RETURN, staff_actor(employer, Role.EMPLOYER_CLERK))


def test_registering_twice_with_one_token_is_one_record(world):
    """R-398."""
    _, employer, person = world

    assert register(person, employer).pk == register(person, employer).pk


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": " "}, "请填写学习内容"),
        ({"year": 2027}, "年度应在"),
        ({"proofs": []}, "请上传证明材料"),
        ({"employer": None}, "还没有现工作单位"),
        ({"amount": Decimal(3)}, "一年最多折算 60 学时"),
        ({"amount": Decimal(0)}, "数量应大于 0"),
    ],
)
def test_own_hours_say_what_is_missing(world, changed, words):
    _, employer, person = world

    with pytest.raises(Refused, match=words):
        register(person, **{"employer": employer} | changed)


def test_somebody_elses_file_proves_nothing(world):
    _, employer, person = world

    with pytest.raises(Refused, match="请上传证明材料"):
        register(person, employer, proofs=[make_file(make_person("别人"))])


def test_a_correction_is_the_next_version_and_moves_the_ledger():
    """R-179, R-318: the card's total equals the sum of the registered records."""
    course, person = make_course(), make_person()
    enter(course, person)
    record = HourRecord.objects.select_related("batch", "course").get()

    operations.correct_record(
        hour_record=record, hours=Decimal(24), reason="缺课一天", expected=record.version,
        actor=trainer(course.provider), now=NOW,
    )  # fmt: skip

    year = HourYear.objects.get(person=person)
    assert (year.professional, year.number) == (Decimal(24), 2)
    assert list(HourRecord.objects.order_by("number").values_list("state", flat=True)) == [
        "replaced",
        "entered",
    ]


def test_revoked_hours_leave_the_ledger():
    course, person = make_course(), make_person()
    record = make_record(person, course=course, authority=course.authority)

    operations.revoke_record(
        hour_record=record, reason="冒名听课", expected=record.version,
        actor=staff_actor(course.authority, Role.COUNTY_HR), now=NOW,
    )  # fmt: skip

    assert HourYear.objects.get(person=person).whole == 0


def test_a_course_is_filed_by_the_authority_of_its_place():
    authority = make_authority()
    course = make_course(state=CourseState.DRAFT)
    actor = trainer(course.provider)

    operations.submit_course(course=course, expected=None, actor=actor, now=NOW)
    operations.decide_course(
        course=course, verdict=transitions.OFFER_COURSE, reason="", expected=None,
        actor=staff_actor(authority, Role.COUNTY_HR), now=NOW,
    )  # fmt: skip

    assert Course.objects.get().state == CourseState.OFFERED


def test_a_filed_course_is_not_edited():
    course = make_course()

    with pytest.raises(Refused, match="不能修改"):
        operations.save_course(course=course, values={}, actor=trainer(course.provider), now=NOW)


def test_a_card_of_the_archive_becomes_history_of_the_ledger():
    """R-047, R-187: old years stay recognised, with the trust of a card."""
    person = make_person()
    data = {"year": 2017, "total": 90, "registered_in": "纸质证书"}

    operations.carry_card(person_id=person.pk, item=5, data=data, label="2017 年度", now=NOW)
    later = data | {"total": 96}
    operations.carry_card(person_id=person.pk, item=5, data=later, label="2017 年度", now=NOW)

    entered = HourRecord.objects.get(person=person, state=RecordState.ENTERED)
    assert (entered.hours, entered.number, entered.trust) == (Decimal(96), 2, "card")
    assert HourYear.objects.get(person=person).whole == 96


def test_a_card_adds_nothing_to_what_bodies_registered():
    person = make_person()
    make_year(person, 2026, professional=60)
    data = {"year": 2026, "professional": 60, "registered_in": REGISTER}

    assert operations.carry_card(person_id=person.pk, item=5, data=data, label="2026 年度", now=NOW) == 0
    assert HourYear.objects.get(person=person).whole == 60


def test_each_role_sees_its_own_records_only(world):
    authority, employer, person = world
    mine = register(person, employer)
    make_record(make_person("别人"))

    def seen(actor):
        return set(queries.visible_to(actor))

    assert seen(applicant_actor(person)) == {mine}
    assert seen(staff_actor(employer, Role.EMPLOYER_CLERK)) == {mine}
    assert seen(staff_actor(authority, Role.COUNTY_HR)) == {mine}
    assert seen(staff_actor(make_organisation("别的单位"), Role.EMPLOYER_CLERK)) == set()
    assert seen(trainer(make_training_body("别的机构"))) == set()
    assert seen(staff_actor(employer, Role.EMPLOYER_CLERK, person=person)) == set()
