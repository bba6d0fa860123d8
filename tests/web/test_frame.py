"""The frame of every page: weight, policy, title, navigation, static files of production."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from zhiping.kernel.actor import Role
from zhiping.web.navigation import MOST_ENTRIES, NAVIGATION, entries_for

STATIC = Path(__file__).resolve().parents[2] / "zhiping" / "web" / "static" / "zhiping"
LIGHT_PAGES = ["/demo/", "/demo/tour/", "/demo/components/", "/nothing-here/"]


def files_of(page: str) -> list[bytes]:
    addresses = re.findall(r'<(?:link rel="stylesheet" href|script src)="/static/zhiping/([^"]+)"', page)
    return [(STATIC / address).read_bytes() for address in addresses]


@pytest.mark.django_db
@pytest.mark.parametrize("path", LIGHT_PAGES)
def test_a_page_is_light(client, path):
    """Issue: ≤ 100 KB without images; first load ≤ 30 KB on the wire and ≤ 4 requests."""
    page = client.get(path).content
    parts = [page, *files_of(page.decode())]

    assert len(parts) <= 4  # page, style sheet, script and, on a page with a photo, the crop tool
    assert sum(len(part) for part in parts) <= 100 * 1024
    assert sum(len(gzip.compress(part, 6)) for part in parts) <= 30 * 1024


@pytest.mark.django_db
def test_the_policy_allows_nothing_inline(client):
    policy = client.get("/demo/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.django_db
def test_the_frame_has_its_landmarks(client):
    page = client.get("/demo/").content.decode()

    assert page.index('class="skip"') < page.index("<header>") < page.index('<main id="main"')
    assert page.count("<h1>") == 1
    assert "<title>演示账号 · 职评</title>" in page
    assert '<html lang="zh-Hans">' in page


@pytest.mark.django_db
def test_the_title_warns_after_a_failed_post(rf):
    from django.template.loader import render_to_string

    from zhiping.portals.demo.catalogue import SampleForm

    request = rf.get("/")
    page = render_to_string("errors/not_found.html", {"form": SampleForm({})}, request)

    assert "<title>有错误：没有这个页面 · 职评</title>" in page


def test_every_role_has_a_short_navigation_of_pages_that_exist():
    for role in set(Role) - {Role.SYSTEM}:
        lines = NAVIGATION[role]
        assert len(lines) <= MOST_ENTRIES, role
        assert all(2 <= len(label) <= 4 for label, _ in lines), role
        entries_for(None if role is Role.ANONYMOUS else _acting(role), "/")


def test_the_longest_address_is_the_current_one(monkeypatch):
    monkeypatch.setitem(
        NAVIGATION,
        Role.ANONYMOUS,
        (("演示", "demo:logins"), ("导览", "demo:tour"), ("组件", "demo:components")),
    )

    current = {
        path: [e.label for e in entries_for(None, path) if e.is_current] for path in ("/demo/tour/", "/x/")
    }

    assert current == {"/demo/tour/": ["导览"], "/x/": []}


def test_static_files_of_production_are_hashed_and_compressed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

    call_command("collectstatic", "--noinput", verbosity=0)

    names = [path.name for path in (tmp_path / "zhiping").iterdir()]
    assert any(re.fullmatch(r"zhiping\.[0-9a-f]{12}\.css\.gz", name) for name in names)
    assert (tmp_path / "staticfiles.json").is_file()


def _acting(role: Role):
    from zhiping.kernel.actor import Actor

    return Actor(role=role, name="甲", user_id=1)
