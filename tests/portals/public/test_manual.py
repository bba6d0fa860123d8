"""The manuals as pages (R-033)."""

import pytest
from django.conf import settings

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
