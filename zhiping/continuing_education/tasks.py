"""Time as a caller: people learn of missing hours a year before they mean to apply."""

from datetime import datetime

from django.db.models import F

from zhiping.continuing_education import messages, operations
from zhiping.continuing_education.models import Aim, HourCard
from zhiping.continuing_education.queries import ledgers
from zhiping.continuing_education.requirement import look_ahead
from zhiping.continuing_education.shortfall import to_learn
from zhiping.jobs.queue import periodic, task
from zhiping.kernel import clock
from zhiping.messaging.operations import tell
from zhiping.policies.queries import pack_of, published

AT_ONCE = 200
YEARS_AHEAD = 1


@periodic("continuing_education.tell_shortfall")
def tell_shortfall(now: datetime) -> None:
    """Tell everybody once a year, from the year before they apply, how many hours are missing."""
    year = clock.beijing_day(now).year
    told = f"hours-short-{year}"
    due = Aim.objects.filter(year__gte=year, year__lte=year + YEARS_AHEAD).exclude(
        person__messages__once=told
    )
    aims = {aim.person_id: aim for aim in due.filter(set_at__lte=now).order_by(F("pk"))[:AT_ONCE]}
    lines = dict(ledgers(list(aims)))
    packs = {slug: published(slug) for slug in {aim.pack_slug for aim in aims.values()}}
    for person, aim in aims.items():
        version = packs[aim.pack_slug]
        if version is None:
            continue
        verdict = look_ahead(pack_of(version), aim.title, lines.get(person, []), year=aim.year, first=year)
        said = "；".join(each.words for each in to_learn(verdict.missing, this_year=year))
        context = {"year": aim.year, "title": aim.title, "said": said or "学时已够，请继续保持"}
        tell(person=person, kind=messages.SHORTFALL, context=context, now=now, once=told)


@task("continuing_education.enter_sheet")
def enter_confirmed_sheet(*, sheet_id: int) -> None:
    """Enter a table of hours; repeated, it finds it done."""
    operations.enter_sheet(sheet_id=sheet_id, now=clock.now())


@task("continuing_education.print_card")
def print_card(*, card_id: int) -> None:
    """Print a card; a second run finds it printed."""
    from zhiping.continuing_education.printing import printed_card  # late: only the worker needs the printer

    card = HourCard.objects.select_related("person").get(pk=card_id)
    if not card.sha256:
        operations.keep_card_file(card=card, pdf=printed_card(card))
