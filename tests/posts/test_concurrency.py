"""Two clerks at once: the database lets exactly as many through as there are seats (R-212, R-398)."""

import threading
from itertools import count

import pytest

from tests.factories.people import make_person, staff_actor
from tests.factories.posts import level_of, make_ledger
from tests.threads import _there, first_rows, together  # noqa: F401 - fixtures of this module
from zhiping.kernel.errors import Refused
from zhiping.posts.models import Reservation
from zhiping.posts.operations import reserve_seat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("vacant", [1, 3])
def test_clerks_at_once_never_recommend_more_than_are_vacant(now, vacant):
    ledger = make_ledger(now, levels={"intermediate": ("40", 5, 5 - vacant)})
    people = [make_person(f"申报人{number}") for number in range(6)]
    clerks = [staff_actor(ledger.institution) for _ in range(2)]
    turn, own = count(), threading.local()

    def act():
        if not hasattr(own, "number"):  # a thread that has to try again recommends the same person
            own.number = next(turn)
        return recommend(ledger, people[own.number], clerks[own.number % 2], own.number + 1, now)

    answers = together(act, count=6)

    assert sum(isinstance(answer, Reservation) for answer in answers) == vacant
    assert sum(isinstance(answer, Refused) for answer in answers) == 6 - vacant
    assert level_of(ledger).reserved == Reservation.objects.count() == vacant


def recommend(ledger, person, clerk, number, now):
    return reserve_seat(
        institution=ledger.institution,
        group="intermediate",
        person=person,
        subject_id=number,
        label=str(number),
        year=2026,
        actor=clerk,
        now=now,
    )
