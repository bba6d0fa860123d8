"""What every page frame shows: who acts, the navigation, the platform's day, and the demo bar."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zhiping.kernel import clock
from zhiping.web.navigation import entries_for


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of the frame; costs no query beyond the acting identity."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "demo": settings.DEMO,
        "login_url": settings.LOGIN_URL,
        "navigation": entries_for(actor, request.path),
        "platform_now": clock.now(),
        "start_url": settings.LOGIN_REDIRECT_URL,
    }
