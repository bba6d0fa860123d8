"""The training body's pages: courses, tables of hours, signed batches, corrections (R-176, R-179, R-398)."""

import base64
import io
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.hours import REGISTER, make_authority, make_course, make_training_body, trainer
from tests.factories.people import make_person, sign_in
from zhiping.continuing_education.models import (
    Course,
    HourBatch,
    HourRecord,
    HourSheet,
    HourYear,
    ProviderKey,
)
from zhiping.continuing_education.sheet import HEADERS, RESULT
from zhiping.continuing_education.states import CourseState
from zhiping.documents.sheets import read_sheet, write_sheet
from zhiping.jobs.queue import run_due

pytestmark = pytest.mark.django_db
COURSES, BATCHES = "/training/courses/", "/training/batches/"


@pytest.fixture(autouse=True)
def clock(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def body(client):
    make_authority()
    body = make_training_body()
    sign_in(client, trainer(body))
    return body


@pytest.fixture
def course(body):
    return make_course(body, number="K1", year=2026)


def upload(client, rows, token="a" * 32):
    file = SimpleUploadedFile("学时.xlsx", write_sheet(HEADERS, rows))
    return client.post(BATCHES, {"file": file, "token": token})


def row(person, **changed):
    values = {
        "document": person.document_number,
        "name": person.name,
        "course": "K1",
        "year": "2026",
        "hours": 30,
    }
    return tuple((values | changed).values())


def test_a_course_is_written_and_filed(client, body):
    typed = {
        "year": "2026", "number": "K9", "name": "青瓷釉料", "category": "professional", "hours": "24",
        "registered_in": "浙江省专业技术人员继续教育学时登记管理系统",
    }  # fmt: skip
    saved = client.post(f"{COURSES}new/", typed)
    course = Course.objects.get()

    client.post(f"{saved.url}submit/", {"version": course.version})

    course.refresh_from_db()
    assert (course.state, course.provider) == (CourseState.SUBMITTED, body)
    assert "K9" in client.get(COURSES).content.decode()


def test_a_number_is_used_once_a_year(client, course):
    typed = {
        "year": "2026", "number": "K1", "name": "另一门", "category": "professional", "hours": "24",
        "registered_in": "浙江省专业技术人员继续教育学时登记管理系统",
    }  # fmt: skip

    answer = client.post(f"{COURSES}new/", typed)

    assert answer.status_code == 422
    assert "已有编号 K1 的课程" in answer.content.decode()


def test_another_bodys_course_is_not_found(client, body):
    other = make_course()

    assert client.get(f"{COURSES}{other.pk}/").status_code == 404
    assert other.name not in client.get(COURSES).content.decode()


def test_a_good_table_is_previewed_confirmed_and_entered_once(client, course):
    people = [make_person(f"学员{n}") for n in range(3)]
    sheet = upload(client, [row(each) for each in people]).url
    assert "3 行全部入账" in client.get(sheet).content.decode()
    assert not HourRecord.objects.exists()

    client.post(f"{sheet}confirm/")
    client.post(f"{sheet}confirm/")
    run_due()

    assert HourYear.objects.filter(professional=30).count() == 3
    assert HourBatch.objects.get().size == 3
    assert "已入账" in client.get(sheet).content.decode()
    assert "更正" in client.get(f"{BATCHES}{HourBatch.objects.get().pk}/").content.decode()


def test_one_wrong_row_enters_nothing_and_the_marked_copy_says_why(client, course):
    """Issue 3, bad input: nothing half imported, a marked copy back."""
    good, stranger = make_person("学员甲"), make_person("学员乙")
    rows = [
        row(good),
        row(stranger, name="别名"),
        row(stranger, course="K7"),
        row(make_person("学员丙"), hours="31"),
        row(good),
        row(stranger, document=""),
    ]
    sheet = upload(client, rows).url

    page = client.get(sheet).content.decode()
    refused = client.post(f"{sheet}confirm/")
    copy = read_sheet(client.get(f"{sheet}marked.xlsx").content)

    assert "一行也没有入账" in page
    assert "还有 5 行有错" in refused.content.decode()
    assert not HourRecord.objects.exists()
    assert copy.headers == (*HEADERS, RESULT)
    assert [each[-1] for each in copy.rows] == [
        "可以登记",
        "证件号码和姓名对不上，或本人还没有在平台注册",
        "2026 年没有编号 K7 的已备案课程",
        "学时应是大于 0、不超过 30 的数，最多一位小数",
        "与第 2 行重复：同一人同一课程只登记一次",
        "证件号码没有填",
    ]


def test_what_is_registered_already_is_said_and_not_counted_twice(client, course):
    """R-176."""
    person = make_person()
    client.post(f"{upload(client, [row(person)]).url}confirm/")
    run_due()

    sheet = upload(client, [row(person), row(make_person("学员乙"))], token="b" * 32).url
    assert "已登记过，不重复计" in client.get(sheet).content.decode()
    client.post(f"{sheet}confirm/")
    run_due()

    assert HourYear.objects.get(person=person).professional == 30
    assert HourRecord.objects.count() == 2


def test_a_course_stopped_between_check_and_entry_enters_nothing(client, course):
    sheet = upload(client, [row(make_person())]).url
    client.post(f"{sheet}confirm/")
    Course.objects.update(state=CourseState.CLOSED)

    run_due()

    assert not HourRecord.objects.exists()
    assert "核对以后情况有变化" in client.get(sheet).content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a sheet", "不是完整的 .xlsx"),
        (write_sheet(("姓名",), [("甲",)]), "表头不对"),
        (write_sheet(HEADERS, []), "表里没有学时"),
    ],
)
def test_a_file_that_is_no_table_of_hours_is_refused(client, course, content, words):
    answer = client.post(BATCHES, {"file": SimpleUploadedFile("x.xlsx", content), "token": "c" * 32})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not HourSheet.objects.exists()


def test_another_bodys_table_is_not_found(client, course):
    sheet = upload(client, [row(make_person())]).url
    sign_in(client, trainer(make_training_body("别的机构")))

    for address in (sheet, f"{sheet}marked.xlsx"):
        assert client.get(address).status_code == 404


def signer(client):
    private = Ed25519PrivateKey.generate()
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    client.post(f"{BATCHES}keys/", {"name": "教务系统", "public_key": public})
    return private


def hand_in(client, private, payload):
    signature = base64.b64encode(private.sign(payload)).decode()
    return client.post(
        f"{BATCHES}signed/", {"payload": io.BytesIO(payload), "signature": signature}, follow=True
    )


def payload_of(*people, key="2026-1"):
    rows = [
        dict(zip(("document", "name", "course", "year", "hours"), row(each), strict=True)) for each in people
    ]
    return json.dumps({"key": key, "rows": rows}).encode()


def test_a_signed_batch_is_taken_in_once(client, course):
    """Issue 3 §1: signed batches, idempotent."""
    private, payload = signer(client), payload_of(make_person("学员甲"), make_person("学员乙"))

    hand_in(client, private, payload)
    hand_in(client, private, payload)

    assert HourBatch.objects.get().size == 2
    assert set(HourRecord.objects.values_list("trust", flat=True)) == {"signed"}


def test_a_changed_or_foreign_batch_enters_nothing(client, course):
    private, payload = signer(client), payload_of(make_person())
    signature = base64.b64encode(private.sign(payload)).decode()
    changed = payload.replace(b"30", b"29")

    tampered = client.post(f"{BATCHES}signed/", {"payload": io.BytesIO(changed), "signature": signature})
    foreign = hand_in(client, Ed25519PrivateKey.generate(), payload)

    assert "签名和内容对不上" in tampered.content.decode()
    assert "签名和内容对不上" in foreign.content.decode()
    assert not HourRecord.objects.exists()


def test_a_revoked_key_signs_nothing_more(client, course):
    private = signer(client)
    client.post(f"{BATCHES}keys/{ProviderKey.objects.get().pk}/revoke/")

    assert "已停用" in hand_in(client, private, payload_of(make_person())).content.decode()
    assert not HourRecord.objects.exists()


@pytest.mark.parametrize("payload", [b"[]", b"{", b'{"key": "", "rows": []}', b'{"key": "1", "rows": [{}]}'])
def test_a_signed_batch_of_another_shape_is_refused(client, course, payload):
    answer = hand_in(client, signer(client), payload)

    assert answer.status_code == 422
    assert "批次" in answer.content.decode()


def test_a_record_is_corrected_by_its_next_version(client, course):
    """R-179."""
    person = make_person()
    client.post(f"{upload(client, [row(person)]).url}confirm/")
    run_due()
    record = HourRecord.objects.get()

    client.post(
        f"{BATCHES}records/{record.pk}/", {"hours": "24", "reason": "缺课一天", "version": record.version}
    )

    assert HourYear.objects.get(person=person).professional == 24
    assert HourRecord.objects.get(number=2).registered_in == REGISTER
