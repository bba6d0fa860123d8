"""The strict test world: a missing template variable, an unexpected warning or a write in a GET fails the test."""

from datetime import datetime

import pytest

from zhiping.kernel.clock import BEIJING


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
