"""Time as a caller: the recycle bin is emptied, people whose archive is a year old are reminded (R-042)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from zhiping.achievements import messages
from zhiping.achievements.models import ArchiveItem, ItemVersion, Profile, ProfileVersion
from zhiping.achievements.queries import BIN_DAYS
from zhiping.jobs.queue import periodic
from zhiping.messaging.operations import tell_each

YEAR = timedelta(days=365)
BATCH = 200


@periodic("achievements.empty_bin")
def empty_bin(now: datetime) -> None:
    """Delete items that nobody but their owner has ever seen; what was once before an employer is kept, hidden."""
    was_submitted = ItemVersion.objects.filter(item=OuterRef("pk"), submitted_at__isnull=False)
    old = ArchiveItem.objects.filter(deleted_at__lte=now - timedelta(days=BIN_DAYS)).exclude(
        Exists(was_submitted)
    )
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    ArchiveItem.objects.filter(pk__in=keys).delete()


@periodic("achievements.remind")
def remind_of_maintenance(now: datetime) -> None:
    """Tell people once a year whose archive and profile nobody has touched for more than 365 days."""
    limit = now - YEAR
    touched = ItemVersion.objects.filter(item__person=OuterRef("person"), saved_at__gte=limit)
    updated = ProfileVersion.objects.filter(profile=OuterRef("pk"), saved_at__gte=limit)
    told = f"archive-{now.year}"
    stale = Profile.objects.exclude(Exists(touched)).exclude(Exists(updated))
    stale = stale.exclude(person__messages__once=told)
    people = list(stale.order_by("pk").values_list("person_id", flat=True)[:BATCH])
    tell_each(people=people, kind=messages.MAINTENANCE_DUE, context={}, now=now, once=told)
