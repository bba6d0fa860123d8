"""Uploads are kept once, under their hash, or not at all."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.archive import pdf_bytes
from tests.factories.people import applicant_actor, make_organisation, make_person, staff_actor
from zhiping.files.inspection import Limits
from zhiping.files.models import StoredFile
from zhiping.files.operations import DEFAULT_LIMITS, plain_name, store_file
from zhiping.files.queries import path_of, path_of_hash, visible_to
from zhiping.files.states import SCANS
from zhiping.kernel.actor import ANONYMOUS
from zhiping.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(content: bytes, person, now, *, name="证明.pdf", actor=None, limits=DEFAULT_LIMITS):
    return store_file(
        upload=ContentFile(content, name=name),
        owner=person,
        kinds=SCANS,
        actor=actor or applicant_actor(person),
        now=now,
        limits=limits,
    )


def files_on_disk(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def test_upload_lies_under_its_hash(media, now):
    content = pdf_bytes("一", pages=2)
    digest = hashlib.sha256(content).hexdigest()

    stored = store(content, make_person(), now)

    assert (stored.sha256, stored.pages, stored.size, stored.name) == (digest, 2, len(content), "证明.pdf")
    assert path_of(stored).read_bytes() == content
    assert files_on_disk(media) == [digest]


def test_same_content_again_gives_the_same_row_and_one_copy(media, now):
    person, other = make_person("申报人甲"), make_person("申报人乙")
    first = store(pdf_bytes(), person, now)

    again = store(pdf_bytes(), person, now, name="又一次.pdf")
    of_other = store(pdf_bytes(), other, now)

    assert again.pk == first.pk
    assert of_other.pk != first.pk
    assert files_on_disk(media) == [first.sha256]


def test_refused_upload_leaves_nothing(media, now):
    person = make_person()
    with pytest.raises(Refused, match=r"超过 0\.5 MB"):
        store(pdf_bytes() + b" " * 600_000, person, now, limits=Limits(max_bytes=512 * 1024))
    with pytest.raises(Refused, match="打不开"):
        store(b"%PDF-1.7 broken", person, now)

    assert files_on_disk(media) == []
    assert not StoredFile.objects.exists()


def test_only_the_person_stores_their_files(now):
    person = make_person()
    clerk = staff_actor(make_organisation())

    for actor in (clerk, ANONYMOUS, applicant_actor(make_person("申报人乙"))):
        with pytest.raises(Forbidden):
            store(pdf_bytes(), person, now, actor=actor)


def test_only_the_owner_sees_their_uploads(now):
    person = make_person()
    stored = store(pdf_bytes(), person, now)

    assert list(visible_to(applicant_actor(person))) == [stored]
    assert not visible_to(applicant_actor(make_person("申报人乙"))).exists()
    assert not visible_to(staff_actor(make_organisation(), person=person)).exists()
    assert not visible_to(ANONYMOUS).exists()


@given(st.text(max_size=300))
def test_any_name_becomes_harmless_text(name):
    plain = plain_name(name)

    assert 1 <= len(plain) <= 120
    assert not set(plain) & set("/\\\n\r\0")
    assert plain_name(plain) == plain


def test_rare_characters_in_a_name_stay():
    assert plain_name("𠮷㛃䶮的证书.pdf") == "𠮷㛃䶮的证书.pdf"


def test_path_is_made_from_the_hash_alone(media):
    assert path_of_hash("ab12" + "0" * 60) == media / "ab" / "12" / ("ab12" + "0" * 60)
