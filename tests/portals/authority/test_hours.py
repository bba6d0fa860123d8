"""Auditing hours at the employer's and the authority's desk, filing courses, the public pages (R-024, R-189, R-365)."""

from decimal import Decimal

import pytest

from tests.factories.archive import make_file, make_profile
from tests.factories.hours import make_authority, make_course, make_record, make_training_body, make_year
from tests.factories.people import make_organisation, make_person, sign_in, staff_actor
from zhiping.continuing_education.models import Course, HourRecord, HourYear
from zhiping.continuing_education.states import CourseState, Origin, RecordState
from zhiping.kernel.actor import Role

pytestmark = pytest.mark.django_db
EMPLOYER, AUTHORITY = "/employer/hours/", "/authority/hours/"


@pytest.fixture(autouse=True)
def clock(at, now):
    at(now)


@pytest.fixture
def desk():
    authority, employer = make_authority(), make_organisation("示范工艺有限公司")
    return authority, employer


def own(employer, authority, name="申报人甲", state=RecordState.SUBMITTED, **fields):
    person = make_person(name)
    record = make_record(
        person, employer=employer, authority=authority, state=state, origin=Origin.PERSON, **fields
    )
    record.proofs.add(make_file(person, name="论文.pdf"))
    return record


def stamp(record):
    return f"{record.pk}.{record.version}"


def test_both_desks_pass_hours_into_the_ledger(client, desk):
    """R-189."""
    authority, employer = desk
    record = own(employer, authority, hours=Decimal(30))
    sign_in(client, staff_actor(employer))
    assert record.title in client.get(EMPLOYER).content.decode()

    client.post(f"{EMPLOYER}decide/", {"record": stamp(record), "verdict": "hours.pass"})
    record.refresh_from_db()
    sign_in(client, staff_actor(authority, Role.COUNTY_HR))
    assert record.title in client.get(AUTHORITY).content.decode()
    client.post(f"{AUTHORITY}decide/", {"record": stamp(record), "verdict": "hours.enter"})

    assert HourYear.objects.get(person=record.person).professional == 30


def test_a_return_without_reason_is_told_on_the_page(client, desk):
    authority, employer = desk
    record = own(employer, authority)
    sign_in(client, staff_actor(employer))

    answer = client.post(
        f"{EMPLOYER}decide/", {"record": stamp(record), "verdict": "hours.return", "single": "1"}
    )

    assert answer.status_code == 422
    assert "必须写明原因" in answer.content.decode()
    assert HourRecord.objects.get().state == RecordState.SUBMITTED


def test_several_are_decided_together_or_none(client, desk):
    """One of them was decided meanwhile: nothing happens to the others."""
    authority, employer = desk
    first, second = own(employer, authority), own(employer, authority, "申报人乙")
    marks = [stamp(first), f"{second.pk}.{second.version + 1}"]
    sign_in(client, staff_actor(employer))

    client.post(f"{EMPLOYER}decide/", {"record": marks, "verdict": "hours.pass"})

    assert set(HourRecord.objects.values_list("state", flat=True)) == {RecordState.SUBMITTED}


def test_another_bodys_record_and_proof_are_not_found(client, desk):
    authority, employer = desk
    record = own(employer, authority)
    sign_in(client, staff_actor(make_organisation("别的单位")))

    assert client.get(f"{EMPLOYER}records/{record.pk}/").status_code == 404
    assert client.get(f"{EMPLOYER}records/{record.pk}/files/{record.proofs.get().pk}/").status_code == 404
    assert record.title not in client.get(EMPLOYER).content.decode()


def test_the_authority_revokes_entered_hours_with_a_reason(client, desk):
    authority, employer = desk
    record = own(employer, authority, state=RecordState.ENTERED)
    sign_in(client, staff_actor(authority, Role.COUNTY_HR))
    assert "撤销" in client.get(f"{AUTHORITY}records/{record.pk}/").content.decode()

    client.post(
        f"{AUTHORITY}decide/", {"record": stamp(record), "verdict": "hours.revoke", "reason": "论文署名不实"}
    )

    assert HourYear.objects.get(person=record.person).whole == 0


def test_a_course_is_filed_at_the_authoritys_desk(client):
    authority = make_authority()
    course = make_course(make_training_body(), authority, state=CourseState.SUBMITTED)
    sign_in(client, staff_actor(authority, Role.COUNTY_HR))
    assert course.name in client.get(AUTHORITY).content.decode()

    client.post(f"{AUTHORITY}courses/{course.pk}/", {"verdict": "course.offer", "version": course.version})

    assert Course.objects.get().state == CourseState.OFFERED


def test_everybody_sees_offered_courses_only(client):
    offered, waiting = make_course(), make_course(state=CourseState.SUBMITTED)

    page = client.get("/hours/courses/").content.decode()

    assert offered.name in page
    assert waiting.name not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_the_same_number_of_queries(client, desk, rows, django_assert_max_num_queries):
    authority, employer = desk
    for number in range(rows):
        own(employer, authority, f"申报人{number}")
    sign_in(client, staff_actor(employer))

    with django_assert_max_num_queries(6):
        client.get(EMPLOYER)


def test_the_shortfall_of_a_region_is_told_person_by_person(client, hours_plan):
    """Issue 3 §1: shortfall a year ahead, for everybody of the authority and nobody else."""
    authority, employer = make_authority(), make_organisation("示范工艺有限公司")
    short, done = make_person("甲"), make_person("乙")
    for person in (short, done):
        make_profile(person, employer)
    make_profile(make_person("邻县"), make_organisation("邻县公司", region="330421"))
    for year in range(2024, 2028):
        make_year(done, year, professional=90)
    sign_in(client, staff_actor(authority, Role.COUNTY_HR))
    wanted = {"rule": f"{hours_plan.pack_version.slug}:工程师", "year": "2027"}

    answer = client.get(f"{AUTHORITY}shortfall/", wanted)
    text = b"".join(answer.streaming_content).decode()

    lines = text.split("\r\n")
    assert "共 2 人" in lines[0]
    assert lines[2].startswith("甲,示范工艺有限公司,还差学时,360,2024—2027 年合计还需不限科目 360 学时")
    assert lines[3] == "乙,示范工艺有限公司,已符合,,"
    assert "邻县" not in text


def test_a_name_is_no_formula_in_the_table():
    from zhiping.web.desk.hours import safe_cell

    assert safe_cell("=HYPERLINK()") == "'=HYPERLINK()"
