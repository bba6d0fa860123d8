"""An employer reminds its people of applications that are not finished."""

from datetime import datetime

from django.db import transaction

from zhiping.applications import access, messages
from zhiping.applications.queries.staff import unfinished_of
from zhiping.auditlog.recording import record
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.operations import tell_each
from zhiping.organisations.models import Organisation


@transaction.atomic
def remind_unfinished(*, actor: Actor, now: datetime) -> int:
    """Tell everybody whose draft or returned application waits for them; how many. Once a day each, whoever clicks."""
    if not access.can_remind(actor):
        raise Forbidden("application.remind")
    people: dict[tuple[int, str], set[int]] = {}
    for plan, name, person in unfinished_of(actor).values_list("plan_id", "plan__name", "person_id"):
        people.setdefault((plan, name), set()).add(person)
    if not people:
        raise Refused("现在没有需要提醒的人：没有人的申报停在草稿或者退回修改。")
    employer = Organisation.objects.get(pk=actor.organisation_id)
    day = beijing_day(now).isoformat()
    for (plan, name), keys in people.items():
        context = {"plan": name, "employer": employer.name}
        once = f"employer-reminder {plan} {day}"
        tell_each(people=keys, kind=messages.REMINDED, context=context, now=now, once=once)
    count = len(set().union(*people.values()))
    record("employer.remind", actor=actor, now=now, subject=employer, details={"people": count})
    return count
