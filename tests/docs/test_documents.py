"""What documents say about files, settings, addresses and words is looked up."""

import re
import subprocess

import pytest
from django.urls import Resolver404, resolve

from config.environment import Environment
from tests.docs.pages import DOCS, FENCE, MANUALS, ROOT, links, name_of, prose_of, text_of

HOWTO = ROOT / "docs" / "howto"
ADDRESS = re.compile(r"(?:\]\(|`)(/[a-z][\w/-]*/)(?=[)`])")


def test_every_relative_link_resolves():
    broken = []
    for page, target in links():
        path = target.split("#")[0]
        if not path or path.startswith(("http", "/")):
            continue
        if not ((ROOT / page).parent / path).exists():
            broken.append((page, target))
    assert broken == []


def test_the_readme_shows_three_light_pictures():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text_of(ROOT / "README.md"))

    sizes = {each: (ROOT / each).stat().st_size for each in pictures}

    assert sorted(sizes) == ["docs/images/home.png", "docs/images/meeting.png", "docs/images/score.png"]
    assert {each: size for each, size in sizes.items() if size > 150 * 1024} == {}


def test_links_to_other_sites_are_not_needed():
    """A document must be readable without a network."""
    assert [(page, target) for page, target in links() if target.startswith("http")] == []


def test_every_setting_of_the_environment_is_explained():
    page = text_of(HOWTO / "run-in-production.md")
    names = {
        str(field.validation_alias or f"ZHIPING_{name.upper()}")
        for name, field in Environment.model_fields.items()
    }

    assert {name for name in names if f"| `{name}` |" not in page} == set()
    assert set(re.findall(r"^\| `(ZHIPING_\w+)`", page, re.M)) <= names


def test_every_secret_that_production_demands_is_marked():
    demanded = re.search(r"for name in \((.*?)\)", (ROOT / "config/settings/prod.py").read_text())[1]
    page = text_of(HOWTO / "run-in-production.md")

    for name in re.findall(r'"(\w+)"', demanded):
        assert f"| `ZHIPING_{name.upper()}` | ● |" in page


def test_the_files_of_the_signing_key_are_explained():
    code = (ROOT / "zhiping/documents/signing_keys.py").read_text()
    page = text_of(HOWTO / "run-in-production.md")

    assert [
        name
        for name in ("signing.key.pem", "signing.pem", "root.pem")
        if name not in code or name not in page
    ] == []


@pytest.mark.parametrize("path", [*MANUALS, *sorted(HOWTO.glob("open*.md"))], ids=name_of)
def test_every_address_in_a_manual_leads_somewhere(path):
    lost = []
    for address in ADDRESS.findall(text_of(path)):
        try:
            resolve(address)
        except Resolver404:
            lost.append(address)
    assert lost == []


def test_every_word_of_the_glossary_occurs_in_the_code():
    tracked = subprocess.run(
        ["git", "ls-files", "zhiping", "policy_packs/_shared"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    code = "\n".join(
        (ROOT / line).read_text(encoding="utf-8") for line in tracked if line.endswith((".py", ".yaml"))
    )
    identifiers = set(re.findall(r"`([^`]+)`", text_of(ROOT / "docs" / "glossary.md")))

    unknown = {
        each for each in identifiers if not re.search(rf"(?<![A-Za-z]){re.escape(each)}(?![A-Za-z])", code)
    }

    assert len(identifiers) > 80
    assert unknown == set()


def test_the_layers_told_are_the_layers_held():
    """docs/architecture.md shows .importlinter without the rooms that have no content yet."""
    held = re.search(r"layers =\n(.*?)\n\n", (ROOT / ".importlinter").read_text(), re.S)[1].splitlines()
    built = {path.name for path in (ROOT / "zhiping").iterdir() if (path / "__init__.py").exists()} | {"demo"}
    rows = [[name.strip(" ()") for name in line.split("|")] for line in held]
    expected = [" | ".join(name for name in row if name in built) for row in rows]
    blocks = [block for _, _, block in FENCE.findall(text_of(ROOT / "docs/architecture.md"))]

    told = next(block for block in blocks if block.startswith("portals\n"))

    assert [line.split("  ")[0].strip() for line in told.splitlines()] == [row for row in expected if row]


def test_every_room_is_told():
    page = text_of(ROOT / "docs" / "architecture.md")
    rooms = {path.name for path in (ROOT / "zhiping").iterdir() if (path / "__init__.py").exists()}

    assert {room for room in rooms - {"portals", "web"} if f"| `{room}` |" not in page} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=name_of)
def test_a_decision_is_short_and_whole(path):
    text = text_of(path)

    assert text.count("\n") <= 40
    for part in ("**Context.**", "**Decision.**", "**Consequence.**"):
        assert part in text


def test_the_changelog_names_every_pack():
    page = text_of(ROOT / "CHANGELOG.md")
    folders = {path.parent.name for path in (ROOT / "policy_packs").glob("*/pack.yaml")}
    rows = {each for each in folders if each.startswith("anji-2021-") and each != "anji-2021-common"}

    assert {each for each in folders - rows if f"`{each}`" not in page} == set()
    assert len(rows) == 28
    assert "28 packs" in page


@pytest.mark.parametrize("path", MANUALS, ids=name_of)
def test_a_manual_is_written_with_chinese_marks(path):
    """Full-width punctuation after Chinese, no doubled marks, no straight quotes around Chinese."""
    wrong = []
    for number, line in enumerate(prose_of(path).splitlines(), 1):
        plain = re.sub(r"`[^`]*`|\]\([^)]*\)", "", line)
        if re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)", plain):
            wrong.append((number, line))
        if re.search(r"[，。；：、！？]{2}|\"|'", plain):
            wrong.append((number, line))
    assert wrong == []


@pytest.mark.parametrize("path", MANUALS, ids=name_of)
def test_a_manual_names_buttons_that_exist(path):
    """Every “…” after 点 stands in a template or in the code, so a renamed button shows here."""
    shown = "\n".join(
        found.read_text(encoding="utf-8")
        for folder in ("zhiping/portals", "zhiping/web", "zhiping")
        for found in (ROOT / folder).rglob("*")
        if found.suffix in {".html", ".py", ".js", ".yaml"}
    )
    quoted = re.findall(r"点“([^”]+)”", text_of(path))

    assert [label for label in quoted if label not in shown] == []


FOREIGN = re.compile(r"/(?:home|root|work|Users)/\w|\blocalhost:\d{5}|pypi|mirror", re.I)
PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-(?!0{7,8})\d{7,8})(?!\d)")


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_a_document_names_no_machine_and_no_phone(path):
    text = text_of(path)

    assert FOREIGN.findall(text) == []
    assert PHONE.findall(text) == []
