"""The employer's publicity and its report upward (R-276…R-279, C-57, C-79)."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiping.applications import access, messages, transitions
from zhiping.applications.draft import CAREER
from zhiping.applications.models import Application, Snapshot, Step
from zhiping.applications.operations.chain import end_words
from zhiping.applications.operations.deciding import decide, hand_on, unit_publicity
from zhiping.applications.states import Outcome, StepState
from zhiping.documents.glyphs import printable_text
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell
from zhiping.notices.list_content import EntryContent, Terms
from zhiping.notices.models import Publicity
from zhiping.notices.operations import open_publicity
from zhiping.notices.queries import is_over, undecided, upheld_entry_ids
from zhiping.notices.states import ENDED, PublicityKind, PublicityState
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan
from zhiping.plans.rules import rules_of

UNSETTLED = (StepState.OPEN, StepState.RETURNED)


@transaction.atomic
def open_employer_publicity(
    *,
    plan: Plan,
    employer: Organisation,
    place: str,
    method: str,
    contact: str,
    actor: Actor,
    now: datetime,
    leaving_out: str = "",
) -> Publicity:
    """Post everyone of the plan whom the employer has passed; days and their count come from the pack.

    Refused while somebody of the unit is not settled yet (R-278, R-315), unless `leaving_out` says why they wait.
    """
    steps = _at_employer(plan, employer)
    audited = [step for step in steps if step.state == StepState.AUDITED]
    if not audited:
        raise Refused("没有审核通过、等待公示的人。请先审核。")
    if not all(access.can_decide_step(actor, step) for step in audited):
        raise Forbidden("publicity.open")
    if not leaving_out.strip():
        _refuse_unsettled(steps)
    publicity = open_publicity(
        kind=PublicityKind.EMPLOYER,
        title=f"{plan.name}（{employer.name}）单位公示",
        subject=f"plan:{plan.pk}",
        organisation=employer,
        entries=_entries(audited),
        terms=_terms(audited[0].application, place, method, contact),
        actor=actor,
        now=now,
    )
    for step in audited:
        step.publicity = publicity
        step.save(update_fields=["publicity"])
        move(step, transitions.PUBLICISE, actor=actor, now=now, note=leaving_out)
        _tell_opened(step.application, publicity, now)
    return publicity


@transaction.atomic
def forward_case(*, step: Step, opinion: str, version: int, actor: Actor, now: datetime) -> None:
    """报送: the final opinion with the publicity's record, then the next desk (R-277, R-279)."""
    opinion = printable_text(opinion, field="opinion")
    if not opinion:
        raise Refused("请填写单位意见（含公示情况）。", field="opinion")
    publicity = step.publicity
    if step.state == StepState.PUBLICISED and publicity is not None:
        refuse_open(publicity, step, now)
    if step.due_at is not None and now >= step.due_at:
        moment = end_words(step.due_at)
        raise Refused(f"单位报送已于 {moment} 截止，逾期不再受理。")
    move(step, transitions.FORWARD, actor=actor, now=now, version=version, note=opinion)
    decide(step, Outcome.PASS, opinion, actor, now, publicity=publicity)
    hand_on(step, now)


def refuse_open(publicity: Publicity, step: Step, now: datetime) -> None:
    """Say why a publicised case cannot go up yet."""
    if not is_over(publicity, now):
        raise Refused(f"公示到 {publicity.ends_on:%Y-%m-%d} 24:00 才满，期满后才能报送。")
    entry_objections = undecided(publicity).filter(entry__subject_id=step.application_id)
    general = undecided(publicity).filter(entry=None)
    if entry_objections.exists() or general.exists():
        raise Refused("公示期内收到的异议还没有处理完，不能报送。请先核查并写明处理意见。")
    if step.application_id in upheld_entry_ids(publicity):
        raise Refused("公示期内的异议经核查属实，不能报送。请按情况退回或判为不通过。")
    if publicity.state not in ENDED and publicity.state != PublicityState.OBJECTED:
        raise Refused("公示刚刚期满，系统正在结束公示，请稍后刷新再试。")


@transaction.atomic
def take_back_publicity(*, publicity: Publicity, actor: Actor, now: datetime) -> None:
    """After a list was taken down its cases wait for a new publicity."""
    steps = Step.objects.select_related("application").filter(publicity=publicity, state=StepState.PUBLICISED)
    for step in steps:
        step.publicity = None
        step.save(update_fields=["publicity"])
        move(step, transitions.UNPUBLICISE, actor=actor, now=now)


def _refuse_unsettled(steps: Sequence[Step]) -> None:
    waiting = [step for step in steps if step.state in UNSETTLED]
    if waiting:
        names = "、".join(step.application.person.name for step in waiting[:5])
        raise Refused(
            f"本计划还有 {len(waiting)} 人没有审核完（{names}）。请先审完；确实等不了的，请写明先行公示的原因。",
            field="leaving_out",
        )


def _at_employer(plan: Plan, employer: Organisation) -> list[Step]:
    """The employer's steps of its own people in the plan, in order of their numbers."""
    rows = Step.objects.filter(
        application__plan=plan, application__employer=employer, organisation=employer, position=1
    )
    return list(
        rows.select_related(
            "application__person", "application__title", "application__plan__pack_version", "organisation"
        ).order_by("application__number")
    )


def _terms(application: Application, place: str, method: str, contact: str) -> Terms:
    pack, rule = rules_of(application.plan), unit_publicity(application) or {}
    counted = (pack.data["plan"].get("working_days") or {}).get("count_first_day", False)
    if isinstance(counted, Mapping):
        counted = pack.parameters.get(counted["param"], False)
    return Terms(
        place=place,
        method=method,
        contact=contact,
        content=str(rule.get("content") or "基本情况和业绩材料"),
        working_days=int(rule.get("min_working_days") or 5),
        counts_first_day=bool(counted),
    )


def _entries(steps: Sequence[Step]) -> list[EntryContent]:
    latest: dict[int, Snapshot] = {}
    keys = [step.application_id for step in steps]
    for snapshot in Snapshot.objects.filter(application_id__in=keys).order_by("number"):
        latest[snapshot.application_id] = snapshot
    return [_entry(step.application, json.loads(latest[step.application_id].content)) for step in steps]


def _entry(application: Application, content: dict[str, Any]) -> EntryContent:
    titles = [each["data"] for each in content["items"] if each["category"] == "titles"]
    schools = [each for each in content["items"] if each["category"] == "education"]
    held = max(titles, key=lambda each: str(each.get("obtained_on", "")), default={})
    born = content["person"]["born_on"]
    obtained = str(held.get("obtained_on", ""))
    return EntryContent(
        subject_id=application.pk,
        name=application.person.name,
        unit=content["employer"]["name"],
        person_id=application.person_id,
        shown={
            "sex": content["person"]["sex"],
            "birth_month": born[:7] if born else "",
            "education": schools[-1]["label"] if schools else "",
            "current_title": held.get("title", ""),
            "title_obtained_on": obtained if len(obtained) == 10 else "",
            "title_applied": content["title"]["name"],
            "specialty": application.specialty,
            "application_mode": application.pathway_name,
            "achievements": [
                f"{each['category_label']}：{each['label']}"
                for each in content["items"]
                if each["category"] not in CAREER
            ],
            "materials": sorted(content["slot_names"].get(slot, slot) for slot in content["attachments"]),
        },
    )


def _tell_opened(application: Application, publicity: Publicity, now: datetime) -> None:
    context = {
        "key": application.pk,
        "title": application.title.name,
        "starts": publicity.starts_on.isoformat(),
        "ends": f"{publicity.ends_on.isoformat()} 24:00",
        "days": publicity.working_days,
    }
    tell(person=application.person_id, kind=messages.PUBLICISED, context=context, now=now)
