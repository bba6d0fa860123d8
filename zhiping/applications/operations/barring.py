"""What a finding of fraud does to applications: it keeps from applying, and it ends what is under way."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from zhiping.applications import messages, transitions
from zhiping.applications.models import Application
from zhiping.applications.queries import current_step
from zhiping.applications.states import ApplicationState
from zhiping.integrity.queries import barring, records_of
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell


def refuse_barred(applications: Collection[Application], day: date, act: str) -> None:
    """Refuse `act` on people whom a record in force keeps from the level they apply for (R-340); one query."""
    found = records_of({each.person_id for each in applications}, day)
    barred = [
        (application, record)
        for application in applications
        if (record := barring(found.get(application.person_id, ()), application.title.level, day))
    ]
    if barred:
        application, record = barred[0]
        more = f"等 {len(barred)} 人" if len(barred) > 1 else ""
        raise Refused(
            f"{application.person.name}{more}在诚信档案中有有效记录（{record.starts_on} 至 {record.ends_on} "
            f"不得申报这一层级），不能{act}。请先按记录处理。"
        )


@transaction.atomic
def expel_case(*, application: Application, reason: str, actor: Actor, now: datetime) -> None:
    """Return the material for fraud: the case ends where it stands and cannot be submitted again (R-339)."""
    if application.state == ApplicationState.IN_COMMITTEE:
        raise Refused("这件申报正在评审会议上。请在会议计票或撤出议程后再认定。")
    move(application, transitions.EXPEL, actor=actor, now=now, note=reason)
    if (step := current_step(application)) is not None:
        move(step, transitions.END, actor=SYSTEM, now=now, note=reason)
    context = {"key": application.pk, "title": application.title.name, "number": application.number}
    tell(person=application.person_id, kind=messages.EXPELLED, context=context, now=now)


def refuse_while_barred(application: Application, now: datetime) -> None:
    """For submitting, where the draft was loaded with whether its person is on record at all."""
    if getattr(application, "is_on_record", True):
        refuse_barred([application], beijing_day(now), "提交")
