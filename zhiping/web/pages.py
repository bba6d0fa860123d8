"""The page decorator: audience, read-only GET, one transaction per POST, and how a "no" is shown."""

import functools
import itertools
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from zhiping.kernel.actor import AUDITING_ROLES, EMPLOYER_ROLES, Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.web import errors
from zhiping.web.readonly import reading_only


class Audience(Enum):
    """Who a page is for; the roles a visitor must act in to see it at all."""

    PUBLIC = frozenset(Role)
    SIGNED_IN = frozenset(Role) - {Role.ANONYMOUS}
    APPLICANT = frozenset({Role.APPLICANT})
    EMPLOYER = EMPLOYER_ROLES
    AUTHORITY = AUDITING_ROLES
    COMMITTEE = frozenset({Role.COMMITTEE_OFFICE})
    EXPERT = frozenset({Role.COMMITTEE_MEMBER})
    SUPERVISOR = frozenset({Role.SUPERVISOR})
    TRAINING = frozenset({Role.TRAINING_BODY})
    OPERATOR = frozenset({Role.SYSTEM_ADMIN})
    MACHINE = frozenset()  # no person's role: the interface knows its callers by their tokens
    STAFF = frozenset(Role) - {Role.ANONYMOUS, Role.APPLICANT, Role.SYSTEM}


View = Callable[..., HttpResponse]
LARGEST_KEY = 2**63 - 1


def page(*, audience: Audience, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Declare a page: who it is for and which methods it takes.

    GET runs under a guard that refuses writes. POST runs in one transaction, rolled back by Refused or Forbidden.
    A view that shows its form again with what was typed runs the operation inside `form.showing_refusals()`.
    """

    taken = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in taken:
                return HttpResponseNotAllowed(methods)
            if request.actor.role not in audience.value:
                return _turned_away(request)
            refuse_unholdable(request, kwargs)
            response = answered(request, *args, **kwargs)
            if request.actor.is_signed_in and "Cache-Control" not in response:
                response["Cache-Control"] = "no-store"  # what a person saw does not stay in a shared browser
            return response

        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                if request.method == "POST":
                    with transaction.atomic():
                        return view(request, *args, **kwargs)
                with reading_only(connection):
                    return view(request, *args, **kwargs)
            except Forbidden:
                return errors.forbidden(request)
            except Refused as refusal:
                return errors.refused(request, refusal)

        guarded.audience = audience
        guarded.methods = methods
        return guarded

    return decorate


def refuse_unholdable(request: HttpRequest, arguments: Mapping[str, Any]) -> None:
    """What no database column holds never reaches a query.

    404 for a key beyond 64 bits; 400 for NUL, which no keyboard makes, no text has and PostgreSQL does not store.
    """
    if any(isinstance(value, int) and value > LARGEST_KEY for value in arguments.values()):
        raise Http404
    named = (*arguments.values(), *request.FILES)
    posted = (*request.GET.lists(), *request.POST.lists())
    values = itertools.chain(named, *((name, *values) for name, values in posted))
    if any("\0" in value for value in values if isinstance(value, str)):
        raise BadRequest("NUL in a value")


def _turned_away(request: HttpRequest) -> HttpResponse:
    if hasattr(request, "rested_minutes"):
        return errors.rested(request, request.rested_minutes)
    if not request.actor.is_signed_in:
        return redirect_to_login(request.get_full_path())
    return errors.forbidden(request)
