"""Time and paper: deadlines that have passed, and the receipt."""

from datetime import datetime

from django.core.files.base import ContentFile

from zhiping.applications import messages
from zhiping.applications.models import Application, Snapshot, Step
from zhiping.applications.operations.chain import lapse_application, told_until
from zhiping.applications.states import HOLDING, ApplicationState
from zhiping.jobs.queue import periodic, task
from zhiping.kernel.actor import SYSTEM
from zhiping.messaging.operations import tell_each
from zhiping.notices.queries import staff_of

AT_ONCE = 200  # rows a tick; the rest follow on the next


@periodic("applications.mark_overdue")
def mark_overdue(now: datetime) -> None:
    """Flag steps whose time is over and tell the desk once."""
    late = Step.objects.filter(state__in=sorted(HOLDING), due_at__lte=now, overdue_at=None)
    for step in late.select_related("application").order_by("pk")[:AT_ONCE]:
        Step.objects.filter(pk=step.pk).update(overdue_at=now)
        context = {
            "number": step.application.number,
            "label": step.label,
            "until": told_until(step.due_at).removeprefix("，最晚到 "),
            "link": "",
        }
        people = staff_of(step.organisation_id)
        tell_each(people=people, kind=messages.OVERDUE, context=context, now=now, once=f"overdue-{step.pk}")


@periodic("applications.lapse")
def lapse_unmended(now: datetime) -> None:
    """End returned cases whose time for mending is over."""
    late = Application.objects.filter(state=ApplicationState.RETURNED, fix_until__lte=now)
    for application in late.select_related("title").order_by("pk")[:AT_ONCE]:
        lapse_application(application=application, actor=SYSTEM, now=now)


@task("applications.print_receipt")
def print_receipt(*, application_id: int, attempt: int) -> None:
    """Make the receipt of a submission (申报回执); the same again if the job repeats."""
    from zhiping.applications import receipt  # late: only the worker needs the printer

    snapshot = Snapshot.objects.select_related("application__plan__office", "application__person").get(
        application_id=application_id, number=attempt
    )
    application = snapshot.application
    pdf = receipt.as_pdf(application, snapshot)
    application.receipt.save(f"{application.number}-{attempt}.pdf", ContentFile(pdf), save=False)
    Application.objects.filter(pk=application.pk).update(receipt=application.receipt.name)
