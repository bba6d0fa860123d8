"""Bytes are sent typed, private, in ranges."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory

import zhiping
from tests.factories.archive import pdf_bytes
from tests.factories.people import applicant_actor, make_person
from zhiping.committees.models import Meeting
from zhiping.files.operations import store_file
from zhiping.files.queries import path_of
from zhiping.files.serving import file_response, made_file
from zhiping.files.states import SCANS
from zhiping.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings, tmp_path, now):
    settings.MEDIA_ROOT = tmp_path
    person = make_person()
    upload = ContentFile(pdf_bytes(), name="证书 “一”.pdf")
    return store_file(upload=upload, owner=person, kinds=SCANS, actor=applicant_actor(person), now=now)


def ask(stored, **headers):
    response = file_response(stored, RequestFactory().get("/", headers=headers))
    body = b"".join(response.streaming_content) if response.streaming else b""
    response.close()
    return response, body


def test_whole_file_is_typed_by_us_and_private(stored):
    response, body = ask(stored)

    assert body == pdf_bytes()
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Disposition"].startswith("inline; filename*=UTF-8''%E8%AF%81")
    assert response["Content-Length"] == str(len(body))


@pytest.mark.parametrize(
    ("asked", "start", "stop"), [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None)]
)
def test_part_of_a_file(stored, asked, start, stop):
    response, body = ask(stored, range=asked)

    assert response.status_code == 206
    assert body == pdf_bytes()[start:stop]
    first = start % stored.size
    assert response["Content-Range"] == f"bytes {first}-{first + len(body) - 1}/{stored.size}"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=1-2,5-6", "lines=1-2", "bytes=" + "9" * 50 + "-"])
def test_odd_range_gets_the_whole(stored, asked):
    response, body = ask(stored, range=asked)

    assert (response.status_code, body) == (200, pdf_bytes())


def test_range_past_the_end_is_416(stored):
    response, _ = ask(stored, range=f"bytes={stored.size}-")

    assert response.status_code == 416


def test_known_file_is_not_sent_again(stored):
    response, _ = ask(stored, **{"if-none-match": f'"{stored.sha256}"'})

    assert response.status_code == 304


def test_bytes_that_the_disk_has_lost_are_told_in_words_and_logged(stored, caplog):
    path_of(stored).unlink()

    with pytest.raises(Refused, match="暂时取不到"):
        ask(stored)
    assert f"stored file {stored.sha256} is missing" in caplog.text


def test_a_made_file_is_sent_like_every_other(settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path
    meeting = Meeting()
    meeting.minutes_pdf.save("记录.pdf", ContentFile(b"%PDF-1.7"), save=False)

    response = made_file(meeting.minutes_pdf, name="会议记录.pdf", as_attachment=True)

    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E4%BC%9A")
    meeting.minutes_pdf.storage.delete(meeting.minutes_pdf.name)
    meeting.minutes_pdf.close()
    with pytest.raises(Refused, match="暂时取不到"):
        made_file(Meeting(minutes_pdf=meeting.minutes_pdf.name).minutes_pdf, name="会议记录.pdf")
    assert "is missing on the disk" in caplog.text


def test_no_page_sends_files_another_way():
    portals = Path(zhiping.__file__).parent / "portals"

    assert [str(path) for path in portals.rglob("*.py") if "FileResponse(" in path.read_text("utf-8")] == []
