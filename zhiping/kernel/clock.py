"""The one clock. In the demo its day can be moved; nowhere else (R-393)."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from zhiping.kernel.errors import Forbidden

BEIJING = ZoneInfo("Asia/Shanghai")
DEMO_START = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)  # a working Monday; the demo's story begins here


def now() -> datetime:
    """The platform's moment, aware, in UTC."""
    moment = datetime.now(UTC)
    return moment + demo_offset() if settings.DEMO else moment


def today() -> date:
    """The platform's day in Beijing."""
    return beijing_day(now())


def beijing_day(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


def start_of(day: date) -> datetime:
    """00:00 of the day in Beijing."""
    return datetime.combine(day, time.min, BEIJING)


def end_of(day: date) -> datetime:
    """24:00 of the day in Beijing: the first moment that is too late (C-39)."""
    return start_of(day + timedelta(days=1))


def years_later(day: date, years: int) -> date:
    """The same day `years` later (29 February becomes 28 February)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def demo_offset() -> timedelta:
    """How far the demo's clock stands from the machine's; shared by all processes through one small file."""
    try:
        return timedelta(seconds=float(_offset_file().read_text()))
    except FileNotFoundError:
        return timedelta(0)


def set_demo_time(moment: datetime) -> None:
    """Move the demo's clock to `moment`. Forbidden outside the demo."""
    if not settings.DEMO:
        raise Forbidden("the clock moves only in the demo")
    offset = (moment - datetime.now(UTC)).total_seconds()
    target = _offset_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(repr(offset))
    part.replace(target)  # readers see the old or the new offset, never half a number


def _offset_file() -> Path:
    return Path(settings.DATA_DIR) / "demo-clock"


def machine_seconds() -> float:
    """Seconds since 1970 by the machine itself, for what bears its time: ages of files, sign-ins left alone.

    The demo's clock does not move it: it must not make a file old or end anybody's work.
    """
    return datetime.now(UTC).timestamp()
