"""Submissions are looked at after they came in, never while somebody waits."""

from datetime import datetime

from django.db.models import Max

from zhiping.applications.models import Snapshot
from zhiping.jobs.queue import enqueue, periodic, task
from zhiping.kernel import clock
from zhiping.leads.models import Examination
from zhiping.leads.operations import examine_submission

AT_ONCE = 200
LOOK_BACK = 1000  # keys below the last one seen that may have been committed later


@task("leads.examine")
def examine(snapshot_id: int) -> None:
    """Examine one submission."""
    snapshot = Snapshot.objects.select_related("application").get(pk=snapshot_id)
    examine_submission(snapshot=snapshot, now=clock.now())


@periodic("leads.look")
def look(now: datetime) -> None:
    """Queue submissions that nobody has looked at yet; reads the end of the table only."""
    last = Examination.objects.aggregate(last=Max("pk"))["last"] or 0
    fresh = Snapshot.objects.filter(pk__gt=last - LOOK_BACK, examination=None).order_by("pk")
    for key in fresh.values_list("pk", flat=True)[:AT_ONCE]:
        enqueue("leads.examine", key=f"leads-{key}", snapshot_id=key)
