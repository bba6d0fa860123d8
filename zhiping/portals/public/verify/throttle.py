"""Slows down whoever tries many numbers: at most 30 lookups in 10 minutes from one network address."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from zhiping.kernel import clock
from zhiping.kernel.errors import Refused

MOST, SECONDS = 30, 600


def slow_down(request: HttpRequest) -> None:
    """Count the lookup; past the limit say when to come back.

    The visitor's address, not the proxy's, or all visitors would share one limit; kept only as a digest. Counted by
    fixed spans of ten minutes, so that a refused lookup does not make the wait longer.
    """
    address = get_adapter(request).get_client_ip(request)
    span = int(clock.now().timestamp()) // SECONDS
    key = f"verify:{span}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    used = cache.get(key, 0) + 1
    cache.set(key, used, SECONDS)
    if used > MOST:
        raise Refused("查询太频繁。为防止批量查询，请 10 分钟后再试。")
