"""Accounts: list, one account, new staff with a one-time link instead of a default password."""

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.cache import never_cache

from zhiping.identity import operations
from zhiping.identity.models import User
from zhiping.identity.queries import (
    is_same_administrator,
    open_renewal,
    search,
    visible_to,
    with_second_factor,
)
from zhiping.kernel import clock
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Forbidden
from zhiping.organisations.operations import renewing, staffing
from zhiping.organisations.queries import memberships_visible_to
from zhiping.organisations.queries import visible_to as visible_bodies
from zhiping.organisations.states import EMPLOYER_KINDS
from zhiping.portals.operator.accounts.forms import PersonFilterForm, ReasonForm, StaffForm
from zhiping.privacy.masks import mask_id_number, mask_phone
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.OPERATOR)
def people(request: HttpRequest) -> HttpResponse:
    """All accounts; sensitive numbers find a row and are not shown."""
    form = PersonFilterForm(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = with_second_factor(search(visible_to(request.actor), text)).order_by("username")
    shown = Paginator(found, 20).get_page(request.GET.get("page"))
    return form_page(request, "operator/accounts/people.html", {"page": shown, "form": form})


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def account(request: HttpRequest, key: int) -> HttpResponse:
    """One account: its roles; suspend it or take it into use again."""
    user = get_object_or_404(with_second_factor(visible_to(request.actor)), pk=key)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        switch = operations.suspend_account if user.is_active else operations.restore_account
        with form.showing_refusals():
            switch(user=user, reason=form.cleaned_data["reason"], actor=request.actor, now=clock.now())
            messages.success(request, "账号已启用。" if user.is_active else "账号已停用，登录已全部退出。")
            return redirect("operator:accounts:account", key)
    person = user.person
    context = {
        "account": user,
        "document_number": mask_id_number(person.document_number) if person else "",
        "phone": mask_phone(person.phone) if person and person.phone else "",
        "memberships": memberships_visible_to(request.actor).filter(user=user).order_by("-is_active", "pk"),
        "form": form,
    }
    return form_page(request, "operator/accounts/account.html", context)


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
@never_cache
def new_link(request: HttpRequest, key: int) -> HttpResponse:
    """After the person's identity was checked: one administrator asks, another confirms and gets the one-time link."""
    user = get_object_or_404(visible_to(request.actor), pk=key)
    asked = open_renewal(user)
    is_own = asked is not None and is_same_administrator(asked, request.actor)
    if request.method == "POST":
        if asked is None and not user.is_fresh:
            renewing.ask_new_access(user=user, actor=request.actor, now=clock.now())
            messages.success(request, "已提出，并通知了本人。请另一位管理员打开这个账号确认。")
            return redirect("operator:accounts:account", key)
        renewing.give_new_access(user=user, actor=request.actor, now=clock.now())
        return _show_link(request, user)
    context = {"account": user, "asked": asked, "is_own": is_own}
    return render(request, "operator/accounts/new_link.html", context)


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
@never_cache
def new_staff(request: HttpRequest, key: int) -> HttpResponse:
    """Give a person a role in a body; a new account gets a one-time link, a known one keeps its password."""
    organisation = get_object_or_404(visible_bodies(request.actor), pk=key)
    if organisation.kind in EMPLOYER_KINDS:
        raise Forbidden("membership.grant")
    form = StaffForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        now = clock.now()
        with form.showing_refusals():
            user = operations.open_account(
                particulars=form.particulars(),
                username=form.cleaned_data["username"],
                actor=request.actor,
                now=now,
            )
            role = Role(form.cleaned_data["role"])
            staffing.grant_role(user=user, organisation=organisation, role=role, actor=request.actor, now=now)
            if not user.has_usable_password():
                return _show_link(request, user)
            messages.success(request, f"{user.person.name}已有账号“{user.username}”，用原密码登录即可。")
            return redirect("operator:accounts:body", key)
    return form_page(
        request, "operator/accounts/new_staff.html", {"form": form, "organisation": organisation}
    )


def _show_link(request: HttpRequest, user: User) -> HttpResponse:
    """The only time the link is shown; it is not kept anywhere."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("account_first_password", args=[key, default_token_generator.make_token(user)])
    context = {"account": user, "link": request.build_absolute_uri(path)}
    return render(request, "operator/accounts/link.html", context)
