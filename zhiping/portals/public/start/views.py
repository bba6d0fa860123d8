"""Choosing the acting role; every choice is logged."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from zhiping.identity.queries import has_second_factor
from zhiping.kernel import clock
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor
from zhiping.kernel.errors import Refused
from zhiping.organisations.models import Membership
from zhiping.organisations.operations import staffing
from zhiping.organisations.queries import open_requests
from zhiping.organisations.states import OrganisationState
from zhiping.web.acting import MEMBERSHIP_KEY, SIGN_ON_KEY, actor_for, allowed
from zhiping.web.navigation import entries_for
from zhiping.web.numbers import whole_number
from zhiping.web.pages import Audience, page


@page(audience=Audience.SIGNED_IN)
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """The identities of the account; who has only one goes on at once."""
    choices = list(allowed(request.session, request.user.pk))
    requests = list(open_requests(request.actor).filter(user=request.user))
    if not choices and not requests:
        return redirect(_landing(request.actor))
    context = {
        "choices": choices,
        "chosen": request.session.get(MEMBERSHIP_KEY),
        "requests": requests,
        "needs_second_factor": _needs_second_factor(request),
        "is_legal": bool(request.session.get(SIGN_ON_KEY)),
    }
    return render(request, "public/start/choose.html", context)


@page(audience=Audience.SIGNED_IN, methods=("POST",))
def choose(request: HttpRequest) -> HttpResponse:
    """Go on as the person themselves or by one membership; staff only with a second factor, but for the demo."""
    key = request.POST.get("membership", "")
    choices = allowed(request.session, request.user.pk)
    membership = get_object_or_404(choices, pk=whole_number(key) or 0) if key else None
    if membership is None and request.session.get(SIGN_ON_KEY):
        raise Refused("法人账号只能办理本单位的业务。要办个人的事，请退出后用个人账号登录。")
    if membership and _needs_second_factor(request):
        messages.warning(request, "工作人员身份要先启用两步验证。启用后请再选择身份。")
        return redirect("mfa_activate_totp")
    actor = actor_for(request.user, membership)
    staffing.choose_role(user=request.user, membership=membership, actor=actor, now=clock.now())
    request.session.cycle_key()
    request.session[MEMBERSHIP_KEY] = membership.pk if membership else None
    return redirect(_landing(actor, membership))


@page(audience=Audience.SIGNED_IN, methods=("POST",))
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Accept or decline an invitation, or take back one's own wish."""
    asked = get_object_or_404(open_requests(request.actor).filter(user=request.user), pk=key)
    accept = request.POST.get("answer") == "yes"
    staffing.answer_request(request=asked, accept=accept, actor=request.actor, now=clock.now())
    messages.success(request, "已同意，可以选择这个身份了。" if accept else "已处理，对方不会再等您答复。")
    return redirect("public:start")


def _needs_second_factor(request: HttpRequest) -> bool:
    """Not in the demo, and not by a legal account, which the provider let in by the holder's face."""
    if settings.DEMO or request.session.get(SIGN_ON_KEY):
        return False
    return not has_second_factor(request.user)


def _landing(actor: Actor, membership: Membership | None = None) -> str:
    """The first page of the role's navigation; an employer that is not authorised yet has its letter to see to."""
    waits = membership and membership.organisation.state != OrganisationState.AUTHORISED
    if waits and actor.role in EMPLOYER_ROLES:
        return reverse("employer:registration:show")
    entries = entries_for(actor, "")
    return entries[0].url if entries else "/accounts/me/"
