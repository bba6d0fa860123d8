"""One-click sign-in of the demo: every login by role, with what it is for."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from zhiping.auditlog.recording import record
from zhiping.identity.models import User
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Membership
from zhiping.portals.demo.only_in_demo import only_in_demo
from zhiping.portals.demo.story import PURPOSES
from zhiping.web.acting import MEMBERSHIP_KEY, actor_for
from zhiping.web.navigation import entries_for
from zhiping.web.numbers import whole_number
from zhiping.web.pages import Audience, page

PREFIX = "demo-"


@dataclass(frozen=True, slots=True)
class Login:
    """One button: an account, and the membership it acts by."""

    user: User
    membership: Membership | None

    @property
    def name(self) -> str:
        return self.user.person.name if self.user.person else self.user.username

    @property
    def role(self) -> Role:
        return Role(self.membership.role) if self.membership else Role.APPLICANT

    @property
    def purpose(self) -> str:
        return PURPOSES[self.role]


def all_logins() -> list[Login]:
    """Every login of the demo in the order of the roles; two queries."""
    active = Membership.objects.filter(is_active=True).select_related("organisation")
    users = User.objects.filter(username__startswith=PREFIX, is_active=True).select_related("person")
    found = [
        Login(user, membership)
        for user in users.order_by("username").prefetch_related(Prefetch("memberships", active, "active"))
        for membership in user.active or [None]
    ]
    order = list(Role)
    return sorted(found, key=lambda each: order.index(each.role))


@page(audience=Audience.PUBLIC)
@only_in_demo
def logins(request: HttpRequest) -> HttpResponse:
    """The list of logins, a table for each role."""
    by_role: dict[Role, list[Login]] = {}
    for each in all_logins():
        by_role.setdefault(each.role, []).append(each)
    return render(request, "demo/logins.html", {"by_role": list(by_role.items())})


@page(audience=Audience.PUBLIC, methods=("POST",))
@only_in_demo
def sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as the demo account, acting by the membership that was pressed; logged like any sign-in."""
    user = get_object_or_404(User, username=username, username__startswith=PREFIX, is_active=True)
    key = whole_number(request.POST.get("membership"))
    related = user.memberships.select_related("organisation").filter(is_active=True)
    membership = get_object_or_404(related, pk=key) if key is not None else None
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[MEMBERSHIP_KEY] = membership.pk if membership else None
    actor = actor_for(user, membership)
    record("user.demo_sign_in", actor=actor, now=clock.now(), subject=user)
    return redirect(_destination(request, actor))


def _destination(request: HttpRequest, actor: Actor) -> str:
    """The page of the tour's chapter, or the first page of the role."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, None):
        return wanted
    entries = entries_for(actor, "")
    return entries[0].url if entries else "/"
