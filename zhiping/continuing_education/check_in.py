"""The code on the wall of a class: it changes every minute, so that a picture sent to somebody at home is soon dead."""

import hashlib
import hmac
from datetime import datetime, timedelta

STEP = timedelta(seconds=60)
STEPS_GOOD = 3  # time to scan, sign in and press
EARLY = timedelta(minutes=30)
LENGTH = 12


def code_at(secret: str, session: int, now: datetime) -> str:
    """The code that hangs on the wall at this moment.

    >>> first = code_at("s", 7, datetime.fromisoformat("2026-03-02T09:00:00+08:00"))
    >>> first == code_at("s", 7, datetime.fromisoformat("2026-03-02T09:00:59+08:00"))
    True
    """
    return _code(secret, session, int(now.timestamp() // STEP.total_seconds()))


def is_good(code: str, secret: str, session: int, now: datetime) -> bool:
    """Whether a code was on the wall within the last minutes."""
    step = int(now.timestamp() // STEP.total_seconds())
    good = [_code(secret, session, step - back) for back in range(STEPS_GOOD)]
    return any(hmac.compare_digest(code.encode(), each.encode()) for each in good)


def is_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """One checks in from half an hour before the beginning until the end."""
    return starts_at - EARLY <= now <= ends_at


def _code(secret: str, session: int, step: int) -> str:
    return hmac.new(secret.encode(), f"{session}:{step}".encode(), hashlib.sha256).hexdigest()[:LENGTH]
