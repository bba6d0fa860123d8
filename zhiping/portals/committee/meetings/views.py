"""Planning a meeting and leading it step by step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.committees import transitions
from zhiping.committees.models import Case, Meeting
from zhiping.committees.operations import meeting as operations
from zhiping.committees.queries import applications_at_office, rounds_of, visible_to
from zhiping.committees.states import RoundState
from zhiping.committees.tally import votes_needed
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import available
from zhiping.portals.committee.meetings.forms import AdjournForm, MeetingForm, RecusalForm
from zhiping.web.answers import form_page
from zhiping.web.numbers import posted_version, whole_numbers
from zhiping.web.pages import Audience, page


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """Meetings of the acting office, newest first."""
    return render(request, "committee/meetings/index.html", {"meetings": visible_to(request.actor)[:100]})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    form = MeetingForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            made = operations.plan_meeting(**form.cleaned_data, actor=request.actor, now=clock.now())
            return redirect("committee:meetings:show", made.pk)
    return form_page(request, "committee/meetings/create.html", {"form": form})


@page(audience=Audience.COMMITTEE)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """The workspace of one meeting: what is done, what comes next."""
    meeting = _meeting(request, key)
    seats = list(meeting.seats.select_related("member__person"))
    present = sum(seat.is_present for seat in seats)
    cases = meeting.cases.select_related("application__person", "application__title", "application__employer")
    context: dict[str, Any] = {
        "meeting": meeting,
        "seats": seats,
        "present": present,
        "needed": votes_needed(len(seats)),
        "cases": list(cases.prefetch_related("recusals__member__person", "opinions")),
        "rounds": list(rounds_of(meeting)),
        "acts": {t.verb.replace(".", "_") for t in available(transitions.MEETING, request.actor, meeting)},
        "adjourn": AdjournForm(),
        "is_early": clock.today() < meeting.held_on,
    }
    context["open_round"] = next((each for each in context["rounds"] if each.state == RoundState.OPEN), None)
    context["is_counted"] = bool(context["cases"]) and all(
        case.passed is not None for case in context["cases"]
    )
    return render(request, "committee/meetings/show.html", context)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def agenda(request: HttpRequest, key: int) -> HttpResponse:
    """Choose ready applications for the agenda."""
    meeting = _meeting(request, key)
    ready = applications_at_office(request.actor).filter(plan_id=meeting.plan_id, state="ready_for_review")
    if request.method == "POST":
        chosen = list(
            ready.filter(pk__in=whole_numbers(request.POST.getlist("application"))).order_by("number")
        )
        if not chosen:
            raise Refused("还没有选择申报。请先勾选要列入会议的申报。")
        operations.add_cases(meeting=meeting, applications=chosen, actor=request.actor, now=clock.now())
        messages.success(request, f"已列入 {len(chosen)} 件。按登记信息需要回避的委员已自动记录。")
        return redirect("committee:meetings:show", meeting.pk)
    return render(
        request, "committee/meetings/agenda.html", {"meeting": meeting, "ready": ready.order_by("number")}
    )


@page(audience=Audience.COMMITTEE, methods=("POST",))
def remove_case(request: HttpRequest, key: int, case: int) -> HttpResponse:
    """Take a case off the agenda."""
    meeting = _meeting(request, key)
    found = get_object_or_404(Case.objects.select_related("application__plan"), pk=case, meeting=meeting)
    operations.remove_case(case=found, reason="移出议程", actor=request.actor, now=clock.now())
    return redirect("committee:meetings:show", meeting.pk)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def roll(request: HttpRequest, key: int) -> HttpResponse:
    """Save the roll as ticked."""
    meeting = _meeting(request, key)
    present = set(whole_numbers(request.POST.getlist("present")))
    operations.call_roll(meeting=meeting, present=present, actor=request.actor, now=clock.now())
    messages.success(request, f"签到已保存：实到 {len(present)} 人。")
    return redirect("committee:meetings:show", meeting.pk)


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def recuse(request: HttpRequest, key: int) -> HttpResponse:
    """Enter a recusal that a member told the office."""
    meeting = _meeting(request, key)
    form = RecusalForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            operations.declare_recusal(**form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, "回避已记录，这位委员不阅卷、不表决这一件。")
            return redirect("committee:meetings:show", meeting.pk)
    return form_page(request, "committee/meetings/recuse.html", {"meeting": meeting, "form": form})


@page(audience=Audience.COMMITTEE, methods=("POST",))
def act(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """One step of the meeting: roll call, lock and open, adjourn, close, sign."""
    meeting = _meeting(request, key)
    version = posted_version(request)
    steps: dict[str, Callable[..., None]] = {
        "start_roll_call": operations.start_roll_call,
        "open_session": operations.open_session,
        "close": operations.close_meeting,
        "sign_minutes": operations.sign_minutes,
    }
    if verb == "adjourn":
        form = AdjournForm(request.POST)
        if not form.is_valid():
            raise Refused("请填写改期后的会议日期。")
        operations.adjourn(
            meeting=meeting, version=version, actor=request.actor, now=clock.now(), **form.cleaned_data
        )
    elif verb in steps:
        steps[verb](meeting=meeting, version=version, actor=request.actor, now=clock.now())
    else:
        raise Refused("没有这个操作。请回到会议页面，按页面上的按钮继续。")
    return redirect("committee:meetings:show", meeting.pk)


@page(audience=Audience.COMMITTEE)
def minutes(request: HttpRequest, key: int) -> HttpResponse:
    """Download the printed minutes."""
    meeting = _meeting(request, key)
    if not meeting.minutes_hash:
        raise Refused("会议记录还没有生成。闭会后约需几秒，请稍后刷新。")
    name = f"minutes-{meeting.pk}.pdf"
    return made_file(meeting.minutes_pdf, name=name)


def _meeting(request: HttpRequest, key: int) -> Meeting:
    return get_object_or_404(visible_to(request.actor), pk=key)
