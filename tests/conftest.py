"""The strict test world: a missing template variable, an unexpected warning or a write in a GET fails the test."""

import threading
from datetime import datetime

import pytest

from sandbox.server import Sandbox
from sandbox.stand_ins import STAND_INS
from zhiping.kernel.clock import BEIJING


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database as migrated; tests with threads empty it and put back what migrations wrote."""
    from tests import threads  # models can be imported only now

    with django_db_blocker.unblock():
        threads.remember_migrated()


@pytest.fixture
def now() -> datetime:
    """A working Monday morning in Beijing on which stories begin."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)


@pytest.fixture
def at(monkeypatch):
    """Set the platform's clock: `at(moment)`."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("zhiping.kernel.clock.now", lambda: moment)

    return set_clock


@pytest.fixture
def serving():
    """Start stand-ins on a free port: `serving([Diplomas], clock=…)`; stopped after the test."""
    running = []

    def start(kinds, **given) -> Sandbox:
        server = Sandbox(kinds, **given)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        running.append((server, thread))
        return server

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def sandbox(serving) -> Sandbox:
    """All stand-ins on a free port, whole and empty."""
    return serving(STAND_INS)
