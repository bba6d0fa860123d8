"""What an uploaded file really is: decided from its bytes, never from its name or what the browser says.

Every refusal is a Chinese sentence that says what is wrong and what to do (issue: bad input, R-100, R-055).
"""

import threading
import warnings
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from PIL import Image

from zhiping.files.confined import confined_pages
from zhiping.files.pdf import is_simple, pdf_pages
from zhiping.files.picture import plain_picture
from zhiping.files.states import MediaType
from zhiping.kernel.errors import Refused

Image.MAX_IMAGE_PIXELS = 25_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)  # between 1x and 2x Pillow would only warn
_decoding = threading.BoundedSemaphore(2)  # at most two files are taken apart at once: bounds the memory

MAGIC = {b"%PDF-": MediaType.PDF, b"\xff\xd8\xff": MediaType.JPEG, b"\x89PNG\r\n\x1a\n": MediaType.PNG}
SIMPLE_FILE = 20 * 1024 * 1024  # bytes; what is not simple, or larger, is read elsewhere
MP4_BOX = b"ftyp"  # the first box of a film, after its length
SUFFIXES = {
    MediaType.PDF: {".pdf"},
    MediaType.JPEG: {".jpg", ".jpeg"},
    MediaType.PNG: {".png"},
    MediaType.MP4: {".mp4", ".m4v"},
}
OTHERS = {
    b"PK\x03\x04": "Word、Excel 文档或压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Word 或 Excel 文档",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"GIF8": "GIF 图片",
    b"RIFF": "WebP 图片或视频",
    b"BM": "BMP 图片",
    b"II*\x00": "TIFF 图片",
    b"MM\x00*": "TIFF 图片",
    b"MZ": "程序",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken; a plan may be stricter."""

    max_bytes: int = 20 * 1024 * 1024
    max_pages: int = 300
    max_pixels: int = 25_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What the file is."""

    media_type: MediaType
    pages: int | None = None
    width: int | None = None
    height: int | None = None


def inspect(path: Path, *, name: str, kinds: frozenset[MediaType], limits: Limits) -> Finding:
    """Look into the file at `path`, called `name` by the person; refuse what is not whole, plain and of `kinds`."""
    with path.open("rb") as file:
        head = file.read(16)
    media_type = _real_type(head, name=name, kinds=kinds)
    if media_type is MediaType.MP4:
        return Finding(media_type)  # shown by the browser's player, never taken apart here
    with _decoding:
        if media_type is MediaType.PDF:
            return Finding(media_type, pages=_pages(path, name=name, max_pages=limits.max_pages))
        width, height = _pixels(path, name=name, media_type=media_type, limits=limits)
        return Finding(media_type, width=width, height=height)


def _pages(path: Path, *, name: str, max_pages: int) -> int:
    """Scans and printed pages are read here, at once; whatever could keep a reader busy, in a process of its own."""
    if path.stat().st_size <= SIMPLE_FILE and is_simple(path.read_bytes()):
        return pdf_pages(path, name=name, max_pages=max_pages)
    return confined_pages(path, name=name, max_pages=max_pages)


def strip_picture(path: Path, finding: Finding, *, name: str) -> Finding:
    """Rewrite an inspected picture without its metadata and upright; gives what it measures now."""
    if finding.media_type is MediaType.PDF:
        return finding
    content = path.read_bytes()
    try:
        with _decoding:
            plain = plain_picture(content, finding.media_type)
    except Exception:  # a hostile image may raise anything
        raise _unreadable(name) from None
    if plain == content:
        return finding
    path.write_bytes(plain)
    with Image.open(path, formats=(finding.media_type.label,)) as image:
        return replace(finding, width=image.width, height=image.height)


def words_of(kinds: frozenset[MediaType]) -> str:
    """PDF、JPEG、PNG, in the order of declaration."""
    return "、".join(kind.label for kind in MediaType if kind in kinds)


def _real_type(head: bytes, *, name: str, kinds: frozenset[MediaType]) -> MediaType:
    if not head:
        raise Refused(f"“{name}”是空文件（0 字节），请检查原件后重新选择。")
    found = next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), None)
    if head[4:8] == MP4_BOX:
        found = MediaType.MP4
    if found is None:
        other = next((words for magic, words in OTHERS.items() if head.startswith(magic)), "")
        what = f"是{other}" if other else "的内容不是平台能识别的格式"
        raise Refused(
            f"“{name}”{what}，这里只收 {words_of(kinds)} 文件。请打开原件，另存（或扫描）为 PDF 后再上传。"
        )
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES[found]:
        raise Refused(
            f"“{name}”的实际内容是 {found.label}，与扩展名“{suffix or '（无）'}”不一致。"
            "请不要改扩展名，用原软件另存为所需格式后再上传。"
        )
    if found not in kinds:
        raise Refused(f"“{name}”是 {found.label} 文件，这一项只收 {words_of(kinds)}。请转换格式后再上传。")
    return found


def _pixels(path: Path, *, name: str, media_type: MediaType, limits: Limits) -> tuple[int, int]:
    too_big = Refused(
        f"“{name}”的像素太大（最多 {limits.max_pixels // 10_000} 万像素）。请缩小尺寸或降低扫描分辨率后再上传。"
    )
    try:
        with Image.open(path, formats=(media_type.label,)) as image:
            width, height = image.size
            if width * height > limits.max_pixels:
                raise too_big
            image.draft("RGB", (256, 256))  # a JPEG is read to its end at an eighth of its size
            image.load()
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise too_big from None
    except Exception:  # a hostile image may raise anything
        raise _unreadable(name) from None
    return width, height


def _unreadable(name: str) -> Refused:
    return Refused(f"“{name}”打不开，图片可能不完整或已损坏。请重新扫描或拍照后再上传。")
