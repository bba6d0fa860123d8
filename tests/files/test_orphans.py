"""What a rollback leaves on disk is swept after a day, and nothing else ever is."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from tests.factories.archive import pdf_bytes
from tests.factories.notices import make_publicity
from tests.factories.people import applicant_actor, make_organisation, make_person
from zhiping.files import orphans
from zhiping.files.models import StoredFile
from zhiping.files.operations import store_file
from zhiping.files.orphans import sweep_orphans
from zhiping.files.queries import incoming_folder, path_of, path_of_hash
from zhiping.files.states import SCANS
from zhiping.files.tasks import sweep, sweep_daily
from zhiping.jobs.models import Job
from zhiping.jobs.queue import run_due

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(text, now, person=None) -> StoredFile:
    person = person or make_person()
    return store_file(
        upload=ContentFile(pdf_bytes(text), name="证明.pdf"),
        owner=person,
        kinds=SCANS,
        actor=applicant_actor(person),
        now=now,
    )


def lost(text, now) -> Path:
    """The bytes of an upload whose transaction was undone."""
    with transaction.atomic():
        path = path_of(store(text, now))
        transaction.set_rollback(True)
    assert path.exists()
    return path


def aged(path: Path, seconds: float) -> Path:
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def test_only_old_files_without_a_row_are_swept(now, media):
    old, young = aged(lost("旧", now), DAY + 60), aged(lost("新", now), DAY - 60)
    kept = aged(path_of(store("有据", now)), 400 * DAY)
    incoming_folder().mkdir(exist_ok=True)
    half = incoming_folder() / "tmp1"
    half.write_bytes(b"half")
    aged(half, 2 * DAY)

    assert sweep_orphans(time.time()) == 2

    assert not old.exists()
    assert not half.exists()
    assert young.exists()
    assert kept.exists()


def test_what_other_rooms_printed_is_known_by_its_field(now, media):
    posted = make_publicity(now, make_organisation())
    posted.sheet_pdf.save("公示表.pdf", ContentFile(b"%PDF"), save=True)
    named = aged(media / posted.sheet_pdf.name, 2 * DAY)
    unnamed = aged(
        Path(
            posted.sheet_pdf.storage.path(posted.sheet_pdf.storage.save("minutes/a.pdf", ContentFile(b"x")))
        ),
        2 * DAY,
    )

    assert sweep_orphans(time.time()) == 1

    assert named.exists()
    assert not unnamed.exists()


def test_an_equal_upload_meanwhile_saves_the_file(now, monkeypatch):
    """Between the question for rows and the removal the same content came again: its bytes are new, and stay."""
    path, asked = aged(lost("同", now), 2 * DAY), orphans._named

    def asked_a_moment_too_early(paths):
        answer = asked(paths)
        store("同", now)
        return answer

    monkeypatch.setattr(orphans, "_named", asked_a_moment_too_early)

    assert sweep_orphans(time.time()) == 0
    assert path.exists()
    assert StoredFile.objects.filter(sha256=path.name).exists()


def test_many_files_are_asked_for_in_blocks(now, media, monkeypatch):
    monkeypatch.setattr(orphans, "AT_ONCE", 2)
    for text in "甲乙丙丁戊":
        aged(lost(text, now), 2 * DAY)

    assert sweep_orphans(time.time()) == 5
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_the_sweep_is_queued_once_a_day_and_not_by_the_demo_clock(now):
    old, young = aged(lost("旧", now), 2 * DAY), lost("新", now)
    for moment in (now, now + timedelta(minutes=1), now + timedelta(days=400)):
        sweep_daily(moment)

    assert Job.objects.filter(kind="files.sweep").count() == 2
    assert run_due() == 2
    assert not old.exists()
    assert young.exists()
    sweep()
    assert path_of_hash(young.name).exists()
