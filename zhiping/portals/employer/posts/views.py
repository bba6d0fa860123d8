"""The ledger of the institution one acts for: what stands in it, and asking to change it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.kernel import clock
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import visible_to as bodies_visible_to
from zhiping.portals.employer.posts.forms import BeginForm, ExchangeForm, FiguresForm, PooledForm
from zhiping.posts.history import lines_of
from zhiping.posts.models import PostLedger
from zhiping.posts.operations import (
    ask_check,
    open_ledger,
    propose_exchange,
    propose_figures,
    propose_pooled,
    withdraw_change,
)
from zhiping.posts.queries import changes_visible_to, exchange_rules, seats_of, visible_to, waiting_change
from zhiping.web.numbers import posted_version
from zhiping.web.pages import Audience, page

A_PAGE = 20


@page(audience=Audience.EMPLOYER)
def index(request: HttpRequest) -> HttpResponse:
    """The ledger level by level, who holds which seat, and what waits for approval."""
    ledger = visible_to(request.actor).first()
    if ledger is None:
        return render(request, "employer/posts/none.html", {"body": _body(request)})
    change = waiting_change(ledger)
    context = {
        "ledger": ledger,
        "levels": list(ledger.levels.all()),
        "seats": seats_of(ledger),
        "check": ledger.checks.first(),
        "change": change,
        "lines": lines_of(change) if change else [],
    }
    return render(request, "employer/posts/index.html", context)


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def begin(request: HttpRequest) -> HttpResponse:
    """Choose the post authority; the ledger then waits for its first figures."""
    body = _body(request)
    form = BeginForm(request.POST or None, region=body.region_id)
    if form.is_valid():
        with form.showing_refusals():
            chosen = form.cleaned_data["authority"]
            open_ledger(institution=body, authority=chosen, actor=request.actor, now=clock.now())
            return redirect("employer:posts:figures")
    return _form(request, form, "建立岗位台账", "选定岗位管理部门，下一步填报岗位数据。", "下一步")


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def figures(request: HttpRequest) -> HttpResponse:
    """Report the figures as they should be; the post authority approves them."""
    ledger = _ledger(request)
    form = FiguresForm(request.POST or None, ledger=ledger)
    if form.is_valid():
        with form.showing_refusals():
            propose_figures(
                ledger=ledger,
                figures=form.figures(),
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                now=clock.now(),
            )
            return _sent(request, ledger)
    status = 422 if form.errors else 200
    return render(request, "employer/posts/figures.html", {"form": form, "ledger": ledger}, status=status)


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def pooled(request: HttpRequest) -> HttpResponse:
    """Ask for posts pooled over the county."""
    ledger = _ledger(request)
    form = PooledForm(request.POST or None, region=ledger.institution.region_id)
    if form.is_valid():
        with form.showing_refusals():
            propose_pooled(ledger=ledger, actor=request.actor, now=clock.now(), **form.cleaned_data)
            return _sent(request, ledger)
    lead = "使用县域统筹岗位，先由统筹部门业务处室负责人签署，再由岗位管理部门核准。"
    return _form(request, form, "申请使用统筹岗位", lead, "送统筹部门签署")


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def exchange(request: HttpRequest) -> HttpResponse:
    """退三进二, 退二进一: the rules come from the packs of the notices."""
    ledger, rules = _ledger(request), exchange_rules()
    form = ExchangeForm(request.POST or None, rules=rules)
    if form.is_valid():
        told = dict(form.cleaned_data)
        wanted = told.pop("rule")
        [rule] = [each for each in rules if each.key == wanted]
        with form.showing_refusals():
            propose_exchange(ledger=ledger, rule=rule, actor=request.actor, now=clock.now(), **told)
            return _sent(request, ledger)
    lead = "超岗位的单位，有人退出后可按办法进人。核准后，退出的人从实聘数里减去。"
    return _form(request, form, "退出换进", lead, "送岗位管理部门核准")


@page(audience=Audience.EMPLOYER, methods=("POST",))
def check(request: HttpRequest) -> HttpResponse:
    """Have the figures compared with the province's system; the answer comes by the queue."""
    ask_check(ledger=_ledger(request), actor=request.actor, now=clock.now())
    messages.success(request, "已向省系统提问，几秒后刷新本页看结果。")
    return redirect("employer:posts:index")


@page(audience=Audience.EMPLOYER)
def changes(request: HttpRequest) -> HttpResponse:
    """Every change that was ever asked for, newest first."""
    rows = changes_visible_to(request.actor).order_by("-number")
    page_ = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page_, "rows": [(change, lines_of(change)) for change in page_]}
    return render(request, "employer/posts/changes.html", context)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a proposal back before it is decided."""
    change = get_object_or_404(changes_visible_to(request.actor), pk=key)
    version = posted_version(request)
    withdraw_change(change=change, version=version, actor=request.actor, now=clock.now())
    messages.success(request, "已撤回，可以重新提出。")
    return redirect("employer:posts:index")


def _body(request: HttpRequest) -> Organisation:
    return get_object_or_404(bodies_visible_to(request.actor))


def _ledger(request: HttpRequest) -> PostLedger:
    return get_object_or_404(visible_to(request.actor))


def _sent(request: HttpRequest, ledger: PostLedger) -> HttpResponse:
    messages.success(request, f"已送出，由{ledger.authority.name}核准后生效。")
    return redirect("employer:posts:index")


def _form(request: HttpRequest, form: BeginForm, title: str, lead: str, act: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "act": act}
    return render(request, "employer/posts/form.html", context, status=422 if form.errors else 200)
