"""The two publicities of the committee office: before review and of results (R-327, R-329, R-337)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhiping.applications.models import Application
from zhiping.committees import queries, transitions
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import Transition, move
from zhiping.notices.list_content import EntryContent, Terms
from zhiping.notices.models import Publicity
from zhiping.notices.operations import open_publicity
from zhiping.notices.queries import upheld_entry_ids
from zhiping.notices.states import ENDED, PublicityKind
from zhiping.plans.models import Plan
from zhiping.plans.operations import advance_plan
from zhiping.plans.rules import rules_of
from zhiping.plans.states import PlanState

ARROWS: dict[str, tuple[Transition, str]] = {
    PublicityKind.PRE_REVIEW: (transitions.POST_PRE_REVIEW, "评前公示"),
    PublicityKind.RESULT: (transitions.POST_RESULT, "评审结果公示"),
}


@transaction.atomic
def post_list(
    *,
    kind: str,
    plan: Plan,
    applications: Sequence[Application],
    place: str,
    method: str,
    contact: str,
    actor: Actor,
    now: datetime,
) -> Publicity:
    """Move the applications under publicity and post one list of them for the working days the pack asks for."""
    arrow, title = ARROWS[kind]
    if any(application.plan_id != plan.pk for application in applications):
        raise Refused("有申报不属于这个计划，不能一起公示。请重新选择。")
    for application in applications:
        move(application, arrow, actor=actor, now=now)
    if kind == PublicityKind.RESULT:
        advance_plan(plan=plan, to=PlanState.RESULT_PUBLICITY, now=now, note=title)
    rule = queries.publicity_rule(plan, kind)
    return open_publicity(
        kind=kind,
        title=f"{plan.name}{title}",
        subject=queries.publicity_subject(plan),
        organisation=plan.office,
        entries=[entry_of(application, kind) for application in applications],
        terms=Terms(
            place=place,
            method=method,
            contact=contact,
            content=_content(plan, kind, rule.content),
            working_days=rule.working_days,
            counts_first_day=rule.counts_first_day,
        ),
        actor=actor,
        now=now,
    )


def _content(plan: Plan, kind: str, said: str) -> str:
    """What is shown; a list of results says too who will publish them, where the notice names the bodies (R-331)."""
    results = rules_of(plan).data.get("results") or {}
    bodies = results.get("published_by") or ()
    if kind != PublicityKind.RESULT or not bodies:
        return said
    jointly = "联合" if results.get("needs") == "all" and len(bodies) > 1 else ""
    return (
        f"{said.rstrip('。')}；期满无异议的，由{'、'.join(bodies)}{jointly}发文公布"
        if said
        else (f"期满无异议的，由{'、'.join(bodies)}{jointly}发文公布")
    )


def entry_of(application: Application, kind: str) -> EntryContent:
    """What the list shows of one application: never a number, phone or address (C-79)."""
    shown = {
        "title_applied": application.title.name,
        "specialty": application.specialty,
        "application_mode": application.pathway_name,
    }
    if kind == PublicityKind.RESULT:
        shown["result"] = "评审通过"
    return EntryContent(
        subject_id=application.pk,
        person_id=application.person_id,
        name=application.person.name,
        unit=application.employer.name if application.employer else "",
        shown=shown,
    )


@transaction.atomic
def settle_pre_review(*, publicity: Publicity, actor: Actor, now: datetime) -> tuple[int, int]:
    """After a pre-review publicity: the unobjected become ready, those with an upheld objection end.

    Gives (ready, ended). Repeating it finds nobody left and changes nothing.
    """
    upheld = _upheld_when_ended(publicity)
    waiting = queries.under_publicity(publicity, transitions.MAKE_READY.sources)
    ended = [application for application in waiting if application.pk in upheld]
    ready = [application for application in waiting if application.pk not in upheld]
    for application in ready:
        move(application, transitions.MAKE_READY, actor=actor, now=now)
    _end(ended, publicity, actor, now)
    return len(ready), len(ended)


@transaction.atomic
def end_objected_results(*, publicity: Publicity, actor: Actor, now: datetime) -> int:
    """After a result publicity: whoever an upheld objection concerns does not go on; the others may be reported."""
    upheld = _upheld_when_ended(publicity)
    waiting = queries.under_publicity(publicity, transitions.REJECT_ON_OBJECTION.sources)
    ended = [application for application in waiting if application.pk in upheld]
    _end(ended, publicity, actor, now)
    return len(ended)


def _upheld_when_ended(publicity: Publicity) -> set[int]:
    if publicity.state not in ENDED:
        raise Refused(
            f"公示现在是“{publicity.get_state_display()}”，到 {publicity.ends_on:%Y-%m-%d} 24:00 期满、"
            "异议全部处理完以后才能进入下一步。"
        )
    return upheld_entry_ids(publicity)


def _end(applications: Sequence[Application], publicity: Publicity, actor: Actor, now: datetime) -> None:
    for application in applications:
        move(
            application,
            transitions.REJECT_ON_OBJECTION,
            actor=actor,
            now=now,
            note=f"{publicity.title}期间的异议经核查属实",
            details={"publicity": publicity.pk},
        )
