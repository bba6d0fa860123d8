"""The years of the working calendar and the form that enters one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.kernel import clock
from zhiping.policies.operations import enter_calendar_year
from zhiping.policies.queries import calendar_text, calendar_years
from zhiping.web.answers import form_page
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page


class YearForm(PlatformForm):
    """A year's holiday arrangement as the State Council's notice prints it."""

    year = forms.IntegerField(label="年份")
    basis = forms.CharField(
        label="依据文件", max_length=200, help_text="国务院办公厅通知的文号，例如：国办发明电〔2025〕7号。"
    )
    lines = forms.CharField(
        label="放假和调休",
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="一行一段：2027-02-05至2027-02-11 休 春节；调休上班的周末写：2027-02-20 班 春节调休。平常的周末不用写。",
    )


@page(audience=Audience.OPERATOR)
def years(request: HttpRequest) -> HttpResponse:
    """Which years are known; a year that is not known is refused everywhere (R-392)."""
    known = list(calendar_years())
    next_year = max((each.year for each in known), default=clock.today().year - 1) + 1
    return render(request, "operator/calendar/list.html", {"years": known, "next_year": next_year})


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def enter(request: HttpRequest, year: int) -> HttpResponse:
    """Enter or correct one year."""
    known = calendar_years().filter(year=year).first()
    initial = {"year": year, "basis": known.basis if known else "", "lines": calendar_text(year)}
    form = YearForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            enter_calendar_year(actor=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, f"{form.cleaned_data['year']} 年的工作日历已保存。")
            return redirect("operator:calendar:list")
    values = {"year": year, "known": known, "form": form}
    return form_page(request, "operator/calendar/enter.html", values)
