"""How long to wait before an event is sent again. Pure."""

from datetime import timedelta

_MINUTES = (1, 5, 30, 120, 360, 720, 1440)


def wait_after(attempts: int) -> timedelta | None:
    """The pause after that many failures in a row; None when it is time to give up and leave it to a person.

    >>> wait_after(1), wait_after(7), wait_after(8)
    (datetime.timedelta(seconds=60), datetime.timedelta(days=1), None)
    """
    return timedelta(minutes=_MINUTES[attempts - 1]) if attempts <= len(_MINUTES) else None
