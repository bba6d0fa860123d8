"""Competitions: order of merit, counts that agree, the promise to appoint (R-213, R-218…R-220, R-226)."""

import pytest

from tests.factories.people import make_organisation, make_person, staff_actor
from tests.factories.posts import chosen, concluded, level_of, make_ledger
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.posts.operations import (
    conclude_competition,
    enter_person,
    open_competition,
    reserve_seat,
    void_competition,
)
from zhiping.posts.states import CompetitionState, Outcome

pytestmark = pytest.mark.django_db


def begun(now, ledger, opened=3):
    clerk = staff_actor(ledger.institution)
    fields = {"ledger": ledger, "year": 2026, "group": "intermediate", "name": "春季竞聘"}
    return open_competition(opened=opened, actor=clerk, now=now, **fields), clerk


def recommend(ledger, now, person):
    return reserve_seat(
        institution=ledger.institution,
        group="intermediate",
        person=person,
        subject_id=person.pk,
        label="工程师",
        year=2026,
        actor=staff_actor(ledger.institution),
        now=now,
    )


def test_no_more_posts_are_opened_than_are_free(now):
    """R-218: 3 free → 4 cannot be opened; the same form twice opens one competition."""
    ledger = make_ledger(now)
    with pytest.raises(Refused, match="只有 3 个"):
        begun(now, ledger, opened=4)

    assert begun(now, ledger)[0] == begun(now, ledger)[0]


def test_the_order_of_merit_is_kept(now):
    """R-213: the order is recorded; a correction does not change it."""
    competition, clerk = begun(now, make_ledger(now))
    people = [make_person(f"申报人{n}") for n in range(3)]
    for person in people:
        enter_person(competition=competition, told=chosen(person=person), actor=clerk, now=now)
    again = chosen(person=people[0], outcome=Outcome.NOT_CHOSEN)
    enter_person(competition=competition, told=again, actor=clerk, now=now)

    entries = list(competition.entries.values_list("position", "person_id", "outcome"))
    assert entries == [
        (1, people[0].pk, "not_chosen"),
        (2, people[1].pk, "review"),
        (3, people[2].pk, "review"),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"appointed_on": None}, "聘任时间"),
        ({"outcome": Outcome.DIRECT, "current_title": "", "appointed_on": None}, "现有任职资格"),
        ({"wanted_title": ""}, "推荐申报的职称"),
        ({"wanted_grade": ""}, "拟聘的岗位等级"),
    ],
)
def test_a_row_without_what_the_form_prints_is_refused(now, fields, words):
    """R-226: current title and empty 聘任时间 → invalid."""
    competition, clerk = begun(now, make_ledger(now))

    with pytest.raises(Refused, match=words):
        enter_person(competition=competition, told=chosen(**fields), actor=clerk, now=now)


def test_a_person_without_a_title_needs_no_day_of_appointment(now):
    """R-226."""
    competition, clerk = begun(now, make_ledger(now))
    told = chosen(current_title="", appointed_on=None)

    assert enter_person(competition=competition, told=told, actor=clerk, now=now).position == 1


def test_without_the_promise_to_appoint_the_result_is_not_fixed(now):
    """R-219."""
    competition, clerk = begun(now, make_ledger(now))
    enter_person(competition=competition, told=chosen(), actor=clerk, now=now)

    with pytest.raises(Refused, match="及时聘任"):
        conclude_competition(competition=competition, is_committed=False, version=None, actor=clerk, now=now)
    assert competition.state == CompetitionState.OPEN


def test_people_changing_series_count_among_the_opened_posts(now):
    """R-218, R-220: opened 3; one transfer and two reviews fit, one more initial determination does not."""
    ledger = make_ledger(now)
    three = [chosen("甲", is_transfer=True), chosen("乙"), chosen("丙")]
    concluded(now, ledger, *three, opened=3)

    other = make_ledger(now)
    with pytest.raises(Refused, match="推出 3 个岗位，竞聘上岗 4 人"):
        concluded(now, other, *three, chosen("丁", Outcome.INITIAL), opened=3)


def test_nobody_is_chosen_twice_in_a_year(now):
    ledger, person = make_ledger(now), make_person("申报人甲")
    concluded(now, ledger, chosen(person=person), opened=1)

    with pytest.raises(Refused, match="申报人甲今年在同一等级"):
        concluded(now, ledger, chosen(person=person), opened=1)


def test_only_who_was_chosen_is_recommended(now):
    """R-213: after a competition, only those chosen for review or initial determination take a seat."""
    ledger = make_ledger(now)
    best, second = make_person("申报人甲"), make_person("申报人乙")
    concluded(now, ledger, chosen(person=best), chosen(person=second, outcome=Outcome.NOT_CHOSEN), opened=1)

    recommend(ledger, now, best)
    with pytest.raises(Refused, match="不在今年中级岗位的竞聘结果里"):
        recommend(ledger, now, second)
    assert level_of(ledger).reserved == 1


def test_a_result_is_taken_back_only_while_nobody_was_recommended_on_it(now):
    ledger = make_ledger(now)
    told = chosen()
    competition = concluded(now, ledger, told, opened=1)
    clerk = staff_actor(ledger.institution)
    fields = {"competition": competition, "version": None, "actor": clerk, "now": now}
    recommend(ledger, now, told.person)

    with pytest.raises(Refused, match="作废的原因"):
        void_competition(reason="", **fields)
    with pytest.raises(Refused, match="占用空缺"):
        void_competition(reason="登记错误", **fields)
    assert competition.state == CompetitionState.CONCLUDED


def test_another_body_touches_no_competition(now):
    competition, _ = begun(now, make_ledger(now))
    stranger = staff_actor(make_organisation())

    with pytest.raises(Forbidden):
        enter_person(competition=competition, told=chosen(), actor=stranger, now=now)
    with pytest.raises(Forbidden):
        begun_by = {"ledger": competition.ledger, "year": 2026, "group": "intermediate", "name": "x"}
        open_competition(opened=1, actor=stranger, now=now, **begun_by)
