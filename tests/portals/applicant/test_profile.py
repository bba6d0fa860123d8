"""The pages of 个人基本信息 (R-037, R-029, R-082…R-085)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.achievements.test_operations import PROFILE
from tests.factories.archive import jpeg_bytes
from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in
from zhiping.achievements.models import Profile, ProfileVersion
from zhiping.organisations.states import OrganisationState

pytestmark = pytest.mark.django_db
HOME = "/applicant/profile/"


@pytest.fixture(autouse=True)
def clock(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def person(client):
    person = make_person("𠮷㛃")
    sign_in(client, applicant_actor(person))
    return person


def test_profile_is_filled_and_sent(client, person):
    body = make_organisation("示范青瓷厂")
    assert "开始填写" in client.get(HOME).content.decode()
    photo = SimpleUploadedFile("照片.jpg", jpeg_bytes((300, 400), pad_to=40_000))
    answer = client.post(
        HOME + "edit/", {**PROFILE, "employer": body.name, "submit": "1", "photo": photo}, follow=True
    )

    page = answer.content.decode()
    assert "已保存，并送单位审核。" in page
    assert "陶瓷工艺" in page
    assert person.document_number not in page
    assert Profile.objects.get().employer == body
    assert ProfileVersion.objects.get().photo.width == 300


def test_body_that_is_not_authorised_is_refused_and_text_stays(client, person):
    """R-029."""
    make_organisation("未授权厂", state=OrganisationState.SUBMITTED)

    answer = client.post(HOME + "edit/", {**PROFILE, "employer": "未授权厂"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有找到已通过授权的单位“未授权厂”" in page
    assert 'value="设计师"' in page
    assert "未授权厂</option>" not in page
    assert not ProfileVersion.objects.exists()


def test_photo_against_the_rules_is_refused_with_each_rule(client, person):
    small = SimpleUploadedFile("照片.jpg", jpeg_bytes((200, 200)))

    answer = client.post(HOME + "edit/", {**PROFILE, "photo": small})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "像素应大于 215×300" in page
    assert "宽高比应在 0.65 到 0.8 之间" in page


def test_incomplete_profile_is_kept_and_told(client, person):
    answer = client.post(HOME + "edit/", {**PROFILE, "ethnicity": "", "submit": "1"})

    assert answer.status_code == 422
    assert "还没有填民族。" in answer.content.decode()
    assert "还没有选择现工作单位。" in answer.content.decode()
    assert ProfileVersion.objects.get().is_draft


def test_autosave_and_old_page(client, person):
    headers = {"X-Autosave": "1"}
    first = client.post(HOME + "edit/", PROFILE, headers=headers).json()
    client.post(HOME + "edit/", {**PROFILE, "post": "馆长", "version": first["version"]}, headers=headers)

    old = client.post(HOME + "edit/", {**PROFILE, "version": first["version"]}, headers=headers)
    wrong = client.post(HOME + "edit/", {**PROFILE, "phone": "12"}, headers=headers)
    page = client.post(HOME + "edit/", {**PROFILE, "version": first["version"]})

    assert (old.status_code, wrong.status_code, page.status_code) == (409, 422, 422)
    assert "另一个页面" in page.content.decode()
    assert ProfileVersion.objects.get().data["post"] == "馆长"


def test_profile_is_sent_and_taken_back_from_its_page(client, person):
    body = make_organisation()
    client.post(HOME + "edit/", {**PROFILE, "employer": body.name})
    version = ProfileVersion.objects.get()

    client.post(HOME + "submit/", {"version": version.stamp})
    assert Profile.objects.get().employer == body
    client.post(HOME + "withdraw/")
    assert Profile.objects.get().employer is None
    assert client.post(HOME + "explode/").status_code == 404


def test_form_shows_what_was_saved(client, person):
    body = make_organisation("示范青瓷厂")
    client.post(HOME + "edit/", {**PROFILE, "employer": body.name})

    page = client.get(HOME + "edit/").content.decode()

    assert 'value="13800001234"' in page
    assert 'value="示范青瓷厂"' in page
