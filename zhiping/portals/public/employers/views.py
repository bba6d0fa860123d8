"""Registering an employer and joining one; the blank authorisation letter."""

from datetime import datetime
from functools import cache

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhiping.documents.authorisation_letter import AuthorisationLetter
from zhiping.documents.printing import render as print_form
from zhiping.kernel import clock
from zhiping.kernel.actor import Role
from zhiping.kernel.clock import BEIJING
from zhiping.organisations.operations import registering, staffing
from zhiping.portals.public.employers.forms import EmployerForm, JoinForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page

BLANK_SINCE = datetime(2026, 1, 1, tzinfo=BEIJING)


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def register(request: HttpRequest) -> HttpResponse:
    """Register one's employer and act for it from now on."""
    form = EmployerForm(request.POST or None)
    if form.is_valid():
        with form.showing_refusals():
            membership = registering.register_employer(
                particulars=form.particulars(),
                role=Role(form.cleaned_data["role"]),
                actor=request.actor,
                now=clock.now(),
            )
            name = membership.organisation.name
            messages.success(
                request, f"{name}已登记。请进入“{membership.get_role_display()}”身份，上传授权委托证明。"
            )
            return redirect("public:start")
    return form_page(request, "public/employers/register.html", {"form": form})


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def join(request: HttpRequest) -> HttpResponse:
    """Ask to act for an employer that is registered already."""
    form = JoinForm(request.POST or None)
    if form.is_valid():
        with form.showing_refusals():
            asked = staffing.ask_to_join(
                credit_code=form.cleaned_data["credit_code"],
                role=Role(form.cleaned_data["role"]),
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"已向{asked.organisation.name}提出申请，由它现有的经办人确认。")
            return redirect("public:start")
    return form_page(request, "public/employers/join.html", {"form": form})


@page(audience=Audience.SIGNED_IN)
def letter(request: HttpRequest) -> HttpResponse:
    """The blank 授权委托证明, to be filled in by pen and sealed; the same file for everybody."""
    response = HttpResponse(_blank_letter(), content_type="application/pdf")
    response["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E6%8E%88%E6%9D%83%E5%A7%94%E6%89%98%E8%AF%81%E6%98%8E.pdf"
    )
    return response


@cache
def _blank_letter() -> bytes:
    """Printed once in the life of a process."""
    blank = AuthorisationLetter(
        title="授权委托证明",
        platform="职评（专业技术职称申报与评审服务平台）",
        scope="负责本单位人员业绩档案和职称申报材料的审核、公示与报送。",
    )
    return print_form(AuthorisationLetter.template, blank, created=BLANK_SINCE)
