"""The pages of one's own hours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.archive import make_profile, pdf_bytes
from tests.factories.hours import REGISTER, make_authority, make_record, make_year
from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in
from zhiping.continuing_education.models import Aim, HourRecord

pytestmark = pytest.mark.django_db
HOME = "/applicant/hours/"
TYPED = {
    "conversion": "paper",
    "amount": "1",
    "year": "2026",
    "title": "青瓷釉料研究",
    "registered_in": "浙江省专业技术人员继续教育学时登记管理系统",
    "token": "a" * 32,
}


@pytest.fixture(autouse=True)
def clock(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def person(client):
    make_authority()
    person = make_person("𠮷㛃")
    make_profile(person, make_organisation("示范工艺有限公司"))
    sign_in(client, applicant_actor(person))
    return person


def proof():
    return SimpleUploadedFile("论文.pdf", pdf_bytes("论文"))


def text(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_ledger_is_told_by_year_and_subject(client, person):
    make_year(person, 2025, professional=60, public_general=12, public_industry=6)

    page = text(client, HOME)

    assert "2025 年" in page
    assert "<b>78</b>" in page


def test_registering_sends_to_the_employer_once(client, person):
    """R-191: hours proved by uploads; the form twice is one record."""
    first = client.post(f"{HOME}new/", TYPED | {"proof": proof()})
    client.post(f"{HOME}new/", TYPED | {"proof": proof()})

    record = HourRecord.objects.get()
    assert first.url == f"{HOME}records/{record.pk}/"
    assert (record.hours, record.state, record.employer.name) == (30, "submitted", "示范工艺有限公司")
    assert "待单位审核" in text(client, first.url)


def test_without_proof_the_form_says_so_and_keeps_what_was_typed(client, person):
    answer = client.post(f"{HOME}new/", TYPED)

    assert answer.status_code == 422
    assert "请上传证明材料" in answer.content.decode()
    assert "青瓷釉料研究" in answer.content.decode()
    assert not HourRecord.objects.exists()


def test_a_returned_record_is_mended_with_its_files(client, person):
    client.post(f"{HOME}new/", TYPED | {"proof": proof()})
    record = HourRecord.objects.get()
    HourRecord.objects.filter(pk=record.pk).update(state="returned", reason="缺目录页")

    page = text(client, f"{HOME}records/{record.pk}/mend/")
    kept = record.proofs.get().pk
    assert "缺目录页" in page
    client.post(f"{HOME}records/{record.pk}/mend/", TYPED | {"kept": kept, "token": "b" * 32})

    assert sorted(HourRecord.objects.values_list("number", "state")) == [(1, "replaced"), (2, "submitted")]


def test_a_record_can_be_taken_back(client, person):
    client.post(f"{HOME}new/", TYPED | {"proof": proof()})
    record = HourRecord.objects.get()

    client.post(f"{HOME}records/{record.pk}/withdraw/", {"version": record.version})

    record.refresh_from_db()
    assert record.state == "withdrawn"


def test_other_peoples_records_are_not_found(client, person):
    other = make_record(make_person("别人"))

    assert client.get(f"{HOME}records/{other.pk}/").status_code == 404
    assert client.get(f"{HOME}years/2026/").status_code == 404


def test_the_year_tells_source_and_trust_of_each_record(client, person):
    """R-176: each record names its source."""
    make_record(person)

    page = text(client, f"{HOME}years/2026/")

    assert REGISTER in page
    assert "机构表格登记" in page


def test_the_table_of_conversions_cites_its_basis(client, person):
    assert "人力资源和社会保障部令第25号 第八条（五）" in text(client, f"{HOME}conversions/")


def test_looking_ahead_tells_the_hours_and_keeps_the_aim(client, person, hours_plan):
    """Issue 3 §1: "to apply for 工程师 in 2028 you still need …"."""
    for year in (2025, 2026):
        make_year(person, year, professional=72, public_general=18)
    chosen = {"rule": f"{hours_plan.pack_version.slug}:工程师", "year": "2028"}

    page = client.get(f"{HOME}ahead/", chosen).content.decode()
    assert "2027 年还需不限科目 90 学时" in page
    assert "2028 年还需不限科目 90 学时" in page

    client.post(f"{HOME}ahead/", chosen)
    assert (Aim.objects.get().title, Aim.objects.get().year) == ("工程师", 2028)
    assert "2027 年还需" in text(client, HOME)


def test_a_strange_rule_is_refused_in_the_form(client, person, hours_plan):
    answer = client.get(f"{HOME}ahead/", {"rule": "nowhere:工程师", "year": "2028"})

    assert "没有这一项" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_ledger_takes_the_same_number_of_queries(client, person, number):
    for year in range(2024, 2024 + number):
        make_year(person, year, professional=60)

    with CaptureQueriesContext(connection) as caught:
        client.get(HOME)

    assert len([each for each in caught if "SAVEPOINT" not in each["sql"]]) <= 6
