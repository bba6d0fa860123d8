"""Prints a form: a data class and its Typst template become a PDF/A-2b file, always the same bytes."""

import base64
import dataclasses
import io
import json
import threading
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from zhiping.documents.glyphs import FONT_DIRECTORIES, require_printable
from zhiping.documents.qr import Qr, qr_svg
from zhiping.kernel.clock import BEIJING

if TYPE_CHECKING:  # loaded when first needed: 7 MB less for a process that never prints
    import typst

TEMPLATES = Path(__file__).parent / "templates"
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


class _Local(threading.local):
    compiler: "typst.Compiler | None" = None


_local = _Local()


def render(template: str, data: Any, *, created: datetime) -> bytes:
    """Print the data (a data class or mapping of the template's fields) as a PDF/A-2b file.

    ``created`` is the only time in the file: the same template, data and time give the same bytes.
    """
    if created.tzinfo is None:
        raise ValueError("created needs a time zone")
    printable = as_printable(data)
    require_printable("".join(strings_of(printable)))
    moment = created.astimezone(BEIJING)
    inputs = {
        "data": json.dumps(printable, ensure_ascii=False),
        "created": json.dumps([moment.year, moment.month, moment.day]),
    }
    pdf = compiler().compile(
        str(TEMPLATES / f"{template}.typ"),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-2b"],
        timestamp=int(created.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template} did not become one file")
    return pdf


def compiler() -> "typst.Compiler":
    """Return this thread's own compiler, because a compilation sets the inputs of the one it uses."""
    import typst

    if _local.compiler is None:
        _local.compiler = typst.Compiler(root=str(TEMPLATES), font_paths=shipped_fonts())
    return _local.compiler


@cache
def shipped_fonts() -> "typst.Fonts":
    """Return the fonts of the product and no others, so that every machine prints the same."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(directory) for directory in FONT_DIRECTORIES],
    )


def as_printable(value: Any) -> Any:  # noqa: PLR0911 - one line for each kind of value
    """Turn a value of a form into what its template receives."""
    match value:
        case Qr():
            return {"svg": qr_svg(value.text, label=value.text)}
        case bytes():
            return {"svg": image_svg(value)} if value else None
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        case datetime():
            return chinese_moment(value)
        case date():
            return chinese_date(value)
        case Decimal():
            return plain_number(value)
        case Mapping():
            return {str(key): as_printable(item) for key, item in value.items()}
        case list() | tuple():
            return [as_printable(item) for item in value]
        case None | bool() | int():
            return value
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {field.name: as_printable(getattr(value, field.name)) for field in fields}
    raise TypeError(f"{type(value).__name__} cannot be printed")


def strings_of(printable: Any) -> Iterator[str]:
    """Yield every text that the template may print; drawn pictures are not text."""
    if isinstance(printable, str):
        yield printable
    elif isinstance(printable, dict) and "svg" not in printable:
        for item in printable.values():
            yield from strings_of(item)
    elif isinstance(printable, list):
        for item in printable:
            yield from strings_of(item)


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a printed moment needs a time zone")
    local = moment.astimezone(BEIJING)
    return f"{chinese_date(local)} {local:%H:%M}"


def plain_number(value: Decimal) -> str:
    """Print a number without trailing zeros and without exponent.

    >>> plain_number(Decimal("70.50")), plain_number(Decimal("100"))
    ('70.5', '100')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def image_svg(picture: bytes) -> str:
    """Wrap a JPEG or PNG file in SVG, because a template receives text only."""
    with Image.open(io.BytesIO(picture), formats=tuple(IMAGE_TYPES)) as image:
        kind, (width, height) = IMAGE_TYPES[str(image.format)], image.size
    content = base64.b64encode(picture).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" xlink:href="data:{kind};base64,{content}"/></svg>'
    )
