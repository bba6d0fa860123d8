"""The marks that a submission leaves, and how alike two of them are. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from zhiping.leads.states import LeadKind

BANDS, BAND_BITS = 4, 16
ALIKE = BANDS - 1  # this many differing bits of 64 still leave one band equal
PLAIN = 6  # fewer changes of brightness than this: a blank page, alike to every other


@dataclass(frozen=True, slots=True)
class Mark:
    """`value` is what is looked up; `label` says where it stands in the application; `print_` a picture's 64 bits."""

    kind: str
    value: str
    label: str
    print_: str = ""


def marks_of(content: Mapping[str, Any]) -> Iterator[Mark]:
    """Marks of a frozen submission, pictures apart (they need the bytes)."""
    for item in content.get("items", ()):
        label = f"{item['category_label']}：{item['label']}"[:200]
        for each in item.get("evidence", ()):
            yield Mark(LeadKind.FILE, each["sha256"], label)
        yield from _of_item(item["category"], item["data"], label)
    for slot, files in (content.get("attachments") or {}).items():
        name = (content.get("slot_names") or {}).get(slot, slot)
        for each in files:
            yield Mark(LeadKind.FILE, each["sha256"], str(name)[:200])


def _of_item(category: str, data: Mapping[str, Any], label: str) -> Iterator[Mark]:
    if category == "patents" and (number := plain(str(data.get("number") or ""))):
        yield Mark(LeadKind.PATENT, f"{number}#{data.get('rank') or 1}", label)
    if category == "papers" and data.get("author_role") == "first" and len(plain(data["title"])) >= 4:
        yield Mark(LeadKind.PAPER, f"{plain(data['title'])}#{data.get('published_on', '')[:4]}"[:200], label)


def plain(text: str) -> str:
    """Letters and digits alone, in one width and case: what differs only in spelling is the same.

    >>> plain("ZL 2019-1 0123456.７")
    'zl2019101234567'
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def fingerprint(path: Path) -> int | None:
    """64 bits of a picture: whether each of 8 × 8 spots is brighter than its right neighbour; None for blank ones."""
    with Image.open(path) as picture:
        small = picture.convert("L").resize((9, 8), Image.Resampling.BILINEAR)
    spots = list(small.tobytes())
    if max(spots) - min(spots) < PLAIN:
        return None
    bits = 0
    for row in range(8):
        for column in range(8):
            left, right = spots[row * 9 + column], spots[row * 9 + column + 1]
            bits = bits << 1 | (left > right)
    return bits


def picture_marks(bits: int, label: str) -> list[Mark]:
    """One mark a band: pictures that differ in at most three bits share one of the four."""
    whole = f"{bits:016x}"
    return [
        Mark(LeadKind.IMAGE, f"{band}:{bits >> band * BAND_BITS & 0xFFFF:04x}", label, whole)
        for band in range(BANDS)
    ]


def differs(one: str, other: str) -> int:
    """In how many bits two fingerprints differ.

    >>> differs("000000000000000f", "0000000000000000")
    4
    """
    return (int(one, 16) ^ int(other, 16)).bit_count()
