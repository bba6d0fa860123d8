"""One way to send the bytes of a file: typed by us, never sniffed, never cached by others, in ranges for viewers."""

import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse

from zhiping.files.models import StoredFile
from zhiping.files.queries import path_of
from zhiping.kernel.errors import Refused

logger = logging.getLogger(__name__)
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def file_response(
    stored: StoredFile, request: HttpRequest | None = None, *, as_attachment: bool = False
) -> HttpResponse:
    """The file, or the part of it that `request` asks for. The page has decided that its visitor may see it."""
    start, stop, etag = 0, stored.size - 1, f'"{stored.sha256}"'
    if request and request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    wanted = _RANGE.fullmatch(request.headers.get("Range", "")) if request else None
    if wanted and (wanted[1] or wanted[2]):
        start, stop = _span(wanted, stored.size)
        if start > stop:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    source = _opened(path_of(stored).open, str(stored.sha256))
    response = FileResponse(_Part(source, start, stop - start + 1), content_type=stored.media_type)
    response["Content-Length"] = stop - start + 1
    response["Accept-Ranges"] = "bytes"
    if wanted and (wanted[1] or wanted[2]):
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{stop}/{stored.size}"
    response["ETag"] = etag
    return _dressed(response, stored.name, as_attachment)


def made_file(
    file: FieldFile, *, name: str, media_type: str = "application/pdf", as_attachment: bool = False
) -> HttpResponse:
    """A file that the platform made (certificate, form, minutes, receipt, list), under a name of ours."""
    response = FileResponse(_opened(file.open, file.name or name), content_type=media_type)
    return _dressed(response, name, as_attachment)


def printed_file(path: Path, *, name: str) -> HttpResponse:
    """A PDF of the release itself (a manual), to download."""
    response = FileResponse(_opened(path.open, str(path)), content_type="application/pdf")
    return _dressed(response, name, as_attachment=True)


def _opened(opener: Callable[[str], BinaryIO], what: str) -> BinaryIO:
    """The bytes; if the disk has lost them, a sentence for the reader and a line for the operator."""
    try:
        return opener("rb")
    except FileNotFoundError as error:
        logger.error("stored file %s is missing on the disk", what)
        raise Refused(
            "这个文件暂时取不到，平台已记录这个问题。请稍后再试；仍然取不到的，请联系平台的系统管理员。"
        ) from error


def _dressed(response: FileResponse, name: str, as_attachment: bool) -> FileResponse:
    kind = "attachment" if as_attachment else "inline"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["Content-Encoding"] = "identity"  # keeps GZipMiddleware from breaking lengths and ranges
    return response


def _span(wanted: re.Match[str], size: int) -> tuple[int, int]:
    if not wanted[1]:  # the last n bytes
        return max(size - int(wanted[2]), 0), size - 1
    return int(wanted[1]), min(int(wanted[2]), size - 1) if wanted[2] else size - 1


class _Part:
    """A readable window of a file, so that a range is streamed like a whole."""

    def __init__(self, source, start: int, length: int) -> None:
        source.seek(start)
        self.source, self.left = source, length

    def read(self, count: int = -1) -> bytes:
        take = self.left if count < 0 else min(count, self.left)
        piece = self.source.read(take)
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.source.close()
