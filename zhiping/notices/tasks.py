"""Time and paper: publicities that are over, and the sheets that are hung up."""

from datetime import datetime

from django.core.files.base import ContentFile

from zhiping.jobs.queue import periodic, task
from zhiping.kernel import clock
from zhiping.kernel.actor import SYSTEM
from zhiping.notices.models import Publicity
from zhiping.notices.operations import close_publicity
from zhiping.notices.states import PublicityState


@periodic("notices.close_due")
def close_due(now: datetime) -> None:
    """End every publicity whose last day is over."""
    due = Publicity.objects.filter(state=PublicityState.OPEN, ends_on__lt=clock.beijing_day(now))
    for publicity in due.order_by("pk"):
        close_publicity(publicity=publicity, actor=SYSTEM, now=now)


@task("notices.print_sheets")
def print_sheets(*, publicity_id: int) -> None:
    """Make the 公示表 as PDF and Excel (R-278, R-315); made again with the same content if the job repeats."""
    from zhiping.notices import sheet  # late: only the worker needs the printer

    publicity = Publicity.objects.select_related("organisation").get(pk=publicity_id)
    if publicity.sheet_pdf and publicity.sheet_xlsx:
        return
    entries = list(publicity.entries.all())
    publicity.sheet_pdf.save(
        f"{publicity.code}.pdf", ContentFile(sheet.as_pdf(publicity, entries)), save=False
    )
    publicity.sheet_xlsx.save(f"{publicity.code}.xlsx", ContentFile(sheet.as_excel(entries)), save=False)
    publicity.save(update_fields=["sheet_pdf", "sheet_xlsx"])
