"""Registering, one's own particulars, setting a password by a one-time link."""

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from zhiping.identity import operations
from zhiping.identity.models import Person, User
from zhiping.identity.queries import has_second_factor
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.portals.public.accounts.forms import PhoneForm, RegistrationForm, TwicePassword
from zhiping.privacy.masks import mask_id_number, mask_phone
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
@sensitive_post_parameters()
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """A person opens an account and is signed in."""
    if request.actor.is_signed_in:
        return redirect("public:start")
    if not settings.LOCAL_SIGN_IN:
        raise Refused("这里不再注册账号。个人和单位请在登录页用政务服务网账号登录，第一次登录自动开通。")
    form = RegistrationForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="signup"):
            raise Refused("这个网络地址上的注册太频繁。请等 1 分钟再试。")
        with form.showing_refusals():
            user = operations.register_person(
                particulars=form.particulars(),
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                actor=request.actor,
                now=clock.now(),
            )
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, f"注册成功，{user.person.name}已登录。")
            return redirect("account_me")
    return form_page(request, "public/accounts/register.html", {"form": form})


@page(audience=Audience.SIGNED_IN)
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """What the platform holds about the account, with sensitive numbers masked."""
    person = Person.objects.filter(pk=request.user.person_id).first()
    context = {
        "person": person,
        "document_number": mask_id_number(person.document_number) if person else "",
        "phone": mask_phone(person.phone) if person and person.phone else "",
        "is_protected": has_second_factor(request.user),
    }
    return render(request, "public/accounts/me.html", context)


@page(audience=Audience.SIGNED_IN, methods=("GET", "POST"))
@sensitive_post_parameters("password")
def phone(request: HttpRequest) -> HttpResponse:
    """Another mobile number, confirmed by the password."""
    form = PhoneForm(request.POST or None)
    person = request.user.person
    if form.is_valid() and person:
        try:
            if not ratelimit.consume(request, action="change_password", user=request.user):
                raise Refused("修改太频繁，请等 1 分钟再试。")
            if not request.user.check_password(form.cleaned_data["password"]):
                raise Refused("密码不对，请重新输入。", field="password")
            operations.change_phone(
                person=person, phone=form.cleaned_data["phone"], actor=request.actor, now=clock.now()
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "手机号已修改，以后的通知发到新号码。")
            return redirect("account_me")
    return form_page(request, "public/accounts/phone.html", {"form": form})


@page(audience=Audience.PUBLIC, methods=("GET", "POST"))
@sensitive_post_parameters()
@never_cache
def first_password(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The holder of a one-time link sets the password; a spent or old link says so."""
    user = _holder(key)
    if user is None or not default_token_generator.check_token(user, token):
        raise Refused("这个链接已用过或已过期。请联系平台管理员，领取新的设置密码链接。")
    form = TwicePassword(request.POST or None)
    if form.is_valid():
        operations.set_first_password(user=user, password=form.cleaned_data["password"], now=clock.now())
        messages.success(request, "密码已设置，请用它登录。")
        return redirect("account_login")
    return form_page(request, "public/accounts/first_password.html", {"form": form, "account": user})


@page(audience=Audience.SIGNED_IN)
@never_cache
@reauthentication_required(app="allauth.mfa")
def codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes that are left, after the person has proved once more who they are."""
    kept = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES)
    return render(request, "public/accounts/codes.html", {"codes": kept.wrap().get_unused_codes()})


@page(audience=Audience.SIGNED_IN)
def no_password(request: HttpRequest) -> HttpResponse:
    """Where allauth sends an account that has no password to change: a login of the demo."""
    raise Refused(
        "这个账号没有密码，不用修改。演示账号在“演示账号”页一键登录；其他账号请联系平台管理员领取设置密码链接。"
    )


@page(audience=Audience.SIGNED_IN)
def to_me(request: HttpRequest) -> HttpResponse:
    """Where allauth's own overview pages would be."""
    return redirect("account_me")


def _holder(key: str) -> User | None:
    try:
        number = int(urlsafe_base64_decode(key))
    except ValueError:
        return None
    return User.objects.select_related("person").filter(pk=number, is_active=True).first()
