"""Files that no row names: what an upload or a print left behind when its transaction was undone.

Bytes are written before the row commits, so that a row never names a file that is not there. The price is a file
without a row after a rollback; it is taken away once it is too old to belong to a transaction that still runs.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import FileField

from zhiping.files.models import StoredFile
from zhiping.files.queries import path_of_hash

SAFE_AGE = timedelta(days=1)
AT_ONCE = 500


def sweep_orphans(moment: float) -> int:
    """Take away every file that no row names and that is older than a day; gives how many."""
    before = moment - SAFE_AGE.total_seconds()
    gone, waiting = 0, []
    for path in _older_than(before):
        waiting.append(path)
        if len(waiting) == AT_ONCE:
            gone += _sweep(waiting, before)
            waiting = []
    return gone + _sweep(waiting, before)


def _older_than(before: float) -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_mtime < before:
            yield path


def _sweep(paths: list[Path], before: float) -> int:
    """Ask for the rows, then look at the age once more: an equal upload meanwhile has made the file new."""
    named, gone = _named(paths), 0
    for path in paths:
        if path not in named and path.exists() and path.stat().st_mtime < before:
            path.unlink()
            gone += 1
    return gone


def _named(paths: list[Path]) -> set[Path]:
    """Those of the paths that a row names, as a hash or in a field of whatever room."""
    hashes = StoredFile.objects.filter(sha256__in=[path.name for path in paths])
    found = {path_of_hash(sha256) for sha256 in hashes.values_list("sha256", flat=True)}
    root = Path(settings.MEDIA_ROOT)
    names = [path.relative_to(root).as_posix() for path in paths]
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                rows = model._base_manager.filter(**{f"{field.name}__in": names})
                found |= {root / name for name in rows.values_list(field.name, flat=True)}
    return found
