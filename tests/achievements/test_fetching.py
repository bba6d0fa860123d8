"""Asking the registers: once, whatever happens on the way; nothing is lost (R-043, R-369)."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.factories.archive import make_profile
from tests.factories.people import applicant_actor, make_person, staff_actor
from tests.factories.registers import DIPLOMA, PATENT, make_found
from zhiping.achievements import tasks
from zhiping.achievements.models import ArchiveItem, Fetch, FoundRecord
from zhiping.achievements.operations import ask_sources, take_found
from zhiping.achievements.states import Answer, Outcome
from zhiping.auditlog.models import LogEntry
from zhiping.jobs.models import Job
from zhiping.jobs.queue import run_due
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(sandbox, settings, now, at):
    cache.clear()
    at(now)
    settings.RECORD_URLS = {name: f"{sandbox.base}/{name}" for name in ("education", "patents")}
    yield sandbox.stand_ins
    cache.clear()


@pytest.fixture
def person(registers):
    """Known to 学信网; somebody else is known there too."""
    person = make_person()
    registers["education"].put(person.document_number, person.name, [DIPLOMA])
    registers["education"].put(make_person("申报人乙").document_number, "", [{**DIPLOMA, "id": "not mine"}])
    return person


def ask(person, now, *names):
    return ask_sources(names=names or ("education",), actor=applicant_actor(person), now=now)


def outcome(person, source="education"):
    return Fetch.objects.get(person=person, source=source).outcome


def test_a_person_asks_and_finds_the_own_records(person, now):
    assert ask(person, now, "education", "patents") == 2
    assert outcome(person) == Outcome.WAITING
    run_due()

    assert [each.key for each in FoundRecord.objects.filter(person=person)] == [DIPLOMA["id"]]
    assert (outcome(person), outcome(person, "patents")) == (Outcome.FOUND, Outcome.NOTHING)
    assert not ArchiveItem.objects.exists()  # nothing enters the archive unasked
    assert LogEntry.objects.filter(verb="archive.ask_sources").count() == 1


def test_a_second_click_asks_nobody_again(person, now):
    ask(person, now)
    assert ask(person, now + timedelta(seconds=5)) == 0
    run_due()
    assert ask(person, now + timedelta(seconds=60)) == 0
    assert Job.objects.filter(kind="achievements.fetch").count() == 1

    assert ask(person, now + timedelta(minutes=5)) == 1
    run_due()
    assert FoundRecord.objects.filter(person=person).count() == 1


def test_staff_ask_for_nobody(person, now):
    clerk = staff_actor(make_profile(person).employer)

    with pytest.raises(Forbidden):
        ask_sources(names=["education"], actor=clerk, now=now)
    assert not Fetch.objects.exists()


def test_without_any_register_it_is_said(person, now):
    with pytest.raises(Refused, match="没有接通"):
        ask_sources(names=[], actor=applicant_actor(person), now=now)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [("down", Outcome.UNREACHABLE), ("wrong", Outcome.WRONG), ("half", Outcome.UNREACHABLE)],
)
def test_a_broken_register_is_told_and_asked_again(person, registers, now, at, fault, expected):
    """R-369: UNAVAILABLE keeps what is there and asks again; the person is told when it answers."""
    registers["education"].switch.turn(fault, times=1)
    ask(person, now)
    run_due()
    assert (outcome(person), FoundRecord.objects.count()) == (expected, 0)

    later = now + timedelta(minutes=11)
    at(later)
    tasks.fetch_again(later)
    tasks.fetch_again(later)
    assert Job.objects.filter(kind="achievements.fetch").count() == 2
    run_due()
    assert outcome(person) == Outcome.FOUND
    assert Message.objects.get(person=person).title == "学信网已查到 1 条记录，请确认"


@pytest.mark.parametrize("fault", ["duplicated", "reordered"])
def test_doubled_and_reversed_lists_give_one_record(person, registers, now, fault):
    registers["education"].switch.turn(fault, times=1)
    ask(person, now)
    run_due()

    assert (outcome(person), FoundRecord.objects.filter(person=person).count()) == (Outcome.FOUND, 1)


def test_a_slow_register_is_given_up_and_does_not_stop_the_others(person, registers, now, monkeypatch):
    monkeypatch.setattr("zhiping.gateways.records.HttpRecordGateway.__init__.__defaults__", (0.5,))
    registers["education"].switch.turn("slow", times=1, seconds=3)
    registers["patents"].put(person.document_number, person.name, [PATENT])
    ask(person, now, "education", "patents")
    run_due()

    assert (outcome(person), outcome(person, "patents")) == (Outcome.UNREACHABLE, Outcome.FOUND)


def test_it_is_asked_less_and_less_often_and_then_no_more(person, registers, now, at):
    registers["education"].switch.turn("wrong")
    ask(person, now)
    run_due()
    fetch, pauses = Fetch.objects.get(), []
    while fetch.again_at:
        moment = fetch.again_at
        at(moment)
        tasks.fetch_again(moment)
        run_due()
        fetch.refresh_from_db()
        if fetch.again_at:
            pauses.append(fetch.again_at - moment)

    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=12)
    assert fetch.tries == 12


def test_a_partial_answer_says_what_is_missing(person, registers, now):
    registers["education"].put(
        person.document_number, person.name, [DIPLOMA, {**DIPLOMA, "id": "x", "level": "?"}], ["学位"]
    )
    ask(person, now)
    run_due()

    fetch = Fetch.objects.get()
    assert (fetch.outcome, fetch.missing, fetch.unread) == (Outcome.PARTIAL, ["学位"], 1)
    assert FoundRecord.objects.count() == 1


def test_a_name_that_differs_is_said_and_gives_nothing(person, registers, now):
    registers["education"].put(person.document_number, "另一人", [DIPLOMA])
    ask(person, now)
    run_due()

    assert (outcome(person), FoundRecord.objects.count()) == (Outcome.NAME_DIFFERS, 0)


def test_a_changed_record_waits_again_and_a_left_one_stays_left(person, registers, now):
    make_profile(person)
    found = make_found(person)
    version = take_found(
        found=found, replaces=None, typed={"is_related": "true"}, actor=applicant_actor(person), now=now
    )
    left = make_found(person, row={**DIPLOMA, "id": "left", "level": "专科"}, answer=Answer.LEFT)
    changed = [{**DIPLOMA, "major": "车辆工程"}, {**DIPLOMA, "id": "left", "level": "硕士"}]
    registers["education"].put(person.document_number, person.name, changed)
    ask(person, now)
    run_due()

    found.refresh_from_db()
    left.refresh_from_db()
    assert (found.answer, found.data["major"], found.item_id) == (Answer.OPEN, "车辆工程", version.item_id)
    assert (left.answer, left.data["level"]) == (Answer.LEFT, "master")


def test_what_is_gone_from_the_register_stays_in_the_archive(person, registers, now):
    make_profile(person)
    taken, waiting = make_found(person), make_found(person, row={**DIPLOMA, "id": "b", "level": "硕士"})
    take_found(
        found=taken, replaces=None, typed={"is_related": "true"}, actor=applicant_actor(person), now=now
    )
    registers["education"].put(person.document_number, person.name, [])
    ask(person, now)
    run_due()

    taken.refresh_from_db()
    assert taken.gone_at == now
    assert ArchiveItem.objects.filter(person=person, deleted_at=None).count() == 1
    assert not FoundRecord.objects.filter(pk=waiting.pk).exists()
