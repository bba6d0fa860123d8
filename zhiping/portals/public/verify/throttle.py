"""Slows down whoever tries many numbers: at most 30 lookups in 10 minutes from one network address."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from zhiping.kernel.errors import Refused

MOST, SECONDS = 30, 600


def slow_down(request: HttpRequest) -> None:
    """Count the lookup; past the limit say when to come back. The address is kept only as a digest."""
    address = get_adapter().get_client_ip(request)  # behind a proxy the visitor's, not the proxy's
    key = "verify:" + hashlib.sha256(address.encode()).hexdigest()[:32]
    cache.add(key, 0, SECONDS)
    try:
        used = cache.incr(key)
    except ValueError:  # the counter ran out between the two calls
        return
    if used > MOST:
        raise Refused("查询太频繁。为防止批量查询，请 10 分钟后再试。")
