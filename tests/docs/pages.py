"""The documents of the repository and what can be read from them by machine."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MANUALS = sorted((ROOT / "docs" / "manual").glob("*.md"))
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.M | re.S)
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)(?!`)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose_of(path: Path) -> str:
    """The text without fenced blocks."""
    return FENCE.sub("", text_of(path))


def commands() -> Iterator[tuple[str, str]]:
    """Every line of a fenced `sh` block, without its comment, with the document it stands in."""
    for path in DOCS:
        for _, language, block in FENCE.findall(text_of(path)):
            if language == "sh":
                for line in block.splitlines():
                    if command := line.split("  #")[0].split(" # ")[0].strip():
                        yield name_of(path), command


def links() -> Iterator[tuple[str, str]]:
    """Every link target with the document it stands in."""
    for path in DOCS:
        for target in LINK.findall(prose_of(path)):
            yield name_of(path), target
