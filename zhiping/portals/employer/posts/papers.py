"""岗位信息表 of the institution, and appointing those who hold a certificate."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.certificates.operations import appoint_holder
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.portals.employer.posts.forms import AppointForm, FillForm
from zhiping.posts.operations import fill_form
from zhiping.posts.queries import forms_visible_to, reservations_visible_to, visible_to
from zhiping.web.pages import Audience, page
from zhiping.web.sheets_out import SHEET_TYPES


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Fill the year's form from ledger and competitions and send it up."""
    ledger = get_object_or_404(visible_to(request.actor))
    now = clock.now()
    form = FillForm(request.POST or None, initial={"year": clock.beijing_day(now).year})
    if form.is_valid():
        with form.showing_refusals():
            made = fill_form(ledger=ledger, actor=request.actor, now=now, **form.cleaned_data)
            messages.success(request, f"岗位信息表 {made.code} 已填好并送出。")
            return redirect("employer:posts:form", made.pk)
    context = {
        "form": form,
        "title": "填岗位信息表",
        "lead": "数字来自岗位台账，名单来自今年全部竞聘结果，不用再填。",
        "act": "填表并送岗位管理部门签章",
    }
    return render(request, "employer/posts/form.html", context, status=422 if form.errors else 200)


@page(audience=Audience.EMPLOYER)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One form: where it stands, what it says, its files."""
    form = get_object_or_404(forms_visible_to(request.actor), pk=key)
    context = {"form": form, "content": json.loads(form.content)}
    return render(request, "employer/posts/paper.html", context)


@page(audience=Audience.EMPLOYER)
def sheet(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    """The form as PDF or Excel, as made by the queue."""
    form = get_object_or_404(forms_visible_to(request.actor), pk=key)
    if kind not in SHEET_TYPES or not getattr(form, kind):
        raise Http404
    name = f"{form.code}.{kind}"
    return made_file(getattr(form, kind), name=name, media_type=SHEET_TYPES[kind], as_attachment=True)


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def appoint(request: HttpRequest, key: int) -> HttpResponse:
    """聘任: from the promised seat to a filled post, once the certificate is there."""
    seat = get_object_or_404(reservations_visible_to(request.actor), pk=key)
    today = clock.beijing_day(clock.now())
    form = AppointForm(request.POST or None, initial={"version": seat.version, "appointed_on": today})
    if form.is_valid():
        with form.showing_refusals():
            appoint_holder(reservation=seat, actor=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"已聘任{seat.person.name}，岗位台账已更新。")
            return redirect("employer:posts:index")
    context = {
        "form": form,
        "title": f"聘任{seat.person.name}",
        "lead": f"{seat.label}，{seat.post.get_group_display()}岗位。取得证书后办理；办理后实聘数加一。",
        "act": "聘任",
    }
    return render(request, "employer/posts/form.html", context, status=422 if form.errors else 200)
