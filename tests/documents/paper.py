"""Reads a printed page the way a person or a scanner does."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import typst
import zxingcpp
from PIL import Image, ImageChops

from zhiping.documents.printing import TEMPLATES, shipped_fonts


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page without white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return ["".join(_text(page).split()) for page in document]


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]


def pictures(pdf: bytes, *, dpi: int) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")


def codes(pdf: bytes, *, dpi: int) -> list[str]:
    """The texts of all QR codes that a camera finds on the rendered pages."""
    found = (zxingcpp.read_barcodes(picture) for picture in pictures(pdf, dpi=dpi))
    return [code.text for page in found for code in page]


def drawn_line(text: str, directory: Path) -> Image.Image:
    """A picture of the text in the fonts of the forms; unlike a form it may show the box of a missing glyph."""
    source = directory / "line.typ"
    paper = (TEMPLATES / "paper.typ").read_text(encoding="utf-8")
    fonts = next(line for line in paper.splitlines() if line.startswith("#let song"))
    source.write_text(
        f'{fonts}\n#set text(font: song, fallback: false, size: 60pt)\n#set page(width: auto)\n#"{text}"',
        encoding="utf-8",
    )
    pdf = typst.compile(str(source), format="pdf", font_paths=shipped_fonts(), ignore_system_fonts=True)
    return next(pictures(pdf, dpi=150))


def same_ink(one: Image.Image, other: Image.Image) -> bool:
    """Whether two glyph pictures show the same shape, wherever it stands in the picture."""
    shapes = []
    for picture in (one, other):
        ink = picture.convert("L").point(lambda value: 255 if value < 160 else 0)
        shapes.append(ink.crop(ink.getbbox()))
    if shapes[0].size != shapes[1].size:
        return False
    return ImageChops.difference(*shapes).getbbox() is None


def _text(page) -> str:
    textpage = page.get_textpage()
    try:
        return textpage.get_text_bounded()
    finally:
        textpage.close()
