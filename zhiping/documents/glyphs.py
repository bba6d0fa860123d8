"""Which characters the shipped fonts can print, and a typed text made ready for printing."""

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn

from zhiping.kernel.errors import Refused

RARE_FONT_DIRECTORY = Path(__file__).parent / "fonts"
FONT_FILES = (
    Path(pylopdf_fonts_zh_cn.serif_path()),
    Path(pylopdf_fonts_zh_cn.sans_path()),
    RARE_FONT_DIRECTORY / "ZhipingRareHan-Regular.otf",
)
FONT_DIRECTORIES = (FONT_FILES[0].parent, RARE_FONT_DIRECTORY)
LAYOUT_CHARACTERS = frozenset("\n\r\t")  # they move the pen and print nothing
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, direction marks, joiners, broken halves


class UnprintableError(Refused):
    """Characters that no shipped font has; ``characters`` names them."""

    def __init__(self, characters: str, *, field: str | None = None) -> None:
        self.characters = characters
        codes = "、".join(f"{character}（U+{ord(character):04X}）" for character in characters)
        super().__init__(
            f"以下字符无法打印：{codes}。请核对后改用可打印的字符，或联系平台补充字库。", field=field
        )


def require_printable(text: str, *, field: str | None = None) -> None:
    """Refuse a text that could not be printed later; ask at entry, where the person can still mend it."""
    if missing := missing_glyphs(text):
        raise UnprintableError(missing, field=field)


def printable_text(text: str, *, field: str | None = None) -> str:
    """What a person typed, as it will be printed: freed of what nobody sees, or refused.

    Every free text that can reach a form passes here when it is entered: in each form of the pages, and in the
    operations whose pages have no form.

    >>> printable_text("\\u202e 同意\\x07\\r\\n推荐𠮷 ")
    '同意\\n推荐𠮷'
    """
    words = without_unseen(text).strip()
    require_printable(words, field=field)
    return words


def without_unseen(text: str) -> str:
    """The text with one kind of line end and without marks that show nothing; everything else as typed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in lines if mark in LAYOUT_CHARACTERS or not is_unseen(mark))


def is_unseen(mark: str) -> bool:
    is_selector = "\ufe00" <= mark <= "\ufe0f" or "\U000e0100" <= mark <= "\U000e01ef"
    return is_selector or unicodedata.category(mark) in UNSEEN


def missing_glyphs(text: str) -> str:
    """Say which characters of the text no shipped font can print, each once, in order of appearance.

    >>> missing_glyphs("申报人𠮷㛃")
    ''
    """
    return "".join(character for character in dict.fromkeys(text) if not is_printable(character))


def is_printable(character: str) -> bool:
    if character in LAYOUT_CHARACTERS:
        return True
    starts, ends = covered_ranges()
    position = bisect_right(starts, ord(character)) - 1
    return position >= 0 and ord(character) <= ends[position]


@cache
def covered_ranges() -> tuple[list[int], list[int]]:
    """Return first and last code points of the ranges that at least one font covers, in order."""
    merged: list[list[int]] = []
    for start, end in sorted(group for path in FONT_FILES for group in character_groups(path)):
        if merged and start <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return [start for start, _ in merged], [end for _, end in merged]


def character_groups(path: Path) -> list[tuple[int, int]]:
    """Read the code point ranges of a font from its own character map (OpenType cmap, format 12)."""
    with path.open("rb") as file:
        header = file.read(12)
        records = [struct.unpack(">4sLLL", file.read(16)) for _ in range(struct.unpack(">H", header[4:6])[0])]
        offset, length = next((record[2], record[3]) for record in records if record[0] == b"cmap")
        file.seek(offset)
        table = file.read(length)
    for index in range(struct.unpack(">H", table[2:4])[0]):
        (subtable,) = struct.unpack(">L", table[8 + 8 * index : 12 + 8 * index])
        if struct.unpack(">H", table[subtable : subtable + 2])[0] == 12:
            (count,) = struct.unpack(">L", table[subtable + 12 : subtable + 16])
            groups = struct.iter_unpack(">LLL", table[subtable + 16 : subtable + 16 + 12 * count])
            return [(start, end) for start, end, _ in groups]
    raise ValueError(f"{path.name} has no full Unicode character map")
