"""Contract of the credit protocol: our client against the stand-in, whole and in each way broken (R-343, R-377)."""

import pytest
from django.core.cache import cache

from zhiping.gateways.credit import PUBLISH, WITHDRAW, HttpCreditGateway
from zhiping.gateways.http import Unreachable, Wrong

KEY = "shared-credit-key-for-tests"
CONTENT = {
    "subject": {"kind": "person", "name": "申报人甲", "code": "330106198506010011"},
    "what": "提供虚假材料",
    "basis": "浙人社发〔2020〕47号",
    "document": "示范人社监〔2026〕1号",
    "from": "2026-03-02",
    "to": "2029-03-01",
    "body": "示范区人力社保局",
}


@pytest.fixture
def stand_in(sandbox):
    cache.clear()
    yield sandbox.stand_ins["credit"]
    cache.clear()


@pytest.fixture
def gateway(sandbox, stand_in):
    return HttpCreditGateway(f"{sandbox.base}/credit", KEY, seconds=1)


def test_the_same_push_has_one_receipt(gateway, stand_in):
    first, again = gateway.push("7", PUBLISH, CONTENT), gateway.push("7", PUBLISH, CONTENT)

    assert first == again
    assert len(stand_in.around.shelf.all("record")) == 1
    assert gateway.push("7", WITHDRAW, CONTENT) != first


def test_other_content_under_the_same_number_is_refused(gateway):
    gateway.push("7", PUBLISH, CONTENT)

    with pytest.raises(Wrong):
        gateway.push("7", PUBLISH, {**CONTENT, "to": "2030-03-01"})


def test_a_stranger_is_refused_and_not_believed(sandbox, stand_in):
    stranger = HttpCreditGateway(f"{sandbox.base}/credit", "another key", seconds=1)

    with pytest.raises(Wrong):
        stranger.push("7", PUBLISH, CONTENT)
    assert stand_in.around.shelf.all("record") == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [("down", Unreachable), ("slow", Unreachable), ("wrong", Wrong), ("half", Unreachable)],
)
def test_a_broken_platform_gives_no_receipt_and_the_next_push_makes_it_good(gateway, stand_in, fault, error):
    stand_in.switch.turn(fault, times=1, seconds=3)

    with pytest.raises(error):
        gateway.push("7", PUBLISH, CONTENT)
    assert gateway.push("7", PUBLISH, CONTENT).number
    assert len(stand_in.around.shelf.all("record")) == 1


@pytest.mark.parametrize("fault", ["duplicated", "reordered"])
def test_faults_of_lists_change_nothing_here(gateway, stand_in, fault):
    stand_in.switch.turn(fault, times=1)

    assert gateway.push("7", PUBLISH, CONTENT).number
