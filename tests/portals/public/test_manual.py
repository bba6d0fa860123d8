"""The manuals as pages (R-033)."""

import re

import pytest
from django.conf import settings

from zhiping.documents.glyphs import missing_glyphs
from zhiping.documents.manual import blocks_of
from zhiping.help_centre import tasks
from zhiping.jobs.models import Job

pytestmark = pytest.mark.django_db
SLUGS = sorted(path.stem for path in settings.MANUAL.glob("*.md") if path.stem != "index")


def test_the_index_leads_to_every_manual(client):
    text = client.get("/manual/").content.decode()

    assert [slug for slug in SLUGS if f'href="/manual/{slug}/"' not in text] == []
    assert "<h1>用户手册</h1>" in text


@pytest.mark.parametrize("slug", SLUGS)
def test_a_manual_is_shown_whole(client, slug):
    answer = client.get(f"/manual/{slug}/")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert text.count("<h1>") == 1
    assert text.count("<h2>") == (settings.MANUAL / f"{slug}.md").read_text(encoding="utf-8").count("\n## ")
    assert "](" not in text
    assert "**" not in text


@pytest.mark.parametrize("slug", ["nothing", "index"])
def test_another_name_is_not_found(client, slug):
    assert client.get(f"/manual/{slug}/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/verify/"])
def test_every_page_leads_to_the_manuals(client, path):
    """R-033: manuals on the home page, and in the footer everywhere."""
    assert '<a href="/manual/">用户手册</a>' in client.get(path).content.decode()


@pytest.fixture
def shelf(settings, tmp_path, at, now):
    settings.DATA_DIR = tmp_path
    at(now)


@pytest.mark.usefixtures("shelf")
def test_the_home_page_offers_both_manuals_to_download(client, now):
    """R-033: exactly these two titles, without signing in, both as files."""
    text = client.get("/").content.decode()
    assert re.findall(r"《(\w+手册)》", text) == ["个人用户操作手册", "用人单位操作手册"]
    assert client.get("/manual/applicant.pdf").status_code == 409

    tasks.print_manuals(now)
    tasks.print_manuals(now)
    assert Job.objects.filter(kind="help_centre.print").count() == len(SLUGS)
    for slug in ("applicant", "employer"):
        tasks.print_manual(slug)
        assert f'href="/manual/{slug}.pdf"' in text
        answer = client.get(f"/manual/{slug}.pdf")
        content = b"".join(answer.streaming_content)
        assert content.startswith(b"%PDF-")
        assert answer["Content-Type"] == "application/pdf"
    Job.objects.all().delete()
    tasks.print_manuals(now)
    assert Job.objects.filter(kind="help_centre.print").count() == len(SLUGS) - 2


@pytest.mark.parametrize("slug", SLUGS)
def test_every_manual_can_be_printed_whole(slug):
    source = (settings.MANUAL / f"{slug}.md").read_text(encoding="utf-8")
    blocks = blocks_of(source)
    said = "".join(block.text + "".join(cell for row in block.rows for cell in row) for block in blocks)

    assert [block.text for block in blocks if block.kind == "heading"] == re.findall(
        r"^##+ (.+)$", source, re.M
    )
    assert not missing_glyphs(said)
    assert "](" not in said
    assert len(said) > 0.8 * len(re.sub(r"\]\([^)]+\)|[\s|#*`-]", "", source))


@pytest.mark.parametrize("slug", ["nothing", "index"])
def test_another_file_is_not_found(client, slug):
    assert client.get(f"/manual/{slug}.pdf").status_code == 404
