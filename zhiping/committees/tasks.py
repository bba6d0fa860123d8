"""Background work: printing the minutes once, however often the job runs."""

import hashlib

from django.core.files.base import ContentFile

from zhiping.committees.models import Meeting
from zhiping.jobs.queue import task


@task("committees.print_minutes")
def print_minutes(*, meeting_id: int, recorder: str) -> None:
    """Print the minutes of a closed meeting and register their hash."""
    from zhiping.committees.minutes import minutes_of  # late: only the worker needs the printer
    from zhiping.documents.printing import render
    from zhiping.kernel.clock import start_of

    meeting = Meeting.objects.select_related("committee", "plan").get(pk=meeting_id)
    if meeting.minutes_hash:
        return
    sheet = minutes_of(meeting, recorder)
    pdf = render(sheet.template, sheet, created=start_of(meeting.held_on))
    meeting.minutes_pdf.save(f"minutes-{meeting.pk}.pdf", ContentFile(pdf), save=False)
    meeting.minutes_hash = hashlib.sha256(pdf).hexdigest()
    meeting.save(update_fields=["minutes_pdf", "minutes_hash"])
