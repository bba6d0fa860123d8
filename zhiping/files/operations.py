"""Taking in an upload."""

import hashlib
import os
import re
import tempfile
import unicodedata
from dataclasses import asdict
from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from zhiping.documents.glyphs import LAYOUT_CHARACTERS, is_printable
from zhiping.files.access import can_store
from zhiping.files.inspection import Limits, inspect
from zhiping.files.models import StoredFile
from zhiping.files.queries import path_of_hash
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

    1. ask access; 2. write to a temporary file while counting and hashing; 3. inspect by content; 4. bytes to disk
    under their hash (fsync, rename, fsync of the folder); 5. the row.
    """
    if not can_store(actor, owner):
        raise Forbidden("file.store")
    name = plain_name(upload.name or "")
    incoming = Path(settings.MEDIA_ROOT) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as out:
            sha256, size = _write(upload, out, name=name, max_bytes=limits.max_bytes)
        finding = inspect(Path(part), name=name, kinds=kinds, limits=limits)
        _keep(Path(part), path_of_hash(sha256))
    finally:
        Path(part).unlink(missing_ok=True)
    stored, _ = StoredFile.objects.get_or_create(
        owner=owner,
        sha256=sha256,
        defaults={
            "size": size,
            "name": name,
            **asdict(finding),
            "uploaded_at": now,
        },
    )
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


def _write(upload: File, out, *, name: str, max_bytes: int) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    for chunk in upload.chunks(CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise Refused(
                f"“{name}”超过 {max_bytes / 1024 / 1024:g} MB。请降低扫描分辨率（200 至 300 dpi 即可）或分成几个文件上传。"
            )
        digest.update(chunk)
        out.write(chunk)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size


def _keep(part: Path, target: Path) -> None:
    """Move the bytes to their place; equal bytes that are there already are the same bytes."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
