"""Time and paper: deadlines that have passed, and the receipt."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from zhiping.applications import messages
from zhiping.applications.models import Application, PreparedForm, Snapshot, Step
from zhiping.applications.operations.chain import end_words, lapse_application
from zhiping.applications.operations.charging import charge_waiting, follow_bill
from zhiping.applications.operations.hours import carry_cards, extract_hours
from zhiping.applications.operations.seating import give_back_seat
from zhiping.applications.queries.seats import ended_with_seat
from zhiping.applications.states import HOLDING, ApplicationState, StepState
from zhiping.fees.models import Bill
from zhiping.fees.queries import settled_among
from zhiping.fees.states import SETTLED, BillState
from zhiping.jobs.queue import periodic, task
from zhiping.kernel.actor import SYSTEM
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.queries import working_calendar
from zhiping.messaging.models import Message
from zhiping.messaging.operations import tell, tell_each
from zhiping.organisations.queries import staff_of
from zhiping.plans.models import PlanWindow

DAYS_BEFORE = timedelta(days=3)
REMINDER_DAYS = 3  # working days; R-280 reminds on the fourth
WAITED = timedelta(days=REMINDER_DAYS)
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
            "until": end_words(step.due_at),
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


@periodic("applications.free_seats")
def free_seats(now: datetime) -> None:
    """Give back the posts of cases that a committee or a revocation has ended."""
    for application in ended_with_seat().order_by("pk")[:AT_ONCE]:
        give_back_seat(application, f"申报已结束：{application.get_state_display()}", now)


@periodic("applications.follow_fees")
def follow_fees(now: datetime) -> None:
    """Go on with, or end, cases by what became of their bills; make bills whose amount has become known (R-321…R-324)."""
    pending = Application.objects.filter(state=ApplicationState.PAYMENT_PENDING)
    lapsed = Application.objects.filter(state=ApplicationState.PAYMENT_LAPSED)
    ended = Application.objects.filter(state=ApplicationState.EXPELLED)
    bills = [
        *settled_among(pending.values("pk"), SETTLED | {BillState.LAPSED}).order_by("pk")[:AT_ONCE],
        *settled_among(lapsed.values("pk"), {BillState.PAID}).order_by("pk")[:AT_ONCE],
        *settled_among(ended.values("pk"), {BillState.OPEN}).order_by("pk")[:AT_ONCE],
    ]
    cases = Application.objects.select_related("title").in_bulk([bill.subject_id for bill in bills])
    for bill in bills:
        follow_bill(application=cases[bill.subject_id], bill=bill, now=now)
    waiting = pending.exclude(pk__in=Bill.objects.values("subject_id"))
    related = waiting.select_related("title", "person", "plan__pack_version", "plan__office")
    for application in related.order_by("pk")[:AT_ONCE]:
        charge_waiting(application=application, now=now)


@periodic("applications.remind_drafts")
def remind_drafts(now: datetime) -> None:
    """Tell people with a draft once, three days before the plan closes (R-351)."""
    soon = PlanWindow.objects.filter(who="applicant", closes_at__gt=now, closes_at__lte=now + DAYS_BEFORE)
    for window in soon.select_related("plan").order_by("pk"):
        drafts = Application.objects.filter(plan=window.plan, state=ApplicationState.DRAFT)
        told = Message.objects.filter(once=f"closing-{window.pk}").values("person")
        for application in drafts.exclude(person__in=told).select_related("title").order_by("pk")[:AT_ONCE]:
            context = {
                "key": application.pk,
                "title": application.title.name,
                "plan": window.plan.name,
                "until": end_words(window.closes_at),
            }
            tell(
                person=application.person_id,
                kind=messages.CLOSING,
                context=context,
                now=now,
                once=f"closing-{window.pk}",
            )


@periodic("applications.remind_employers")
def remind_employers(now: datetime) -> None:
    """Tell an employer once that a case has waited three working days for its audit (R-280)."""
    day, calendar = beijing_day(now), working_calendar()
    waiting = Step.objects.filter(state=StepState.OPEN, position=1, opened_at__lt=now - WAITED)
    told = Message.objects.filter(key=messages.WAITING.key).values("once")
    fresh = waiting.annotate(mark=Concat(Value("waiting-"), Cast("pk", CharField()))).exclude(mark__in=told)
    for step in fresh.select_related("application").order_by("pk")[:AT_ONCE]:
        if calendar.add(beijing_day(step.opened_at), REMINDER_DAYS) >= day:
            continue
        context = {
            "number": step.application.number,
            "label": step.label,
            "days": REMINDER_DAYS,
            "link": f"/employer/applications/{step.application_id}/",
        }
        people = staff_of(step.organisation_id)
        tell_each(people=people, kind=messages.WAITING, context=context, now=now, once=step.mark)


@periodic("applications.keep_hours_in_step")
def keep_hours_in_step(now: datetime) -> None:
    """Hour cards go into the ledger, ledger years into the archive; the rest follows on the next tick."""
    carry_cards(now=now, at_once=AT_ONCE)
    extract_hours(now=now, at_once=AT_ONCE)


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


@task("applications.print_prepared")
def print_prepared(*, form_id: int) -> None:
    """Print one prepared form; a second run, or a draft that no longer asks for it, changes nothing."""
    from zhiping.applications import printing  # late: only the worker needs the printer

    form = PreparedForm.objects.get(pk=form_id)
    pdf = None if form.file else printing.as_pdf(form)
    if pdf is None:
        return
    form.file.save(f"{form.application_id}-{form.key}-{form.pk}.pdf", ContentFile(pdf), save=False)
    PreparedForm.objects.filter(pk=form.pk).update(file=form.file.name)
