"""A picture without what a camera writes beside it: no place, no time, no device, no second picture.

What is kept of JPEG and PNG is copied byte by byte, so a picture that has nothing beside it stays the file it was.
Only a picture that lies on its side is drawn anew, because its turn was written in what is left out.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, ImageOps

from zhiping.files.states import MediaType

ORIENTATION, UPRIGHT = 0x0112, 1
QUALITY = 95
START, END, SCAN = 0xD8, 0xD9, 0xDA
KEPT_BESIDE = {
    0xE0: b"JFIF\0",
    0xE2: b"ICC_PROFILE\0",
    0xEE: b"Adobe",
}  # size, colours; every other APPn goes
COMMENT = 0xFE
PNG_START = b"\x89PNG\r\n\x1a\n"
KEPT_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs"}
)
_AFTER_SCAN = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")  # neither a stuffed byte nor a restart mark


def plain_picture(content: bytes, media_type: MediaType) -> bytes:
    """The picture upright and without metadata; ValueError if its structure is broken."""
    with Image.open(io.BytesIO(content), formats=(media_type.label,)) as image:
        if image.getexif().get(ORIENTATION, UPRIGHT) in range(2, 9):
            content = _upright(image, media_type)
    try:
        return b"".join(_jpeg_parts(content) if media_type is MediaType.JPEG else _png_parts(content))
    except (IndexError, struct.error):
        raise ValueError("the picture ends too early") from None


def _upright(image: Image.Image, media_type: MediaType) -> bytes:
    out = io.BytesIO()
    turned = ImageOps.exif_transpose(image)
    turned.save(out, media_type.label, quality=QUALITY, icc_profile=image.info.get("icc_profile"))
    return out.getvalue()


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    """Marker by marker: what the pixels need is kept, up to the first end of image."""
    yield content[:2]
    at = 2
    while True:
        mark, at = _marker(content, at)
        if mark == END:
            yield bytes((0xFF, END))
            return
        (length,) = struct.unpack_from(">H", content, at)
        body = content[at : at + length]
        if length < 2 or len(body) < length:
            raise ValueError("a segment is cut off")
        at += length
        if _is_kept(mark, body[2:]):
            yield bytes((0xFF, mark)) + body
        if mark == SCAN:
            hit = _AFTER_SCAN.search(content, at)
            stop = hit.start() if hit else len(content)
            yield content[at:stop]
            if hit is None:
                raise ValueError("no end of image")
            at = stop


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The marker at `at`, past fill bytes, and the place after it."""
    if content[at] != 0xFF:
        raise ValueError("no marker")
    while content[at] == 0xFF:
        at += 1
    return content[at], at + 1


def _is_kept(mark: int, body: bytes) -> bool:
    if 0xE0 <= mark <= 0xEF:
        return mark in KEPT_BESIDE and body.startswith(KEPT_BESIDE[mark])
    return mark != COMMENT


def _png_parts(content: bytes) -> Iterator[bytes]:
    """Chunk by chunk: what the pixels need is kept, up to the end chunk."""
    yield content[: len(PNG_START)]
    at = len(PNG_START)
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + length + 12]
        if len(chunk) < length + 12 or struct.pack(">I", zlib.crc32(chunk[4:-4])) != chunk[-4:]:
            raise ValueError("a chunk is broken")
        at += len(chunk)
        if kind in KEPT_CHUNKS:
            yield chunk
        if kind == b"IEND":
            return
