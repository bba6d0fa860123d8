"""Where the printed manuals lie and what they are called (R-033)."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

OWN_TITLES = {"applicant": "个人用户操作手册", "employer": "用人单位操作手册"}  # as the notices call them
INDEX = "index"


def printed_title(slug: str) -> str:
    """What the manual is called as a document."""
    return OWN_TITLES.get(slug) or source_of(slug).partition("\n")[0].removeprefix("# ").strip()


def printed_path(slug: str) -> Path:
    """The file of this release's text; it is there once the queue has made it."""
    digest = hashlib.sha256(source_of(slug).encode()).hexdigest()[:16]
    return Path(settings.DATA_DIR) / "manuals" / f"{slug}-{digest}.pdf"


def slugs() -> list[str]:
    return sorted(path.stem for path in Path(settings.MANUAL).glob("*.md") if path.stem != INDEX)


@cache
def source_of(slug: str) -> str:
    """The Markdown, read once per process: manuals change only with the release."""
    return (Path(settings.MANUAL) / f"{slug}.md").read_text(encoding="utf-8")
