"""What the demo's clock can move to: the next moment at which something opens or ends, asked of each context."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from zhiping.applications.models import Step
from zhiping.applications.states import ACTIVE
from zhiping.committees.models import Meeting
from zhiping.committees.states import BEFORE_SESSION
from zhiping.fees.models import Bill
from zhiping.fees.queries import WARN_BEFORE
from zhiping.fees.states import BillState
from zhiping.kernel import clock
from zhiping.kernel.queries import working_calendar
from zhiping.notices.models import Publicity
from zhiping.notices.states import RUNNING
from zhiping.plans.models import PlanWindow
from zhiping.plans.states import PUBLIC

Moment = tuple[datetime, str]  # when, and what then happens
WORK_BEGINS = timedelta(hours=9)


def next_deadline(now: datetime) -> Moment | None:
    """The first moment after `now` at which a window opens or closes, a desk's time is up, a publicity is over or a meeting is held."""
    found = [moment for provider in PROVIDERS for moment in provider(now)]
    return min(found, default=None)


def next_working_morning(now: datetime) -> datetime:
    """Nine o'clock on the next working day."""
    return clock.start_of(working_calendar().add(clock.beijing_day(now), 1)) + WORK_BEGINS


def window_openings(now: datetime) -> Iterator[Moment]:
    """The next opening of a window of a published plan."""
    rows = PlanWindow.objects.filter(plan__state__in=PUBLIC, opens_at__gt=now).select_related("plan")
    for row in rows.order_by("opens_at")[:1]:
        yield row.opens_at, f"{row.plan.name}：{row.name}开始"


def window_closings(now: datetime) -> Iterator[Moment]:
    """The next closing of a window of a published plan."""
    rows = PlanWindow.objects.filter(plan__state__in=PUBLIC, closes_at__gt=now).select_related("plan")
    for row in rows.order_by("closes_at")[:1]:
        yield row.closes_at, f"{row.plan.name}：{row.name}截止"


def desk_limits(now: datetime) -> Iterator[Moment]:
    """The next moment at which a desk that holds a case is late."""
    for step in Step.objects.filter(state__in=ACTIVE, due_at__gt=now).order_by("due_at")[:1]:
        yield step.due_at, f"{step.label}办理期限已到"


def publicity_ends(now: datetime) -> Iterator[Moment]:
    """The end of the next publicity: 24:00 of its last day."""
    rows = Publicity.objects.filter(state__in=RUNNING, ends_on__gte=clock.beijing_day(now))
    for row in rows.order_by("ends_on")[:1]:
        yield clock.end_of(row.ends_on), f"{row.title}期满"


def meetings_to_come(now: datetime) -> Iterator[Moment]:
    """The morning of the next review meeting: before its day no session can be opened."""
    rows = Meeting.objects.filter(state__in=BEFORE_SESSION, held_on__gt=clock.beijing_day(now))
    for row in rows.select_related("committee").order_by("held_on")[:1]:
        yield clock.start_of(row.held_on) + WORK_BEGINS, f"{row.committee.name}评审会议召开"


def fee_deadlines(now: datetime) -> Iterator[Moment]:
    """The warning before the next bill ends, and its end."""
    for bill in Bill.objects.filter(state=BillState.OPEN, due_at__gt=now).order_by("due_at", "pk")[:1]:
        warning = bill.due_at - WARN_BEFORE
        if bill.warned_at is None and warning > now:
            yield warning, "提醒还没有缴费的人"
        else:
            yield bill.due_at, f"{bill.heading}：缴费截止"


PROVIDERS: tuple[Callable[[datetime], Iterator[Moment]], ...] = (
    window_openings,
    window_closings,
    desk_limits,
    publicity_ends,
    meetings_to_come,
    fee_deadlines,
)
