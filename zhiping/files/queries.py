"""Where bytes lie and whose files they are. Pages decide the scope of files that belong to something."""

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from zhiping.files.models import StoredFile
from zhiping.kernel.actor import Actor


def visible_to(actor: Actor) -> QuerySet[StoredFile]:
    """A person's own uploads. Others see a file only through the thing it proves, by that thing's scope."""
    if actor.person_id is None or actor.is_staff:
        return StoredFile.objects.none()
    return StoredFile.objects.filter(owner_id=actor.person_id)


def path_of(stored: StoredFile) -> Path:
    """The bytes of a file; made from the hash alone."""
    return path_of_hash(stored.sha256)


def incoming_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "incoming"


def path_of_hash(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256
