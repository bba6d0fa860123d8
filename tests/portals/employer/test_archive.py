"""The employer's pages: queue, person, item, decisions (R-270, R-271)."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.archive import make_file, make_item, make_profile, pdf_bytes
from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in, staff_actor
from zhiping.achievements.models import ItemVersion, Profile, ProfileVersion
from zhiping.achievements.states import VersionState
from zhiping.files.operations import store_file
from zhiping.files.states import SCANS

pytestmark = pytest.mark.django_db
HOME = "/employer/archive/"


@pytest.fixture(autouse=True)
def clock(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path
    at(now)


@pytest.fixture
def employer():
    return make_organisation("示范青瓷厂")


@pytest.fixture
def person(employer):
    person = make_person("㛃䶮")
    make_profile(person, employer)
    return person


@pytest.fixture
def clerk(client, employer):
    actor = staff_actor(employer)
    sign_in(client, actor)
    return actor


def waiting(person, count=1, **fields) -> list[ItemVersion]:
    return [make_item(person, state=VersionState.SUBMITTED, **fields) for _ in range(count)]


def statements(client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len([each for each in caught if "SAVEPOINT" not in each["sql"]])


def test_queue_lists_people_of_this_body_who_wait(client, clerk, person):
    """R-270: counts; people of other bodies, drafts and decided items stay out."""
    waiting(person, 3)
    idle = make_person("申报人闲")
    make_profile(idle, person.profile.employer)
    make_item(idle)
    stranger = make_person("外单位的人")
    make_profile(stranger)
    waiting(stranger)

    page = client.get(HOME).content.decode()

    assert "㛃䶮" in page
    assert "3 项" in page
    assert "申报人闲" not in page
    assert "外单位的人" not in page
    everybody = client.get(HOME + "?show=all").content.decode()
    assert "申报人闲" in everybody
    assert "外单位的人" not in everybody


def test_person_page_shows_items_without_drafts_and_masks_numbers(client, clerk, person):
    waiting(person, label="送审的")
    make_item(person, state=VersionState.DRAFT, label="草稿里的")

    page = client.get(f"{HOME}people/{person.profile.pk}/").content.decode()

    assert "送审的" in page
    assert "草稿里的" not in page
    assert person.document_number not in page
    assert person.document_number[:6] in page


def test_item_is_decided_beside_its_evidence(client, clerk, person, now):
    upload = ContentFile(pdf_bytes(), name="证书.pdf")
    file = store_file(upload=upload, owner=person, kinds=SCANS, actor=applicant_actor(person), now=now)
    version = waiting(person, files=(file,))[0]
    url = f"{HOME}items/{version.pk}/"

    page = client.get(url).content.decode()
    assert f'<iframe src="{url}files/{file.pk}/"' in page
    served = client.get(f"{url}files/{file.pk}/")
    assert b"".join(served.streaming_content) == pdf_bytes()
    empty = client.post(url + "decide/", {"verdict": "reject", "reason": "", "version": version.version})
    assert empty.status_code == 422
    assert "不通过必须写明原因" in empty.content.decode()

    client.post(url + "decide/", {"verdict": "reject", "reason": "无证书", "version": version.version})

    version.refresh_from_db()
    assert (version.state, version.reason) == (VersionState.REJECTED, "无证书")
    again = client.post(url + "decide/", {"verdict": "approve", "version": "1"})
    assert again.status_code == 409


def test_item_page_asks_about_each_file_and_shows_the_marks_afterwards(client, clerk, person):
    """R-281: refused beside the question with what was answered kept; then statement, checker, time, body."""
    version = waiting(person, files=(make_file(person, name="奖状.pdf"), make_file(person, name="目录.pdf")))[
        0
    ]
    first, second = version.evidence.order_by("pk").values_list("pk", flat=True)
    url = f"{HOME}items/{version.pk}/"
    posted = {"verdict": "approve", "version": version.version, f"copy-{first}": "copy"}

    refused = client.post(url + "decide/", posted)

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "还没有对照原件核对：“目录.pdf”" in page
    assert f'name="copy-{first}" value="copy" checked' in page
    client.post(url + "decide/", posted | {f"copy-{second}": "original"})
    page = client.get(url).content.decode()
    assert f"复印件，“核对无误”；验证人 {clerk.name}，" in page
    assert page.count(clerk.organisation_name) >= 2
    assert "原件的扫描件或电子件；验证人" in page
    assert 'name="copy-' not in page


def test_trial_of_several_asks_about_their_files_too(client, clerk, person):
    versions = [waiting(person, files=(make_file(person, name=f"{n}.pdf"),))[0] for n in (1, 2)]
    url = f"{HOME}people/{person.profile.pk}/items/"
    posted = {"item": [f"{each.pk}.{each.version}" for each in versions], "verdict": "approve"}
    keys = [each.evidence.get().pk for each in versions]
    assert all(f'name="copy-{key}"' in client.post(url, posted).content.decode() for key in keys)

    partly = client.post(url, posted | {"confirmed": "1", f"copy-{keys[0]}": "copy"})

    assert partly.status_code == 422
    assert "“2.pdf”" in partly.content.decode()
    assert not ItemVersion.objects.filter(state=VersionState.APPROVED).exists()
    client.post(url, posted | {"confirmed": "1"} | {f"copy-{key}": "copy" for key in keys})
    assert ItemVersion.objects.filter(state=VersionState.APPROVED).count() == 2


def test_several_are_tried_first_and_decided_after_confirmation(client, clerk, person):
    """R-271: nothing happens before the confirmation; what changed meanwhile is passed over."""
    versions = waiting(person, 3)
    url = f"{HOME}people/{person.profile.pk}/items/"
    stamps = [f"{each.pk}.{each.version}" for each in versions]

    trial = client.post(url, {"item": [*stamps[:2], f"{versions[2].pk}.9"], "verdict": "approve"})
    page = trial.content.decode()
    assert "2 项业绩将：通过" in page
    assert "不处理的 1 项" in page
    assert not ItemVersion.objects.filter(state=VersionState.APPROVED).exists()

    client.post(url, {"item": stamps[:2], "verdict": "approve", "confirmed": "1"})

    assert ItemVersion.objects.filter(state=VersionState.APPROVED).count() == 2
    assert client.post(url, {"verdict": "approve"}).status_code == 409
    assert client.post(url, {"item": stamps, "verdict": "burn"}).status_code == 409


def test_profile_is_decided_on_the_persons_page(client, clerk, employer):
    newcomer = make_person("申报人丙")
    profile = make_profile(newcomer, employer, state=VersionState.SUBMITTED)
    url = f"{HOME}people/{profile.pk}/"
    assert "信息属实，通过" in client.get(url).content.decode()

    client.post(url + "profile/", {"verdict": "approve", "version": "1"})
    assert Profile.objects.get(pk=profile.pk).is_confirmed


def test_person_who_is_not_ours_disappears(client, clerk, employer):
    newcomer = make_person("申报人丙")
    profile = make_profile(newcomer, employer, state=VersionState.SUBMITTED)
    url = f"{HOME}people/{profile.pk}/"

    answer = client.post(url + "profile/", {"verdict": "reject", "reason": "不是本单位人员", "version": "1"})

    assert answer["Location"] == HOME
    assert client.get(url).status_code == 404
    assert ProfileVersion.objects.get().reason == "不是本单位人员"


def test_clerk_never_sees_or_audits_their_own_archive(client, employer, person):
    version = waiting(person)[0]
    sign_in(client, staff_actor(employer, person=person))

    assert "㛃䶮</a>" not in client.get(HOME).content.decode()
    assert client.get(f"{HOME}items/{version.pk}/").status_code == 404
    assert client.post(f"{HOME}items/{version.pk}/decide/", {"verdict": "approve"}).status_code == 404


def test_other_bodies_and_applicants_get_nothing(client, person):
    version = waiting(person, files=(make_file(person),))[0]
    file = version.evidence.get()
    paths = [
        f"people/{person.profile.pk}/",
        f"people/{person.profile.pk}/photo/",
        f"items/{version.pk}/",
        f"items/{version.pk}/files/{file.pk}/",
    ]
    sign_in(client, staff_actor(make_organisation()))
    for path in paths:
        assert client.get(HOME + path).status_code == 404
    sign_in(client, applicant_actor(person))
    assert client.get(HOME).status_code == 403


def test_file_of_another_item_is_not_served_through_this_one(client, clerk, person):
    version = waiting(person)[0]
    foreign = make_file(person)

    assert client.get(f"{HOME}items/{version.pk}/files/{foreign.pk}/").status_code == 404


def test_queue_and_person_cost_the_same_for_one_and_three(client, clerk, employer, person):
    waiting(person)
    urls = [HOME, f"{HOME}people/{person.profile.pk}/"]
    before = [statements(client, url) for url in urls]
    for name in ("申报人丙", "申报人丁"):
        another = make_person(name)
        make_profile(another, employer)
        waiting(another)
    waiting(person, 2)

    assert [statements(client, url) for url in urls] == before
    assert before[0] <= 6
    assert before[1] <= 8


def test_item_page_keeps_its_budget(client, clerk, person):
    version = waiting(person, files=(make_file(person), make_file(person)))[0]

    assert statements(client, f"{HOME}items/{version.pk}/") <= 8


def test_decision_keeps_its_budget(client, clerk, person):
    version = waiting(person)[0]
    with CaptureQueriesContext(connection) as caught:
        client.post(f"{HOME}items/{version.pk}/decide/", {"verdict": "approve", "version": "1"})

    work = [each["sql"] for each in caught if "SAVEPOINT" not in each["sql"]]
    assert ItemVersion.objects.get().is_approved
    assert len(work) <= 15, "\n".join(work)
