"""Taking in an upload."""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path, PurePath

from django.core.files.base import File
from django.db import transaction

from zhiping.documents.glyphs import LAYOUT_CHARACTERS, is_printable
from zhiping.files.access import can_store
from zhiping.files.inspection import Limits, inspect, strip_picture
from zhiping.files.models import StoredFile
from zhiping.files.queries import incoming_folder, path_of_hash
from zhiping.files.states import MediaType
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused

CHUNK = 256 * 1024
DEFAULT_LIMITS = Limits()


@transaction.atomic
def store_file(
    *,
    upload: File,
    owner: Person,
    kinds: frozenset[MediaType],
    actor: Actor,
    now: datetime,
    limits: Limits = DEFAULT_LIMITS,
) -> StoredFile:
    """Keep an upload, or refuse it and leave nothing behind; the same content again gives the same row.

    1. ask access; 2. write to a temporary file while counting; 3. inspect by content; 4. take out of a picture what its
    camera wrote beside it; 5. bytes to disk under their hash (fsync, rename, fsync of the folder); 6. the row.
    """
    if not can_store(actor, owner):
        raise Forbidden("file.store")
    name = plain_name(upload.name or "")
    with _incoming() as part:
        _write(upload, part, name=name, max_bytes=limits.max_bytes)
        finding = inspect(part, name=name, kinds=kinds, limits=limits)
        finding = strip_picture(part, finding, name=name)
        size, sha256 = part.stat().st_size, _hash_of(part)
        _keep(part, path_of_hash(sha256))
    measured = {"size": size, "name": name, **asdict(finding), "uploaded_at": now}
    stored, _ = StoredFile.objects.get_or_create(owner=owner, sha256=sha256, defaults=measured)
    return stored


def plain_name(name: str) -> str:
    """The person's name for the file as harmless text: NFC, no path, nothing that no form could print, at most 120 marks.

    >>> plain_name("C:\\\\扫描\\\\毕业证.pdf")
    '毕业证.pdf'
    """
    text = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    text = "".join(mark for mark in text if mark not in LAYOUT_CHARACTERS and is_printable(mark))
    text = text.strip() or "未命名"
    if len(text) > 120:
        suffix = PurePath(text).suffix[:10]
        text = text[: 120 - len(suffix)] + suffix
    return text


@contextmanager
def _incoming() -> Iterator[Path]:
    """A temporary file beside the store, gone afterwards unless it was moved into it."""
    folder = incoming_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _write(upload: File, part: Path, *, name: str, max_bytes: int) -> None:
    size = 0
    with part.open("wb") as out:
        for chunk in upload.chunks(CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise Refused(
                    f"“{name}”超过 {max_bytes / 1024 / 1024:g} MB。请降低扫描分辨率（200 至 300 dpi 即可）或分成几个文件上传。"
                )
            out.write(chunk)


def _hash_of(part: Path) -> str:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep(part: Path, target: Path) -> None:
    """Move the bytes to their place; equal bytes there already are replaced, so that the sweep sees them as new."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sync(part)
    part.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
