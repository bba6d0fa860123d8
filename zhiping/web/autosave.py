"""The answers that the script of a self-saving form understands. The same form posts without script as well."""

from datetime import datetime

from django.http import HttpRequest, JsonResponse

from zhiping.kernel import clock


def is_autosave(request: HttpRequest) -> bool:
    """Whether the script saves in passing, so that no page is to be shown."""
    return request.headers.get("X-Autosave") == "1"


def saved(*, at: datetime, version: int) -> JsonResponse:
    """Saved: the time to show and the version that the next save must name."""
    return JsonResponse({"saved": f"{at.astimezone(clock.BEIJING):%H:%M}", "version": version})


def not_saved(sentence: str, *, status: int = 409) -> JsonResponse:
    """Not saved. 409 ends saving in passing (someone else saved a newer version); 422 goes on after a correction."""
    return JsonResponse({"sentence": sentence}, status=status)
