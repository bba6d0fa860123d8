"""Building and filing a committee (domain §2 rows 1-5)."""

from datetime import date

import pytest

from tests.factories.committees import World
from tests.factories.people import make_organisation, make_person, staff_actor
from zhiping.auditlog.queries import history_of
from zhiping.committees.operations.filing import file_committee, found_committee, seat_member, unseat_member
from zhiping.committees.regulation import regulation_on
from zhiping.committees.states import CommitteeState, Position
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import years_later
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.organisations.states import OrganisationKind

pytestmark = pytest.mark.django_db
UNTIL = date(2028, 12, 31)


@pytest.fixture
def world(now):
    return World(now)


def file(world, committee, **fields):
    values = {"filing_number": "示范备〔2026〕1号", "valid_until": UNTIL, "actor": world.official, **fields}
    file_committee(committee=committee, now=world.now, **values)


def test_a_complete_committee_is_filed_and_logged(world):
    committee = world.committee(9)

    file(world, committee)

    committee.refresh_from_db()
    assert (committee.state, committee.filed_on, committee.valid_until) == (
        CommitteeState.FILED,
        world.now.date(),
        UNTIL,
    )
    assert history_of(committee).last().verb == "committee.file"


@pytest.mark.parametrize(("size", "sentence"), [(8, "应为单数"), (5, "少于 7 人")])
def test_an_even_or_small_committee_is_not_filed(world, size, sentence):
    committee = world.committee(size)

    with pytest.raises(Refused, match=sentence):
        file(world, committee)

    committee.refresh_from_db()
    assert committee.state == CommitteeState.DRAFT


def test_a_small_committee_with_a_document_for_it_is_filed(world):
    committee = world.committee(5)
    committee.size_basis = "示范人社函〔2026〕2号"
    committee.save()

    file(world, committee)

    assert committee.state == CommitteeState.FILED


def test_a_committee_without_or_with_two_chairs_is_not_filed(world):
    committee = world.committee(9)
    committee.members.filter(position=Position.CHAIR).update(position=Position.MEMBER)
    with pytest.raises(Refused, match="主任委员应有 1 人，现有 0 人"):
        file(world, committee)


@pytest.mark.parametrize("until", [date(2026, 3, 2), date(2029, 3, 3)])
def test_a_filing_lasts_at_most_three_years(world, until):
    with pytest.raises(Refused, match="有效期最长 3 年"):
        file(world, world.committee(9), valid_until=until)


def test_a_filing_needs_its_number(world):
    with pytest.raises(Refused, match="要有文号"):
        file(world, world.committee(9), filing_number=" ")


def test_the_office_cannot_file_its_own_committee(world):
    with pytest.raises(Forbidden):
        file(world, world.committee(9), actor=world.clerk)


def test_only_an_office_founds_and_a_name_is_taken_once(world):
    fields = {"name": "同名评委会", "series": "工程", "level": "intermediate", "now": world.now}
    with pytest.raises(Forbidden):
        found_committee(**fields, actor=world.official)
    found_committee(**fields, actor=world.clerk)
    with pytest.raises(Refused, match="已有名为"):
        found_committee(**fields, actor=world.clerk)


def test_an_expert_has_one_seat_and_a_term_of_at_most_three_years(world):
    committee = world.committee(1)
    person = make_person("专家乙")
    world.seat(committee, person=person)
    with pytest.raises(Refused, match="不用重复添加"):
        world.seat(committee, person=person)
    with pytest.raises(Refused, match="一届任期最长 3 年"):
        world.seat(committee, term_from=date(2026, 1, 1), term_until=date(2029, 1, 2))


def test_a_filed_committee_is_frozen(world):
    committee = world.filed_committee(9)
    with pytest.raises(Refused, match="成员不能再改"):
        world.seat(committee)
    with pytest.raises(Refused, match="成员不能再改"):
        unseat_member(member=committee.members.first(), actor=world.clerk, now=world.now)


def test_another_office_cannot_seat_members(world):
    other = staff_actor(
        make_organisation("另一办公室", kind=OrganisationKind.COMMITTEE_OFFICE), Role.COMMITTEE_OFFICE
    )
    with pytest.raises(Forbidden):
        seat_member(
            committee=world.committee(1),
            person=make_person("专家丙"),
            position=Position.MEMBER,
            title="高级工艺美术师",
            employer=None,
            term_from=date(2026, 1, 1),
            term_until=date(2027, 1, 1),
            actor=other,
            now=world.now,
        )


def test_the_numbers_come_from_the_regulation_with_their_articles():
    regulation = regulation_on(date(2026, 3, 2))

    assert regulation.minimum_members["senior_associate"] == {"series": 25, "specialty": 11}
    assert (regulation.filing_years, regulation.term_years, regulation.group_members) == (3, 3, 3)
    assert regulation.cite["odd"] == "第九条"


def test_three_years_after_a_leap_day():
    assert years_later(date(2024, 2, 29), 3) == date(2027, 2, 28)
