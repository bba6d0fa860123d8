"""Classes: seats, the code on the wall, presence by hand, hours at the end (issue 3 §1: class check-in by QR code)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories.hours import make_course, make_training_body, trainer
from tests.factories.people import applicant_actor, make_person, sign_in
from zhiping.continuing_education import operations
from zhiping.continuing_education.check_in import code_at
from zhiping.continuing_education.models import CheckIn, Enrolment, HourRecord, HourYear, TrainingClass
from zhiping.kernel.clock import BEIJING
from zhiping.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPANS = [(START, START + 3 * HOUR, Decimal(4)), (START + DAY, START + DAY + 3 * HOUR, Decimal(4))]


@pytest.fixture(autouse=True)
def clock(at):
    at(START)


@pytest.fixture
def school():
    return make_training_body()


@pytest.fixture
def row(school):
    return opened(school)


def opened(school, **changed):
    values = {"name": "春季班", "place": "一号教室", "seats": 2, "spans": SPANS, **changed}
    return operations.open_class(course=make_course(school), actor=trainer(school), now=START - DAY, **values)


def scan(session, person, *, at, shown_at=None):
    code = code_at(session.secret, session.pk, shown_at or at)
    return operations.check_in(session=session, code=code, actor=applicant_actor(person), now=at)


def close(row, school, now=START + 2 * DAY):
    row.refresh_from_db()
    operations.close_class(training_class=row, expected=row.version, actor=trainer(school), now=now)


def test_hours_of_the_attended_sessions_enter_the_ledger_at_the_end(row, school):
    first, second = row.sessions.all()
    always, once, never = (make_person(name) for name in ("甲", "乙", "丙"))
    TrainingClass.objects.update(seats=3)
    operations.take_seat(training_class=row, actor=applicant_actor(never), now=START)
    for person in (always, once):
        scan(first, person, at=START)
    scan(second, always, at=START + DAY)

    close(row, school)

    assert dict(HourYear.objects.values_list("person__name", "professional")) == {"甲": 8, "乙": 4}
    assert set(HourRecord.objects.values_list("origin", "trust")) == {("class", "measured")}


def test_a_class_ends_once(row, school):
    scan(row.sessions.first(), make_person(), at=START)
    close(row, school)

    with pytest.raises(Refused):
        close(row, school)
    assert HourRecord.objects.count() == 1


def test_a_class_does_not_end_before_its_last_session(row, school):
    with pytest.raises(Refused, match="还没有下课"):
        close(row, school, now=START + HOUR)


def test_scanning_twice_is_one_presence(row):
    person = make_person()
    scan(row.sessions.first(), person, at=START)
    scan(row.sessions.first(), person, at=START + HOUR)

    assert (CheckIn.objects.count(), Enrolment.objects.count()) == (1, 1)


def test_a_picture_of_the_code_is_dead_after_minutes(row):
    with pytest.raises(Refused, match="二维码已过期"):
        scan(
            row.sessions.first(), make_person(), at=START + HOUR, shown_at=START + HOUR - timedelta(minutes=4)
        )


def test_the_code_of_another_session_is_no_good(row):
    first, second = row.sessions.all()
    code = code_at(second.secret, second.pk, START)

    with pytest.raises(Refused, match="二维码已过期"):
        operations.check_in(session=first, code=code, actor=applicant_actor(make_person()), now=START)


@pytest.mark.parametrize("moment", [START - timedelta(minutes=31), START + 3 * HOUR + timedelta(minutes=1)])
def test_outside_the_time_nobody_checks_in(row, moment):
    with pytest.raises(Refused, match="不在签到时间内"):
        scan(row.sessions.first(), make_person(), at=moment)


def test_a_full_class_takes_nobody_more(row):
    for name in ("甲", "乙"):
        operations.take_seat(training_class=row, actor=applicant_actor(make_person(name)), now=START)

    with pytest.raises(Refused, match="名额已满"):
        scan(row.sessions.first(), make_person("丙"), at=START)


def test_presence_by_hand_is_marked_as_such(row, school):
    seat = operations.take_seat(training_class=row, actor=applicant_actor(make_person()), now=START)

    note = {"session": row.sessions.first(), "enrolment": seat, "now": START + HOUR}
    operations.note_presence(actor=trainer(school), **note)

    assert CheckIn.objects.get().by_hand
    with pytest.raises(Forbidden):
        operations.note_presence(actor=trainer(make_training_body("别的机构")), **note)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"spans": []}, "请至少填一次课"),
        ({"spans": [(START, START, Decimal(4))]}, "结束时间不在开始时间之后"),
        ({"spans": [(START, START + HOUR, Decimal(31))]}, "不超过课程备案的 30 学时"),
    ],
)
def test_a_class_that_does_not_fit_its_course_is_refused(school, changed, words):
    with pytest.raises(Refused, match=words):
        opened(school, **changed)


def test_through_the_pages_from_opening_to_the_ledger(client, school, at):
    course, person = make_course(school), make_person("学员甲")
    typed = {
        "name": "夏季班", "place": "二号教室", "seats": "30",
        "day_1": "2026-03-02", "from_1": "09:00", "to_1": "12:00", "hours_1": "4",
    }  # fmt: skip
    sign_in(client, trainer(school))
    assert (
        client.post(f"/training/classes/new/{course.pk}/", typed | {"day_2": "2026-03-03"}).status_code == 422
    )
    page = client.post(f"/training/classes/new/{course.pk}/", typed).url
    row = TrainingClass.objects.get()
    session = row.sessions.get()
    wall = client.get(f"/training/classes/sessions/{session.pk}/wall/").content.decode()
    assert "<svg" in wall

    sign_in(client, applicant_actor(person))
    assert "夏季班" in client.get("/applicant/hours/classes/").content.decode()
    address = f"/applicant/hours/check-in/{session.pk}/{code_at(session.secret, session.pk, START)}/"
    assert "二号教室" in client.get(address).content.decode()
    client.post(address)

    at(START + DAY)
    sign_in(client, trainer(school))
    assert "学员甲" in client.get(page).content.decode()
    client.post(f"{page}close/", {"version": row.version})
    assert HourYear.objects.get(person=person).professional == 4


def test_another_bodys_class_is_not_found(client, row):
    sign_in(client, trainer(make_training_body("别的机构")))

    assert client.get(f"/training/classes/{row.pk}/").status_code == 404
    assert client.get(f"/training/classes/sessions/{row.sessions.first().pk}/wall/").status_code == 404
