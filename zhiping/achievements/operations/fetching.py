"""Asking the registers about oneself, and keeping what they answer (R-043, R-369…R-371)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from zhiping.achievements import messages
from zhiping.achievements.access import can_fill_archive
from zhiping.achievements.models import Fetch, FoundRecord
from zhiping.achievements.sources import FoundRow, sources
from zhiping.achievements.states import ASK_AGAIN, Answer, Outcome
from zhiping.auditlog.recording import record
from zhiping.identity.models import Person
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.operations import tell

FRESH = timedelta(minutes=2)  # a second click within this asks nobody again
PAUSE = timedelta(minutes=10)  # before the first repetition; then twice as long each time
LONGEST = timedelta(hours=12)
MOST_TRIES = 12


@transaction.atomic
def ask_sources(*, names: Iterable[str], actor: Actor, now: datetime) -> int:
    """Queue a question to each register about the actor's own records; gives how many were asked.

    1. ask access; 2. leave alone what was asked or answered just now, so that a second click does nothing; 3. mark as
    waiting; 4. queue; 5. log.
    """
    wanted = [name for name in names if name in sources()]
    if actor.person_id is None or not can_fill_archive(actor, actor.person_id):
        raise Forbidden("archive.ask_sources")
    if not wanted:
        raise Refused("现在没有接通任何外部系统。请自己填写并上传材料，接通后可以再来提取。")
    person = Person.objects.select_for_update().get(
        pk=actor.person_id
    )  # two clicks at once: one after the other
    kept = {each.source: each for each in Fetch.objects.filter(person_id=actor.person_id)}
    stale = [name for name in wanted if name not in kept or not _is_fresh(kept[name], now)]
    for name in stale:
        fetch, _ = Fetch.objects.update_or_create(
            person_id=actor.person_id,
            source=name,
            defaults={"outcome": Outcome.WAITING, "asked_at": now, "again_at": None, "tries": 0},
        )
        enqueue("achievements.fetch", fetch_id=fetch.pk)
    if stale:
        record("archive.ask_sources", actor=actor, now=now, subject=person, details={"sources": stale})
    return len(stale)


@transaction.atomic
def note_answer(
    *,
    fetch: Fetch,
    outcome: Outcome,
    rows: Iterable[FoundRow] = (),
    missing: Iterable[str] = (),
    unread: int = 0,
    now: datetime,
) -> None:
    """Keep what a register said; the same answer again changes nothing but the time.

    1. each row once: a new one waits for the person, one that changed waits again, one that the person left stays left;
    2. rows that are gone: those nobody answered are dropped, taken ones are marked; a broken or partial answer drops
    nothing; 3. note the outcome and when to ask again; 4. log; 5. tell the person if they are not waiting on the page.
    """
    rows, was_waiting = list(rows), fetch.is_waiting
    fresh = sum(_keep(fetch, row, now) for row in rows)
    if outcome in {Outcome.FOUND, Outcome.NOTHING}:
        _mark_gone(fetch, {row.key for row in rows}, now)
    Fetch.objects.filter(pk=fetch.pk).update(
        outcome=outcome,
        answered_at=now,
        missing=list(missing),
        unread=unread,
        tries=F("tries") + 1,
        again_at=_again_at(fetch, outcome, now),
    )
    details = {"source": fetch.source, "outcome": outcome.value, "rows": len(rows), "unread": unread}
    record("archive.source_answered", actor=SYSTEM, now=now, subject=fetch, details=details)
    if fresh and not was_waiting:
        context = {"source": sources()[fetch.source].label, "count": str(fresh)}
        tell(person=fetch.person_id, kind=messages.SOURCE_ANSWERED, context=context, now=now)


def _keep(fetch: Fetch, row: FoundRow, now: datetime) -> bool:
    """Whether this row is new or other than before."""
    told = {"data": row.data, "proof": row.proof, "note": row.note, "found_at": now, "gone_at": None}
    found, is_new = FoundRecord.objects.get_or_create(
        person_id=fetch.person_id, source=fetch.source, key=row.key, defaults=told
    )
    if is_new:
        return True
    has_changed = found.data != row.data and found.answer != Answer.LEFT
    answer = {"answer": Answer.OPEN, "answered_at": None} if has_changed else {}
    FoundRecord.objects.filter(pk=found.pk).update(**told, **answer)
    return has_changed


def _mark_gone(fetch: Fetch, keys: set[str], now: datetime) -> None:
    gone = FoundRecord.objects.filter(person_id=fetch.person_id, source=fetch.source).exclude(key__in=keys)
    gone.filter(item=None, answer=Answer.OPEN).delete()
    gone.filter(gone_at=None).update(gone_at=now)


def _again_at(fetch: Fetch, outcome: Outcome, now: datetime) -> datetime | None:
    if outcome not in ASK_AGAIN or fetch.tries + 1 >= MOST_TRIES:
        return None
    return now + min(PAUSE * 2**fetch.tries, LONGEST)


def _is_fresh(fetch: Fetch, now: datetime) -> bool:
    """Whether it is being asked, or was answered well, just now."""
    since = fetch.asked_at if fetch.is_waiting else fetch.answered_at
    return fetch.outcome not in ASK_AGAIN and since is not None and now - since < FRESH
