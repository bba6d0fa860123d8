"""The frame of all stand-ins: routes, the page to break one, and each fault as a caller meets it (issue 3)."""

import http.client
import json
import urllib.parse
import urllib.request

import pytest

from sandbox.faults import Fault, Switch
from sandbox.frame import Request, StandIn, json_answer, route
from sandbox.server import Sandbox
from sandbox.shelf import Shelf


class Echo(StandIn):
    name, title, about = "echo", "回声 <替身>", "把话还回来。"

    @route("POST", "/api/say/*")
    def say(self, request: Request):
        self.around.shelf.put("said", request.parts[0], request.json())
        return json_answer({"rows": [1, 2], "said": request.parts[0]})

    @route("GET", "/page", breaks=False)
    def page(self, request: Request):
        return json_answer({"well": True})


@pytest.fixture
def echo(serving):
    return serving([Echo])


def ask(base: str, path: str = "/echo/api/say/hello", body: bytes = b'{"a": 1}', timeout: float = 3):
    with urllib.request.urlopen(urllib.request.Request(base + path, body), timeout=timeout) as answer:
        return json.loads(answer.read())


def turn(base: str, fault: str, **more: str) -> None:
    ask_form = urllib.parse.urlencode({"fault": fault, **more}).encode()
    urllib.request.urlopen(f"{base}/echo/switch", ask_form).read()


def test_a_whole_stand_in_answers(echo):
    assert ask(echo.base) == {"rows": [1, 2], "said": "hello"}


def test_down_does_nothing_and_closes(echo):
    turn(echo.base, "down")

    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        ask(echo.base)

    assert echo.shelves["echo"].get("said", "hello") is None


def test_slow_has_done_the_work_when_the_caller_gives_up(echo):
    turn(echo.base, "slow", seconds="1.5")

    with pytest.raises(TimeoutError):
        ask(echo.base, timeout=0.4)

    assert echo.shelves["echo"].get("said", "hello") == {"a": 1}


def test_half_promises_more_than_it_sends(echo):
    turn(echo.base, "half")

    with pytest.raises(http.client.IncompleteRead):
        ask(echo.base)


def test_wrong_answers_something_else(echo):
    turn(echo.base, "wrong")

    with pytest.raises(ValueError, match="Expecting value"):
        ask(echo.base)


def test_duplicated_and_reordered_twist_the_lists(echo):
    turn(echo.base, "duplicated", times="1")
    assert ask(echo.base)["rows"] == [1, 1, 2, 2]

    turn(echo.base, "reordered", times="1")
    assert ask(echo.base)["rows"] == [2, 1]

    assert ask(echo.base)["rows"] == [1, 2], "after its number of calls it is whole again"


def test_pages_for_people_are_never_broken(echo):
    turn(echo.base, "down")

    assert json.loads(urllib.request.urlopen(f"{echo.base}/echo/page").read()) == {"well": True}
    html = urllib.request.urlopen(f"{echo.base}/echo/").read().decode()
    assert Fault.DOWN.label in html
    assert "回声 &lt;替身&gt;" in html


def test_an_unknown_fault_is_refused(echo):
    with pytest.raises(urllib.error.HTTPError, match="400"):
        turn(echo.base, "on fire")


def test_a_bad_body_is_told_and_the_server_lives(echo, capsys):
    with pytest.raises(urllib.error.HTTPError, match="400"):
        ask(echo.base, body=b"{half")

    assert ask(echo.base)["said"] == "hello"
    assert "JSONDecodeError" in capsys.readouterr().err


def test_the_switch_lasts_as_often_as_it_was_told():
    switch = Switch()
    switch.turn("down", times=2)

    assert [switch.take() for _ in range(3)] == [Fault.DOWN, Fault.DOWN, Fault.NONE]


def test_rows_outlive_the_server(tmp_path):
    shelf = Shelf(tmp_path / "a" / "rows.sqlite3")
    shelf.put("kind", "b", {"n": 1})
    shelf.put("kind", "a", {"n": 2})
    shelf.put("kind", "b", {"n": 3})
    shelf.close()

    assert Shelf(tmp_path / "a" / "rows.sqlite3").all("kind") == [{"n": 3}, {"n": 2}]


def test_the_sandbox_lists_what_it_holds(echo):
    assert "echo" in urllib.request.urlopen(f"{echo.base}/").read().decode()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{echo.base}/other/")
    assert isinstance(echo, Sandbox)
