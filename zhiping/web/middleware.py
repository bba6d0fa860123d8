"""Who asks, on each request (replaces Django's AuthenticationMiddleware); and the sign on the door."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from zhiping.identity.models import User
from zhiping.kernel.actor import ANONYMOUS, Actor
from zhiping.web import errors
from zhiping.web.acting import account_of
from zhiping.web.idle import has_rested, minutes_for


class MaintenanceMiddleware:
    """Answers 503 to everything while a file called "maintenance" lies in the data folder."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (Path(settings.DATA_DIR) / "maintenance").exists():
            return errors.maintenance(request)
        return self.get_response(request)


class ActorMiddleware:
    """Puts `request.user` and `request.actor` on each request.

    Loads the account only when a page asks for it; static files and health checks cost no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = SimpleLazyObject(lambda: _account_in(request))
        request.user = SimpleLazyObject(lambda: found[0])
        request.actor = SimpleLazyObject(lambda: found[1])
        request.auser = None
        return self.get_response(request)


def _account_in(request: HttpRequest) -> tuple[User | AnonymousUser, Actor]:
    """Who is signed in; nobody any more if the sign-in rested too long (`rested_minutes` tells the page so)."""
    user, actor = account_of(request.session)
    if actor.is_signed_in and has_rested(request.session, actor):
        request.rested_minutes = minutes_for(actor)
        request.session.flush()
        return AnonymousUser(), ANONYMOUS
    return user, actor
