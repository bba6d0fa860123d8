"""The one clock and its demo offset (R-393)."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from zhiping.kernel import clock
from zhiping.kernel.errors import Forbidden

ROOT = Path(__file__).resolve().parents[2] / "zhiping"


def test_a_window_closes_at_24_of_the_day_in_beijing():
    assert clock.end_of(date(2022, 4, 10)) == datetime(2022, 4, 10, 16, 0, tzinfo=UTC)


def test_a_beijing_day_begins_before_the_utc_day():
    assert clock.beijing_day(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)


def test_the_demo_clock_moves_and_keeps_ticking(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    target = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)

    clock.set_demo_time(target)

    assert timedelta(0) <= clock.now() - target < timedelta(seconds=5)


def test_outside_the_demo_the_clock_cannot_be_moved_and_an_old_offset_is_ignored(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    clock.set_demo_time(datetime(2020, 1, 1, tzinfo=UTC))
    settings.DEMO = False

    assert clock.now().year >= 2026
    with pytest.raises(Forbidden):
        clock.set_demo_time(datetime(2020, 1, 1, tzinfo=UTC))


def test_nobody_else_asks_the_machine_for_the_time():
    """Leases and job back-off are machine time on purpose; everything else goes through the clock."""
    allowed = {"kernel/clock.py", "jobs/queue.py"}
    asks = re.compile(r"datetime\.now\(|timezone\.now\(|date\.today\(|datetime\.utcnow\(|time\.time\(")
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts and asks.search(path.read_text())
    ]

    assert sorted(set(found) - allowed) == []
