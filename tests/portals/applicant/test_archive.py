"""The pages of one's own archive."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.archive import make_file, make_item, make_profile, pdf_bytes, png_bytes
from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in, staff_actor
from zhiping.achievements.models import ArchiveItem, ItemVersion
from zhiping.achievements.states import VersionState
from zhiping.files.models import StoredFile

pytestmark = pytest.mark.django_db
HOME = "/applicant/archive/"
NEW = "/applicant/archive/appraisals/new/"
TYPED = {"year": "2025", "grade": "qualified", "token": "a" * 32}


@pytest.fixture(autouse=True)
def clock(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def person(client):
    person = make_person("𠮷㛃")
    make_profile(person)
    sign_in(client, applicant_actor(person))
    return person


def pdf(name="考核表.pdf", text="一"):
    return SimpleUploadedFile(name, pdf_bytes(text))


def statements(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len([each for each in caught if "SAVEPOINT" not in each["sql"]])


def test_archive_is_a_task_list_with_counts(client, person):
    make_item(person, "papers")
    make_item(person, "papers", state=VersionState.RETURNED)

    page = client.get(HOME).content.decode()

    assert "审核通过 1 项，要修改 1 项" in page
    assert "1 项要修改" in page
    assert "继续教育学时" in page


def test_item_is_saved_with_evidence_and_sent(client, person):
    """R-039: after 保存并送审 it waits for the employer."""
    answer = client.post(NEW, {**TYPED, "submit": "1", "file-form": pdf()}, follow=True)

    version = ItemVersion.objects.get()
    assert version.state == VersionState.SUBMITTED
    assert version.evidence.get().name == "考核表.pdf"
    page = answer.content.decode()
    assert "已保存，并送单位审核。" in page
    assert person.profile.employer.name in page


def test_wrong_form_keeps_what_was_typed_and_uploaded(client, person):
    answer = client.post(NEW, {**TYPED, "year": "很早", "file-form": pdf()})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "年度“很早”不是整数" in page
    assert 'value="很早"' in page
    assert f'value="form:{StoredFile.objects.get().pk}" checked' in page
    assert "<title>有错误" in page
    assert not ArchiveItem.objects.exists()


def test_refused_file_is_told_beside_its_part_and_the_good_one_stays(client, person):
    files = [pdf(), SimpleUploadedFile("改名.pdf", png_bytes())]

    answer = client.post(NEW, {**TYPED, "file-form": files})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "实际内容是 PNG" in page
    assert "考核表.pdf" in page
    again = client.post(NEW, {**TYPED, "kept": f"form:{StoredFile.objects.get().pk}"})
    assert again.status_code == 302
    assert ItemVersion.objects.get().evidence.count() == 1


def test_incomplete_item_is_kept_as_a_draft_when_sent(client, person):
    answer = client.post(NEW, {**TYPED, "grade": "", "submit": "1"})

    assert answer.status_code == 422
    assert "还没有填等次。" in answer.content.decode()
    assert "还没有上传年度考核表。" in answer.content.decode()
    assert ItemVersion.objects.get().state == VersionState.DRAFT


def test_autosave_answers_with_the_new_stamp_and_refuses_the_old_one(client, person):
    headers = {"X-Autosave": "1"}
    first = client.post(NEW, {**TYPED, "year": "2024"}, headers=headers).json()
    second = client.post(NEW, {**TYPED, "version": first["version"]}, headers=headers).json()

    old = client.post(NEW, {**TYPED, "year": "2023", "version": first["version"]}, headers=headers)
    wrong = client.post(NEW, {**TYPED, "year": "x", "version": second["version"]}, headers=headers)

    assert (old.status_code, wrong.status_code) == (409, 422)
    assert "另一个页面" in old.json()["sentence"]
    assert ItemVersion.objects.get().data["year"] == 2025


def test_item_page_shows_reason_versions_and_acts(client, person):
    version = make_item(person, state=VersionState.RETURNED, files=(make_file(person),))
    ItemVersion.objects.update(reason="缺目录页，请补传。")

    page = client.get(f"{HOME}items/{version.item_id}/").content.decode()

    assert "缺目录页，请补传。" in page
    assert "单位退回" in page
    assert "移入回收站" in page


def test_item_is_thrown_away_and_brought_back(client, person):
    version = make_item(person, label="要删的")
    url = f"{HOME}items/{version.item_id}/"

    client.post(url + "discard/")
    assert "要删的" in client.get(HOME + "bin/").content.decode()
    assert client.get(url + "edit/").status_code == 404
    client.post(url + "restore/")
    assert ArchiveItem.objects.get().deleted_at is None


def test_item_is_sent_and_taken_back_from_its_page(client, person):
    client.post(NEW, {**TYPED, "file-form": pdf()})
    version = ItemVersion.objects.get()
    url = f"{HOME}items/{version.item_id}/"

    client.post(url + "submit/", {"version": version.stamp})
    version.refresh_from_db()
    assert version.is_submitted
    assert client.post(url + "discard/").status_code == 409
    client.post(url + "withdraw/", {"version": version.stamp})
    version.refresh_from_db()
    assert version.is_draft
    assert client.post(url + "explode/").status_code == 404


def test_preview_shows_what_is_approved_only(client, person):
    make_item(person, label="通过的", data={"title": "釉色"})
    make_item(person, label="没通过的", state=VersionState.REJECTED)

    page = client.get(HOME + "preview/").content.decode()

    assert "通过的" in page
    assert "釉色" in page
    assert "没通过的" not in page


def test_others_find_nothing(client, person):
    version = make_item(person, files=(make_file(person),))
    other = make_person("申报人乙")
    paths = [
        f"items/{version.item_id}/",
        f"items/{version.item_id}/edit/",
        f"files/{StoredFile.objects.get().pk}/",
    ]
    sign_in(client, applicant_actor(other))
    for path in paths:
        assert client.get(HOME + path).status_code == 404
    sign_in(client, staff_actor(make_organisation()))
    assert client.get(HOME).status_code == 403


def test_unknown_category_is_not_found(client, person):
    assert client.get(HOME + "nonsense/").status_code == 404
    assert client.get(HOME + "nonsense/new/").status_code == 404


def test_own_file_is_served(client, person):
    client.post(NEW, {**TYPED, "file-form": pdf()})

    answer = client.get(f"{HOME}files/{StoredFile.objects.get().pk}/")

    assert b"".join(answer.streaming_content) == pdf_bytes("一")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("path", "budget"), [("", 6), ("papers/", 6), ("bin/", 6), ("preview/", 6)])
def test_lists_cost_the_same_for_one_and_three(client, person, path, budget):
    make_item(person, files=(make_file(person),))
    one = statements(client, HOME + path)
    for _ in range(2):
        make_item(person, files=(make_file(person),))

    assert statements(client, HOME + path) == one <= budget


def test_item_page_and_form_keep_their_budgets(client, person):
    version = make_item(person, files=(make_file(person), make_file(person)))

    assert statements(client, f"{HOME}items/{version.item_id}/") <= 8
    assert statements(client, f"{HOME}items/{version.item_id}/edit/") <= 8


def test_save_with_upload_and_sending_keeps_its_budget(client, person):
    with CaptureQueriesContext(connection) as caught:
        client.post(NEW, {**TYPED, "submit": "1", "file-form": pdf()})

    work = [each["sql"] for each in caught if "SAVEPOINT" not in each["sql"]]
    assert ItemVersion.objects.get().is_submitted
    assert len(work) <= 15, "\n".join(work)
