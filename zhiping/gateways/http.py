"""One call to another computer with a limit on the whole of it, and a breaker that spares a system that is down.

No redirects are followed and no proxy is asked: the address comes from the settings and from nowhere else.
"""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.cache import cache

PAGE_SECONDS = 5.0  # as long as a person waits for a page that says it is asking
JOB_SECONDS = 20.0  # as long as a job waits
LARGEST = 20 * 1024 * 1024
FAILURES = 3  # in a row, then the breaker opens
OPEN_SECONDS = 30


class Unreachable(Exception):
    """No answer, half an answer, or none in time: what happened on the other side is not known."""


class Wrong(Exception):
    """An answer came that must not be believed."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The whole answer; names of headers are in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def call(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float = JOB_SECONDS,
) -> HttpAnswer:
    """Send and read to the end within `seconds`, counted from the first moment; or Unreachable.

    After three failures in a row the system is left alone for half a minute: who asks meanwhile is told at once.
    """
    parts = urlsplit(url)
    breaker = f"gateway-{parts.netloc}-{parts.path.split('/')[1:2]}"
    if (cache.get(breaker) or 0) >= FAILURES:
        raise Unreachable("left alone for a moment after failing")
    try:
        answer = _exchange(method, url, body, headers or {}, time.monotonic() + seconds)
    except (OSError, http.client.HTTPException) as error:
        cache.set(breaker, (cache.get(breaker) or 0) + 1, OPEN_SECONDS)
        raise Unreachable(repr(error)) from error
    if cache.get(breaker):
        cache.delete(breaker)
    return answer


def is_resting(url: str) -> bool:
    """Whether the breaker of this system is open."""
    parts = urlsplit(url)
    return (cache.get(f"gateway-{parts.netloc}-{parts.path.split('/')[1:2]}") or 0) >= FAILURES


def _exchange(method: str, url: str, body: bytes, headers: Mapping[str, str], until: float) -> HttpAnswer:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    there = kind(parts.hostname or "", parts.port, timeout=_left(until))
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        there.request(method, path, body or None, dict(headers))
        _hurry(there, until)
        answer = there.getresponse()
        taken = bytearray()
        while True:
            _hurry(there, until)
            piece = answer.read1(65536)
            if not piece:
                break
            taken += piece
            if len(taken) > LARGEST:
                raise http.client.HTTPException("more than the largest answer")
        promised = answer.getheader("Content-Length")
        if promised is not None and promised.isdigit() and int(promised) != len(taken):
            raise http.client.IncompleteRead(bytes(taken))
        return HttpAnswer(answer.status, bytes(taken), {k.lower(): v for k, v in answer.getheaders()})
    finally:
        there.close()


def _hurry(there: http.client.HTTPConnection, until: float) -> None:
    if there.sock is not None:
        there.sock.settimeout(_left(until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the whole call is over")
    return left
