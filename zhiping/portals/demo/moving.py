"""The demo clock in the bar of every page: move the platform's day, then do what the new day brings."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from zhiping.jobs import queue
from zhiping.kernel import clock
from zhiping.kernel.clock import DEMO_START
from zhiping.kernel.errors import Refused
from zhiping.portals.demo.deadlines import WORK_BEGINS, Moment, next_deadline, next_working_morning
from zhiping.portals.demo.only_in_demo import only_in_demo
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page


class ClockForm(PlatformForm):
    """Which way the clock is moved."""

    MOVES = [
        ("workday", "下一个工作日"),
        ("deadline", "到下一个期限"),
        ("date", "到指定日期"),
        ("reset", "回到第一天"),
    ]

    move = forms.ChoiceField(label="移动", choices=MOVES)
    day = forms.DateField(label="日期", required=False)


@page(audience=Audience.PUBLIC, methods=("POST",))
@only_in_demo
def move_clock(request: HttpRequest) -> HttpResponse:
    """Set the clock, run what is due every tick, and go back to the page it was pressed on."""
    form = ClockForm(request.POST)
    if not form.is_valid():
        raise Refused("日期写成 2026-03-09 这样，再点“跳到这一天”。")
    moment, why = _target(form.cleaned_data, clock.now())
    clock.set_demo_time(moment)
    queue.run_periodic(moment)
    messages.success(request, f"平台时间已到 {moment.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}。{why}")
    return redirect(_back(request))


def _target(chosen: dict, now: datetime) -> Moment:
    if chosen["move"] == "reset":
        return DEMO_START, "已经办的事仍在，时间标注可能晚于现在。"
    if chosen["move"] == "workday":
        return next_working_morning(now), ""
    if chosen["move"] == "date":
        if not chosen["day"]:
            raise Refused("请先选日期，再点“跳到这一天”。")
        return clock.start_of(chosen["day"]) + WORK_BEGINS, ""
    found = next_deadline(now)
    if found is None:
        raise Refused(
            "后面没有期限了：没有将开始或截止的申报计划，也没有在办的环节和公示。可以点“下一个工作日”。"
        )
    return found[0], f"{found[1]}。"


def _back(request: HttpRequest) -> str:
    came_from = request.POST.get("next", "")
    return came_from if url_has_allowed_host_and_scheme(came_from, None) else "/"
