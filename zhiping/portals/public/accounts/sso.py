"""Signing in by the government's account (政务服务网): sent there, sent back, let in as who the token says (R-026, R-027)."""

import json
from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.sign_on import (
    LEGAL,
    PERSON,
    Attempt,
    Identity,
    address_of,
    identity_for,
    is_connected,
    new_attempt,
)
from zhiping.identity.models import User
from zhiping.identity.operations import Particulars, know_by_sign_on
from zhiping.identity.states import IdentityDocument
from zhiping.kernel import clock
from zhiping.kernel.actor import ANONYMOUS, Role
from zhiping.kernel.errors import Refused
from zhiping.organisations.models import Membership, Organisation
from zhiping.organisations.operations import registering, staffing
from zhiping.organisations.states import OrganisationState
from zhiping.portals.public.accounts.unit_form import UnitForm
from zhiping.privacy.fields import decrypt, encrypt
from zhiping.web.acting import MEMBERSHIP_KEY, SIGN_ON_KEY, actor_for, allowed
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page

ATTEMPT_KEY, WHO_KEY = "sign_on_attempt", "sign_on_identity"
FACE = 3  # the real-name level at which a face was compared: who acts for a unit needs it
AWAY = "政务服务网暂时连不上，没有登录。请过几分钟再试，您在平台上的内容没有变化。"
STALE = "这次登录已经失效，没有登录。请回到登录页，重新开始。"


@page(audience=Audience.PUBLIC)
@never_cache
def begin(request: HttpRequest, account: str) -> HttpResponse:
    """Off to the provider; what must come back is kept in the session."""
    if account not in {PERSON, LEGAL} or not is_connected():
        raise Http404
    attempt = new_attempt(account)
    try:
        address = address_of(attempt, back=_back())
    except (Unreachable, Wrong):
        raise Refused(AWAY) from None
    request.session[ATTEMPT_KEY] = asdict(attempt)
    return redirect(address)


@page(audience=Audience.PUBLIC)
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: the code is exchanged once, the identity kept for the next page."""
    kept = request.session.pop(ATTEMPT_KEY, None)
    if kept is None or not constant_time_compare(request.GET.get("state", ""), kept["state"]):
        raise Refused(STALE)
    if "code" not in request.GET:
        messages.warning(request, "您取消了登录。")
        return redirect("account_login")
    try:
        who = identity_for(Attempt(**kept), code=request.GET["code"], back=_back(), now=clock.now())
    except Unreachable:
        raise Refused(AWAY) from None
    except Wrong:
        raise Refused("政务服务网的答复不能采信，没有登录。请重新登录；一再出现请联系平台管理员。") from None
    needed = max(settings.SIGN_ON_LEVEL, FACE) if who.account == LEGAL else settings.SIGN_ON_LEVEL
    if who.level < needed:
        raise Refused(
            f"您的政务服务网账号实名等级是 {who.level} 级，这里需要 {needed} 级。请先在政务服务网完成高级实名认证，再来登录。"
        )
    request.session[WHO_KEY] = encrypt(json.dumps(asdict(who)))
    return redirect("account_sso_enter")


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Show who comes in and let them in; a unit that comes for the first time is registered on the way (R-028)."""
    if WHO_KEY not in request.session and SIGN_ON_KEY in request.session:
        return redirect("public:start")  # a second click
    if WHO_KEY not in request.session:
        raise Refused(STALE)
    who = Identity(**json.loads(decrypt(request.session[WHO_KEY])))
    is_new = who.account == LEGAL and not Organisation.objects.filter(credit_code=who.credit_code).exists()
    form = UnitForm(request.POST if request.method == "POST" else None, who=who) if is_new else None
    context = {"who": who, "form": form, "is_legal": who.account == LEGAL}
    if request.method != "POST":
        return render(request, "public/accounts/sso_enter.html", context)
    if form is not None and not form.is_valid():
        return form_page(request, "public/accounts/sso_enter.html", context)
    user = _account(who)
    membership = _membership(user, who, form) if who.account == LEGAL else None
    logout(request)  # whoever was signed in here before is not in this session
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[SIGN_ON_KEY] = who.credit_code
    request.session[MEMBERSHIP_KEY] = membership.pk if membership else None
    actor = actor_for(user, membership)
    staffing.choose_role(user=user, membership=membership, actor=actor, now=clock.now())
    waits = membership and membership.organisation.state != OrganisationState.AUTHORISED
    return redirect("employer:registration:show" if waits else "public:start")


def _account(who: Identity) -> User:
    given = Particulars(
        name=who.name,
        document_kind=IdentityDocument.RESIDENT,
        document_number=who.number,
        phone=who.phone,
    )
    return know_by_sign_on(particulars=given, actor=ANONYMOUS, now=clock.now())


def _membership(user: User, who: Identity, form: UnitForm | None) -> Membership:
    """The handler's place in the unit: the one that is there, or that of who registers it now."""
    if form is not None:
        own = actor_for(user, None)
        return registering.register_employer(
            particulars=form.particulars(), role=Role.EMPLOYER_CLERK, actor=own, now=clock.now()
        )
    found = allowed({SIGN_ON_KEY: who.credit_code}, user.pk).first()
    if found is None:
        raise Refused(
            f"{who.unit_name}已在平台登记，但{who.name}还不是它的经办人，没有登录。请由单位现有的经办人邀请您，或者用个人账号登录后申请。"
        )
    return found


def _back() -> str:
    return settings.PUBLIC_URL + reverse("account_sso_back")
