"""One recommendation holds one seat; nobody is recommended beyond what is free (R-212, R-213, R-375)."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.people import make_organisation, make_person, staff_actor
from tests.factories.posts import level_of, make_institution, make_ledger
from zhiping.auditlog.queries import history_of
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.posts.models import PostLevel, Reservation
from zhiping.posts.operations import appoint, release_seat, reserve_seat
from zhiping.posts.queries import standing_of
from zhiping.posts.states import ReservationState

pytestmark = pytest.mark.django_db
FULL = {"intermediate": ("40", 5, 5)}
TWO = {"intermediate": ("40", 5, 3)}


def recommend(ledger, now, number, *, person=None, actor=None):
    return reserve_seat(
        institution=ledger.institution,
        group="intermediate",
        person=person or make_person(f"申报人{number}"),
        subject_id=number,
        label=f"2025-{number} 工程师",
        year=2026,
        actor=actor or staff_actor(ledger.institution),
        now=now,
    )


def appointed(reservation, now, **fields):
    values = {
        "appointed_on": beijing_day(now),
        "grade": "专业技术十级",
        "certificate_number": "33010620253000001",
        "actor": staff_actor(reservation.post.ledger.institution),
        **fields,
    }
    appoint(reservation=reservation, version=None, now=now, **values)


def test_without_a_vacancy_nobody_is_recommended(now):
    """R-212: 5 approved, 5 filled → 0."""
    ledger = make_ledger(now, levels=FULL)

    with pytest.raises(Refused, match="核准 5，实聘 5，已推荐待聘 0"):
        recommend(ledger, now, 1)
    assert level_of(ledger).reserved == 0
    assert not Reservation.objects.exists()


def test_as_many_as_are_free_and_no_more(now):
    """R-213: 2 vacancies, 3 eligible → at most 2."""
    ledger = make_ledger(now, levels=TWO)
    recommend(ledger, now, 1)
    recommend(ledger, now, 2)

    with pytest.raises(Refused, match="没有可用的空缺"):
        recommend(ledger, now, 3)
    assert level_of(ledger).reserved == 2


def test_the_database_itself_refuses_one_too_many(now):
    """R-212: whatever a page or an operation forgets."""
    ledger = make_ledger(now, levels=TWO)
    rows = PostLevel.objects.filter(ledger=ledger, group="intermediate")

    rows.update(reserved=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(reserved=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(approved=4)


def test_the_same_application_again_holds_the_same_seat(now):
    ledger = make_ledger(now, levels=TWO)
    person = make_person()

    first, second = (recommend(ledger, now, 1, person=person) for _ in range(2))

    assert first == second
    assert level_of(ledger).reserved == 1


def test_the_figures_of_that_moment_are_kept_with_it(now):
    """R-375: the figures and the time they were read."""
    held = recommend(make_ledger(now, levels=TWO), now, 1)

    assert held.figures == {
        "approved": 5,
        "filled": 3,
        "reserved": 1,
        "pooled": 0,
        "extra": 0,
        "vacancy": 2,
        "read_at": now.isoformat(),
    }
    assert list(history_of(held).values_list("verb", flat=True)) == ["post_seat.reserve"]


def test_an_institution_without_an_approved_ledger_recommends_nobody(now):
    institution = make_institution()

    with pytest.raises(Refused, match="还没有经核准的岗位台账"):
        reserve_seat(
            institution=institution,
            group="intermediate",
            person=make_person(),
            subject_id=1,
            label="1",
            year=2026,
            actor=staff_actor(institution),
            now=now,
        )


def test_another_body_takes_no_seat(now):
    with pytest.raises(Forbidden):
        recommend(make_ledger(now), now, 1, actor=staff_actor(make_organisation()))


def test_a_released_seat_is_free_for_the_next(now):
    """Returned, withdrawn, refused: the seat comes back, once."""
    ledger = make_ledger(now, levels={"intermediate": ("40", 5, 4)})
    recommend(ledger, now, 1)

    assert release_seat(subject_id=1, reason="申报被退回", now=now)
    assert not release_seat(subject_id=1, reason="申报被退回", now=now)
    recommend(ledger, now, 2)

    released = Reservation.objects.get(subject_id=1)
    assert (released.state, released.release_reason) == (ReservationState.RELEASED, "申报被退回")
    assert level_of(ledger).reserved == 1
    assert Message.objects.filter(key="posts.seat_released").exists()


def test_an_appointment_turns_the_promise_into_a_filled_post(now):
    """R-219: reserved → filled; the sum stays, so nobody else loses a seat."""
    ledger = make_ledger(now, levels=TWO)
    held = recommend(ledger, now, 1)

    appointed(held, now)

    level = level_of(ledger)
    assert (held.state, level.filled, level.reserved, level.free) == (ReservationState.FILLED, 4, 0, 1)
    assert "专业技术十级" in Message.objects.get(person=held.person, key="posts.appointed").body
    with pytest.raises(Refused):
        appointed(held, now)
    assert level_of(ledger).filled == 4
    assert not release_seat(subject_id=1, reason="迟到的退回", now=now)


def test_nobody_is_appointed_without_grade_before_time_or_by_themselves(now):
    ledger = make_ledger(now, levels=TWO)
    held = recommend(ledger, now, 1)

    with pytest.raises(Refused, match="岗位等级"):
        appointed(held, now, grade=" ")
    with pytest.raises(Refused, match="不能晚于今天"):
        appointed(held, now, appointed_on=beijing_day(now) + timedelta(days=1))
    with pytest.raises(Forbidden):
        appointed(held, now, actor=staff_actor(ledger.institution, person=held.person))
    held.refresh_from_db()
    assert (held.state, held.appointed_on) == (ReservationState.RESERVED, None)


def test_the_counter_is_the_number_of_rows_whatever_happens(now):
    """Seats taken, given back and filled in any order never drift from the rows that explain them."""
    ledger, chance = make_ledger(now), random.Random(212)
    for number in range(1, 40):
        try:
            recommend(ledger, now, number)
        except Refused:
            release_seat(subject_id=chance.randrange(1, number), reason="退回", now=now)
        live = Reservation.objects.filter(state=ReservationState.RESERVED)
        if chance.random() < 0.1 and live.exists():
            appointed(live.first(), now)
        level = level_of(ledger)
        assert level.reserved == live.count()
        assert level.filled == 13 + Reservation.objects.filter(state=ReservationState.FILLED).count()
        assert level.filled + level.reserved <= level.approved


def test_the_standing_of_a_person_before_the_ledger(now):
    """R-212, R-214: the fact asked by packs comes from here; without a ledger nothing is known."""
    ledger = make_ledger(now, levels={"intermediate": ("40", 5, 4)})
    held = recommend(ledger, now, 1)
    asked = {"group": "intermediate", "year": beijing_day(now).year}
    own = {"institution_id": ledger.institution_id, **asked}

    assert standing_of(person_id=held.person_id, subject_id=1, **own).has_vacancy is True
    assert standing_of(person_id=make_person().pk, subject_id=2, **own).has_vacancy is False
    assert "核准 5，实聘 4，已推荐待聘 1" in standing_of(person_id=1, subject_id=2, **own).words
    elsewhere = make_institution()
    assert standing_of(institution_id=elsewhere.pk, person_id=1, subject_id=2, **asked) is None
