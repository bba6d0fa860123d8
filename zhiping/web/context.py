"""What every page frame shows: who acts, the platform's day, and the demo bar."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zhiping.kernel import clock


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of the frame; costs no query beyond the acting identity."""
    return {"actor": getattr(request, "actor", None), "demo": settings.DEMO, "platform_now": clock.now()}
