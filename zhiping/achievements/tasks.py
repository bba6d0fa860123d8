"""Time as a caller: the bin is emptied, people are reminded (R-042), registers are asked and asked again (R-043)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from zhiping.achievements import messages
from zhiping.achievements.models import ArchiveItem, Fetch, ItemVersion, Profile, ProfileVersion
from zhiping.achievements.operations import note_answer
from zhiping.achievements.queries import BIN_DAYS, fetches_to_repeat
from zhiping.achievements.sources import read_rows, sources
from zhiping.achievements.states import Outcome
from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.records import Found, record_gateway
from zhiping.jobs.queue import enqueue, periodic, task
from zhiping.kernel import clock
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


@task("achievements.fetch")
def fetch(fetch_id: int) -> None:
    """Ask one register about one person; what went wrong is noted, told on the page, and asked again later."""
    asked = Fetch.objects.select_related("person").get(pk=fetch_id)
    gateway, now = record_gateway(asked.source), clock.now()
    try:
        if gateway is None:
            raise Unreachable("not connected any more")
        found = gateway.look_up(name=asked.person.name, number=asked.person.document_number)
    except Unreachable:
        note_answer(fetch=asked, outcome=Outcome.UNREACHABLE, now=now)
    except Wrong:
        note_answer(fetch=asked, outcome=Outcome.WRONG, now=now)
    else:
        _note(asked, found, now)


@periodic("achievements.fetch_again")
def fetch_again(now: datetime) -> None:
    """Queue the questions that are due again; each waits longer than the last."""
    for each in fetches_to_repeat(now)[:BATCH]:
        if Fetch.objects.filter(pk=each.pk, again_at=each.again_at).update(again_at=None):
            enqueue("achievements.fetch", fetch_id=each.pk)


def _note(asked: Fetch, found: Found, now: datetime) -> None:
    rows, unread = read_rows(sources()[asked.source], found.rows, today=clock.beijing_day(now))
    if not found.name_agrees:
        outcome = Outcome.NAME_DIFFERS
    elif found.rows and not rows:
        outcome = Outcome.WRONG
    elif found.missing or unread:
        outcome = Outcome.PARTIAL
    else:
        outcome = Outcome.FOUND if rows else Outcome.NOTHING
    note_answer(fetch=asked, outcome=outcome, rows=rows, missing=found.missing, unread=unread, now=now)
