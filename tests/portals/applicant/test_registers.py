"""一键提取: the pages on which people ask the registers and confirm what was found (R-043, R-044, R-369…R-371)."""

import pytest
from django.core.cache import cache

from tests.factories.archive import make_item, make_profile
from tests.factories.people import applicant_actor, make_person, sign_in, staff_actor
from tests.factories.registers import DIPLOMA, make_fetch, make_found
from tests.portals.applicant.test_archive import statements
from zhiping.achievements.models import ArchiveItem, FoundRecord, ItemVersion
from zhiping.achievements.states import Answer, Outcome, VersionState
from zhiping.jobs.models import Job
from zhiping.jobs.queue import run_due

pytestmark = pytest.mark.django_db
PAGE = "/applicant/archive/auto/"
TYPED = {
    "level": "bachelor",
    "school": "旧名大学",
    "is_related": True,
    "graduated_on": "2010-07",
    "mode": "full_time",
}


@pytest.fixture(autouse=True)
def place(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    settings.RECORD_URLS = {
        "education": "http://127.0.0.1:9/education",
        "patents": "http://127.0.0.1:9/patents",
    }
    cache.clear()
    at(now)


@pytest.fixture
def person(client):
    person = make_person("𠮷㛃")
    make_profile(person)
    sign_in(client, applicant_actor(person))
    return person


def text(client, url=PAGE, **posted):
    answer = client.post(url, posted, follow=True) if posted else client.get(url)
    return answer.content.decode()


def test_the_page_lists_the_connected_registers_and_asks_nobody_by_itself(client, person):
    page = text(client)

    assert "学信网" in page
    assert "专利登记簿" in page
    assert "社会保险" not in page
    assert "一键提取" in page
    assert not Job.objects.exists()


def test_one_click_asks_all_in_the_queue_and_the_page_shows_progress(client, person):
    """issue 3: never inside a page's request; progress and what comes of it."""
    page = text(client, PAGE + "ask/", go="1")

    assert "正在向 2 个系统查询" in page
    assert "已完成 0 / 2" in page
    assert Job.objects.filter(kind="achievements.fetch").count() == 2


def test_without_registers_people_are_sent_to_fill_in(client, person, settings):
    settings.RECORD_URLS = {}

    assert "还没有接通登记系统" in text(client)
    assert client.post(PAGE + "ask/").status_code == 409
    assert not Job.objects.exists()


def test_found_records_are_listed_with_source_proof_and_trust(client, person):
    make_fetch(person)
    make_found(person)
    page = text(client)

    for words in ("示范大学 大学本科", "学信网", "A0B1C2D3E4F5G6H7", "教育部学历证书电子注册", "等您确认"):
        assert words in page


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.NOTHING, "2001 年以前的学历"),
        (Outcome.UNREACHABLE, "对方没有应答"),
        (Outcome.WRONG, "不可信，没有采用"),
        (Outcome.NAME_DIFFERS, "对不上"),
        (Outcome.PARTIAL, "学位这次查不到。另有 2 条内容不全，没有采用。"),
    ],
)
def test_each_failure_is_said_with_what_to_do(client, person, now, outcome, words):
    """R-369, R-044: down, wrong, partial, not found: said clearly, and people can go on."""
    make_fetch(person, outcome=outcome, missing=["学位"], unread=2, again_at=now)
    page = text(client)

    assert words in page
    assert outcome.label in page
    assert "自己填写" in page
    assert client.get("/applicant/archive/education/new/").status_code == 200


def test_taking_a_record_needs_no_upload(client, person):
    """R-043."""
    found = make_found(person)
    shown = text(client, f"{PAGE}{found.pk}/")
    assert "是否与申报专业相同或相近" in shown
    assert 'type="file"' not in shown
    page = text(client, f"{PAGE}{found.pk}/", choice="take", is_related="true")

    assert "不用上传材料。您补充的内容已送单位核对" in page
    version = ItemVersion.objects.get()
    assert (version.state, version.data["is_related"]) == (VersionState.SUBMITTED, True)
    shown = text(client, f"/applicant/archive/items/{version.item_id}/")
    assert "这一项由登记系统提供" in shown
    assert "免证明" in text(client, "/applicant/archive/education/")


def test_an_open_answer_is_told_beside_its_field(client, person):
    found = make_found(person)
    answer = client.post(f"{PAGE}{found.pk}/", {"choice": "take"})

    assert answer.status_code == 422
    assert "还没有填是否与申报专业相同或相近" in answer.content.decode()
    assert not ArchiveItem.objects.exists()


def test_a_conflict_stands_side_by_side_and_the_person_chooses(client, person):
    typed = make_item(person, "education", data=TYPED)
    found = make_found(person)
    shown = text(client, f"{PAGE}{found.pk}/")
    for words in ("旧名大学", "示范大学", "不一致", "2010-07", "2010-06-30", "保留我填写的"):
        assert words in shown
    assert "和您填写的不一致" in text(client)
    text(client, f"{PAGE}{found.pk}/", choice="replace", item=typed.item_id, is_related="true")

    assert [each.number for each in typed.item.versions.order_by("number")] == [1, 2]


def test_keeping_what_was_typed_changes_nothing(client, person):
    typed = make_item(person, "education", data=TYPED)
    found = make_found(person)
    page = text(client, f"{PAGE}{found.pk}/", choice="leave")

    assert "您填写的内容没有变化" in page
    assert "没有采用" in page
    assert ItemVersion.objects.get().pk == typed.pk
    assert FoundRecord.objects.get().answer == Answer.LEFT


def test_another_item_than_the_one_shown_is_not_replaced(client, person):
    make_item(person, "education", data=TYPED)
    found = make_found(person)
    answer = client.post(f"{PAGE}{found.pk}/", {"choice": "replace", "item": "999", "is_related": "true"})

    assert answer.status_code == 422
    assert ItemVersion.objects.count() == 1


def test_a_pending_patent_is_shown_and_cannot_be_taken(client, person):
    """R-371."""
    found = make_found(person, "patents")
    FoundRecord.objects.update(data={**found.data, "status": "pending"})

    assert "还没有授权" in text(client)
    assert client.post(f"{PAGE}{found.pk}/", {"choice": "take"}).status_code == 422
    assert not ArchiveItem.objects.exists()


def test_a_choice_that_is_none_is_refused(client, person):
    found = make_found(person)

    assert client.post(f"{PAGE}{found.pk}/", {"choice": "everything"}).status_code == 409


def test_records_of_others_are_not_there(client, person):
    other = make_person("申报人乙")
    found = make_found(other, row={**DIPLOMA, "school": "别人的大学"})
    make_fetch(other, outcome=Outcome.NAME_DIFFERS)

    assert "别人的大学" not in text(client)
    assert Outcome.NAME_DIFFERS.label not in text(client)
    for answer in (client.get(f"{PAGE}{found.pk}/"), client.post(f"{PAGE}{found.pk}/", {"choice": "leave"})):
        assert answer.status_code == 404
    found.refresh_from_db()
    assert found.answer == Answer.OPEN


@pytest.mark.parametrize("address", [PAGE, PAGE + "ask/", PAGE + "1/"])
def test_guests_and_staff_are_kept_out(client, address):
    ask = client.post if address.endswith("ask/") else client.get
    assert "login" in ask(address)["Location"]
    sign_in(client, staff_actor(make_profile().employer))

    assert ask(address).status_code == 403


def test_the_employer_sees_that_it_is_proved_and_what_to_check(client, person):
    found = make_found(person)
    text(client, f"{PAGE}{found.pk}/", choice="take", is_related="true")
    sign_in(client, staff_actor(person.profile.employer))
    page = text(client, f"/employer/archive/items/{ItemVersion.objects.get().pk}/")

    assert "登记系统已核验" in page
    assert "请核对申报人补充的：是否与申报专业相同或相近。" in page
    assert "别的" not in page


def test_pages_ask_the_same_for_one_record_and_for_many(client, person):
    make_fetch(person)
    make_item(person, "education", data=TYPED)
    found = make_found(person)
    few = statements(client, PAGE), statements(client, f"{PAGE}{found.pk}/")
    for number in range(29):
        make_found(person, row={**DIPLOMA, "id": f"more {number}", "level": "硕士"})

    assert (statements(client, PAGE), statements(client, f"{PAGE}{found.pk}/")) == few
    assert few[0] <= 6
    assert few[1] <= 8


def test_from_click_to_archive_with_a_register_that_fails_first(client, person, sandbox, settings):
    """Nothing is lost: down at the first click, found at the second."""
    settings.RECORD_URLS = {"education": f"{sandbox.base}/education"}
    register = sandbox.stand_ins["education"]
    register.put(person.document_number, person.name, [DIPLOMA])
    register.switch.turn("down", times=1)
    text(client, PAGE + "ask/", go="1")
    run_due()
    assert Outcome.UNREACHABLE.label in text(client)

    text(client, PAGE + "ask/", go="1")
    run_due()
    assert "示范大学" in text(client)
