"""Files, archive items and profiles in a given state, written straight to the tables."""

import hashlib
import io
from datetime import timedelta
from itertools import count

from PIL import Image

from tests.factories.people import LONG_AGO, make_organisation, make_person
from zhiping.achievements.models import ArchiveItem, ItemVersion, Profile, ProfileVersion
from zhiping.achievements.states import VersionState
from zhiping.files.models import StoredFile
from zhiping.files.states import MediaType
from zhiping.identity.models import Person
from zhiping.organisations.models import Organisation

_serial = count(1)


def pdf_bytes(text: str = "证明", pages: int = 1) -> bytes:
    """A small valid PDF, different for each text."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": text})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png_bytes(size: tuple[int, int] = (40, 60), colour: str = "white") -> bytes:
    """A PNG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def jpeg_bytes(size: tuple[int, int] = (300, 400), colour: str = "white", pad_to: int = 0) -> bytes:
    """A JPEG of one colour, made at least `pad_to` bytes long by saying its first table again and again."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    content = out.getvalue()
    start = content.index(b"\xff\xdb")
    table = content[start : start + 69]
    return content[:start] + table * (pad_to // len(table) + 1) + content[start + 69 :]


def make_file(owner: Person, *, name: str = "证明.pdf", content: bytes = b"", **fields) -> StoredFile:
    """A registered upload without bytes on disk."""
    digest = hashlib.sha256(content or f"file {next(_serial)}".encode()).hexdigest()
    values = {"media_type": MediaType.PDF, "size": 1000, "pages": 1, "uploaded_at": LONG_AGO, **fields}
    return StoredFile.objects.create(owner=owner, sha256=digest, name=name, **values)


def make_profile(
    person: Person | None = None,
    employer: Organisation | None = None,
    *,
    state: str = VersionState.APPROVED,
    data: dict | None = None,
) -> Profile:
    """A profile with one version in `state`; the employer is confirmed if it is approved."""
    person = person or make_person()
    employer = employer or make_organisation()
    declared = employer if state != VersionState.DRAFT else None
    profile = Profile.objects.create(
        person=person, employer=declared, is_confirmed=state == VersionState.APPROVED
    )
    _version(ProfileVersion, state, profile=profile, employer=employer, data=data or {})
    return profile


def make_item(
    person: Person,
    category: str = "papers",
    *,
    data: dict | None = None,
    label: str = "",
    state: str = VersionState.APPROVED,
    employer: Organisation | None = None,
    files: tuple[StoredFile, ...] = (),
) -> ItemVersion:
    """An item of the archive with one version in `state`."""
    item = ArchiveItem.objects.create(person=person, category=category, created_at=LONG_AGO)
    if employer is None and state != VersionState.DRAFT:
        employer = person.profile.employer
    version = _version(
        ItemVersion, state, item=item, employer=employer, data=data or {}, label=label or f"业绩 {item.pk}"
    )
    for file in files:
        version.evidence_links.create(file=file, part="proof")
    return version


def _version(model, state: str, **fields):
    submitted = LONG_AGO + timedelta(days=1) if state != VersionState.DRAFT else None
    decided = (
        LONG_AGO + timedelta(days=2) if state not in {VersionState.DRAFT, VersionState.SUBMITTED} else None
    )
    values = {"number": 1, "state": state, "saved_at": LONG_AGO}
    return model.objects.create(**values, submitted_at=submitted, decided_at=decided, **fields)
