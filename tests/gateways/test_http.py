"""The time limit, half answers and the breaker of every call to another computer (issue 3, "Bad input and faults")."""

import time

import pytest
from django.core.cache import cache

from sandbox.frame import Request, StandIn, json_answer, route
from zhiping.gateways.http import FAILURES, Unreachable, call, is_resting


class Plain(StandIn):
    name, title, about = "plain", "应答", "只应答。"

    @route("GET", "/api/well")
    def well(self, request: Request):
        return json_answer({"well": True, "padding": "x" * 5000})


@pytest.fixture
def plain(serving):
    cache.clear()
    yield serving([Plain])
    cache.clear()


def test_a_whole_answer_is_read_to_its_end(plain):
    answer = call("GET", f"{plain.base}/plain/api/well")

    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert len(answer.body) > 5000


@pytest.mark.parametrize("fault", ["down", "half"])
def test_no_answer_and_half_an_answer_are_unreachable(plain, fault):
    plain.stand_ins["plain"].switch.turn(fault)

    with pytest.raises(Unreachable):
        call("GET", f"{plain.base}/plain/api/well")


def test_a_slow_answer_is_given_up_in_time(plain):
    plain.stand_ins["plain"].switch.turn("slow", seconds=3)
    began = time.monotonic()

    with pytest.raises(Unreachable):
        call("GET", f"{plain.base}/plain/api/well", seconds=0.5)

    assert time.monotonic() - began < 1.5


def test_a_system_that_fails_is_left_alone_and_asked_again_later(plain):
    url = f"{plain.base}/plain/api/well"
    plain.stand_ins["plain"].switch.turn("down", times=FAILURES)
    for _ in range(FAILURES):
        with pytest.raises(Unreachable):
            call("GET", url)

    with pytest.raises(Unreachable, match="left alone"):
        call("GET", url)

    assert is_resting(url)
    cache.clear()  # half a minute later
    assert call("GET", url).status == 200
    assert not is_resting(url)
