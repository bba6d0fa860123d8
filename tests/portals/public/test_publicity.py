"""Public lists: who is shown to whom, for how long, and the protected objection (R-329, R-337, C-79, C-80)."""

import re

import pytest

from tests.factories.notices import make_objection, make_publicity
from zhiping.kernel.clock import end_of
from zhiping.notices.models import Objection
from zhiping.notices.operations import cancel_publicity
from zhiping.notices.states import PublicityKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(at, now):
    at(now)


def test_committees_lists_are_public_and_employers_are_not_listed(client, now):
    result = make_publicity(now, kind=PublicityKind.RESULT, names=("申报人𠮷",))
    unit = make_publicity(now, names=("申报人乙",))
    page = client.get("/publicity/").content.decode()

    assert result.code in page
    assert unit.code not in page
    assert "申报人𠮷" in client.get(f"/publicity/{result.code}/").content.decode()
    assert "申报人乙" in client.get(f"/publicity/{unit.code}/").content.decode()
    assert client.get("/publicity/nonsense/").status_code == 404


def test_names_leave_the_page_when_the_publicity_is_over(client, now, at):
    publicity = make_publicity(now, kind=PublicityKind.RESULT, names=("申报人丙",))
    at(end_of(publicity.ends_on))
    page = client.get(f"/publicity/{publicity.code}/").content.decode()

    assert "申报人丙" not in page
    assert "公示已结束" in page


def test_list_is_searched_and_says_who_is_held_up(client, now):
    publicity = make_publicity(now, kind=PublicityKind.RESULT, names=("申报人𠮷", "申报人丁"))
    make_objection(publicity, now)
    page = client.get(f"/publicity/{publicity.code}/?words=𠮷").content.decode()

    assert "申报人𠮷" in page
    assert "异议核查" in page
    assert "申报人丁" not in page
    assert "没有找到" in client.get(f"/publicity/{publicity.code}/?words=查无").content.decode()


@pytest.mark.parametrize("count", [1, 15])
def test_lists_take_the_same_queries_for_few_and_many(client, now, django_assert_num_queries, count):
    publicity = make_publicity(
        now, kind=PublicityKind.RESULT, names=tuple(f"申报人{number}" for number in range(count))
    )
    with django_assert_num_queries(2):
        client.get("/publicity/")
    with django_assert_num_queries(4):
        client.get(f"/publicity/{publicity.code}/")


def test_objection_gives_a_code_that_tells_the_answer(client, now):
    publicity = make_publicity(now, kind=PublicityKind.RESULT)
    address = f"/publicity/{publicity.code}/objection/"
    assert client.get(address).status_code == 200
    filed = client.post(
        address, {"way": "named", "text": "获奖年份不实", "name": "反映人甲", "contact": "13911112222"}
    )
    code = re.search(r"<b>([2-9A-Z]{12})</b>", filed.content.decode())[1]
    assert filed["Cache-Control"] == "no-store"
    objection = Objection.objects.get()
    assert (objection.is_named, objection.name) == (True, "反映人甲")

    answer = client.post("/publicity/answer/", {"code": code.lower()}).content.decode()
    assert "已收到" in answer
    assert "反映人甲" not in answer
    assert client.post("/publicity/answer/", {"code": "ABCDEFGHJKLM"}).status_code == 404
    assert client.get("/publicity/answer/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"way": "named", "text": "不实"}, "姓名和联系方式"),
        ({"way": "anonymous", "text": ""}, "请填写反映的事实"),
        ({"text": "不实"}, "请选择您希望"),
    ],
)
def test_incomplete_objection_keeps_what_was_typed(client, now, fields, said):
    publicity = make_publicity(now, kind=PublicityKind.RESULT)
    answer = client.post(f"/publicity/{publicity.code}/objection/", fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Objection.objects.exists()


def test_late_objection_is_refused_with_the_day(client, now, at):
    publicity = make_publicity(now, kind=PublicityKind.RESULT)
    at(end_of(publicity.ends_on))
    address = f"/publicity/{publicity.code}/objection/"
    assert "不再受理" in client.get(address).content.decode()
    assert client.post(address, {"way": "anonymous", "text": "不实"}).status_code == 422
    assert not Objection.objects.exists()


def test_cancelled_list_is_gone(client, now):
    from tests.factories.people import staff_actor
    from zhiping.kernel.actor import Role

    publicity = make_publicity(now, kind=PublicityKind.RESULT)
    actor = staff_actor(publicity.organisation, Role.COMMITTEE_OFFICE)
    cancel_publicity(publicity=publicity, reason="名单有误", actor=actor, now=now)
    assert client.get(f"/publicity/{publicity.code}/").status_code == 404
