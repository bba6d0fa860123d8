"""Contract of the registers: our client against each stand-in, whole and in each way broken (R-369…R-371)."""

import pytest
from django.core.cache import cache

from sandbox.registers.stand_ins import REGISTERS
from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.records import HttpRecordGateway, connected, record_gateway

KEY = "shared-records-key-for-tests"
NUMBER = "330106198506010011"
ASKED = {"name": "申报人甲", "number": NUMBER}
NAMES = [each.name for each in REGISTERS]


@pytest.fixture(params=NAMES)
def stand_in(request, sandbox):
    """A register that knows two rows of the person and one of somebody else."""
    cache.clear()
    found = sandbox.stand_ins[request.param]
    found.put(NUMBER, "申报人甲", [found.example, {**found.example, "id": "second"}])
    found.put("330106198506010028", "申报人乙", [{**found.example, "id": "not mine"}])
    yield found
    cache.clear()


@pytest.fixture
def gateway(stand_in):
    return HttpRecordGateway(stand_in.base, KEY, seconds=1)


def keys(found):
    return {row["id"] for row in found.rows}


def test_a_person_gets_the_own_rows_and_nobody_elses(gateway, stand_in):
    found = gateway.look_up(**ASKED)

    assert keys(found) == {stand_in.example["id"], "second"}
    assert (found.missing, found.name_agrees) == ((), True)


def test_an_unknown_number_has_no_rows(gateway):
    assert gateway.look_up(name="申报人丙", number="330106198506010036").rows == ()


def test_a_name_that_does_not_belong_to_the_number_gives_nothing(gateway):
    found = gateway.look_up(name="申报人乙", number=NUMBER)

    assert (found.rows, found.name_agrees) == ((), False)


def test_what_a_register_could_not_look_into_is_named(gateway, stand_in):
    stand_in.put(NUMBER, "申报人甲", [stand_in.example], ["省外参保"])

    assert gateway.look_up(**ASKED).missing == ("省外参保",)


def test_a_stranger_is_refused_and_not_believed(stand_in):
    with pytest.raises(Wrong):
        HttpRecordGateway(stand_in.base, "another key", seconds=1).look_up(**ASKED)


@pytest.mark.parametrize(
    ("fault", "error"),
    [("down", Unreachable), ("slow", Unreachable), ("wrong", Wrong), ("half", Unreachable)],
)
def test_a_broken_register_says_nothing_and_the_next_question_is_answered(gateway, stand_in, fault, error):
    """R-369: UNAVAILABLE is not NOT_FOUND."""
    stand_in.switch.turn(fault, times=1, seconds=3)

    with pytest.raises(error):
        gateway.look_up(**ASKED)
    assert len(gateway.look_up(**ASKED).rows) == 2


@pytest.mark.parametrize("fault", ["duplicated", "reordered"])
def test_doubled_and_reversed_lists_say_the_same(gateway, stand_in, fault):
    whole = gateway.look_up(**ASKED)
    stand_in.switch.turn(fault, times=1)

    assert gateway.look_up(**ASKED) == whole


def test_two_different_rows_under_one_id_are_not_believed(gateway, stand_in):
    stand_in.put(NUMBER, "申报人甲", [stand_in.example, {**stand_in.example, "proof": "another"}])

    with pytest.raises(Wrong):
        gateway.look_up(**ASKED)


def test_only_what_the_settings_name_is_connected(settings):
    settings.RECORD_URLS = {"education": "http://127.0.0.1:1/education", "patents": ""}

    assert connected() == ("education",)
    assert record_gateway("education") is not None
    assert record_gateway("patents") is record_gateway("elsewhere") is None


@pytest.mark.parametrize("name", NAMES)
def test_the_page_takes_in_a_person_and_shows_them(sandbox, name):
    """Each stand-in has a page to look into it (issue 3, "Done when")."""
    from urllib.parse import urlencode
    from urllib.request import urlopen

    body = urlencode(
        {"number": NUMBER, "name": "申报人甲", "rows": '[{"id": "typed-in"}]', "missing": "省外"}
    )
    with urlopen(f"{sandbox.base}/{name}/add", body.encode()) as page:
        shown = page.read().decode()
    assert NUMBER in shown
    assert "typed-in" in shown
    assert HttpRecordGateway(f"{sandbox.base}/{name}", KEY).look_up(**ASKED).missing == ("省外",)


def test_the_people_of_the_demo_are_known_by_name_and_day_of_birth(sandbox):
    """R-370: months by employer, in and out of the province, to the last month that is over."""
    cache.clear()
    number = "339900198403050018"
    insurance = HttpRecordGateway(f"{sandbox.base}/insurance", KEY)
    outside, inside = insurance.look_up(name="申报人乙", number=number).rows

    assert (outside["in_province"], len(outside["months"])) == (False, 60)
    assert inside["months"][0] == "2008-07"
    assert insurance.look_up(name="申报人甲", number=number).rows == ()
    assert insurance.look_up(name="申报人己", number=number).missing == ("2009 年 3 月以前的省外参保记录",)
