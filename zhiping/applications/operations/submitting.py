"""Submitting and withdrawing."""

from datetime import datetime

from django.db import transaction

from zhiping.applications import access, messages, transitions
from zhiping.applications.assessment import Assessment, assess
from zhiping.applications.canonical import canonical_text, sha256_of
from zhiping.applications.models import Application, Snapshot, Step
from zhiping.applications.operations.barring import refuse_while_barred
from zhiping.applications.operations.chain import end_words, reach_first, resume, told_until
from zhiping.applications.operations.preparing import prepare_all
from zhiping.applications.operations.seating import give_back_seat, take_seat_again
from zhiping.applications.queries import draft_of, draft_to_edit, latest_snapshot
from zhiping.applications.queries.drafts import ROUTED
from zhiping.applications.snapshot_content import content_of
from zhiping.applications.states import EDITABLE, ApplicationState, StepState
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.clock import BEIJING
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move, stale
from zhiping.messaging.operations import tell
from zhiping.plans.queries import is_open


@transaction.atomic
def submit_application(*, application_id: int, token: str, actor: Actor, now: datetime) -> Application:
    """Submit a draft, or again after a return. The same token again gives the same answer (R-398).

    1. lock; a token already used answers at once; 2. the window, or the time given for mending; 3. judge by the pack
    at this moment, on the archive versions pinned in the draft; 4. number and pins, then the move; 5. the snapshot
    with its hash (R-399); 6. the first desk, or the one that returned it; 7. tell the applicant, queue the receipt and the
    forms of the notice that the desks look at.
    """
    application = draft_to_edit(application_id, *ROUTED)
    if application is None or not access.can_draft(actor, application):
        raise Forbidden("application.submit")
    if application.submit_token == token:
        return application
    if application.state not in EDITABLE:
        raise stale(application)
    is_again = application.state == ApplicationState.RETURNED
    _refuse_late(application, now, is_again=is_again)
    refuse_while_barred(application, now)
    assessment = assess(draft_of(application), application.submitted_at or now)
    if assessment.must:
        points = "；".join(point.sentence.rstrip("。") for point in assessment.must[:3])
        raise Refused(f"还有 {len(assessment.must)} 项必须处理，暂时不能提交：{points}。请到核对页逐项处理。")
    _pin(application, token, now)
    move(application, transitions.RESUBMIT if is_again else transitions.SUBMIT, actor=actor, now=now)
    snapshot = freeze(application, assessment, now, is_again=is_again)
    prepare_all(judged=assessment, now=now)
    step = resume(application, snapshot, now) if is_again else reach_first(application, assessment, now)
    if is_again:
        take_seat_again(application, step, now)
    context = {
        "key": application.pk,
        "title": application.title.name,
        "number": application.number,
        "moment": f"{now.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
        "holder": step.label,
        "until": told_until(step.due_at),
    }
    tell(person=application.person_id, kind=messages.SUBMITTED, context=context, now=now)
    enqueue("applications.print_receipt", application_id=application.pk, attempt=snapshot.number)
    return application


@transaction.atomic
def withdraw_application(*, application_id: int, actor: Actor, now: datetime, note: str = "") -> Application:
    """Take an application back: a draft at any time, a submitted one until the employer has begun.

    The desk then has nothing before it: its step waits again and neither list, count nor reminder meets it.
    """
    application = draft_to_edit(application_id)
    if application is None:
        raise Forbidden("application.withdraw")
    has_begun = Step.objects.filter(application=application, decisions__isnull=False).exists()
    if access.can_draft(actor, application) and has_begun:
        raise Refused("单位已经开始审核，不能自己撤回。确需撤回的，请联系正在办理的单位退回。")
    move(application, transitions.WITHDRAW, actor=actor, now=now, note=note)
    for step in Step.objects.filter(application=application, state=StepState.OPEN):
        move(step, transitions.RESET, actor=SYSTEM, now=now)
    give_back_seat(application, "申报人撤回申报", now)
    return application


def freeze(application: Application, assessment: Assessment, now: datetime, *, is_again: bool) -> Snapshot:
    """Keep what was submitted as canonical text with its hash; the attempt after the last one."""
    last = latest_snapshot(application) if is_again else None
    attempt = last.number + 1 if last else 1
    content = content_of(assessment, attempt=attempt, number=str(application.number), now=now)
    text = canonical_text(content)
    return Snapshot.objects.create(
        application=application, number=attempt, content=text, sha256=sha256_of(text), created_at=now
    )


def _pin(application: Application, token: str, now: datetime) -> None:
    plan = application.plan
    application.number = application.number or f"{plan.year}-{plan.pk:03d}-{application.pk:06d}"
    application.pack_version_id = plan.pack_version_id
    application.submitted_at = application.submitted_at or now
    application.submit_token = token
    application.fix_until = None
    application.save(update_fields=["number", "pack_version", "submitted_at", "submit_token", "fix_until"])


def _refuse_late(application: Application, now: datetime, *, is_again: bool) -> None:
    if is_again:
        until = application.fix_until
        if until is not None and now >= until:
            raise Refused(f"改正期限 {end_words(until)} 已过，不能再提交。")
        return
    if not is_open(application.plan, now):
        closed = max(
            (w.closes_at for w in application.plan.windows.all() if w.who == "applicant" and w.closes_at),
            default=None,
        )
        moment = f"（{end_words(closed)} 截止）" if closed else ""
        raise Refused(f"本计划不在申报时间内{moment}，逾期不再受理。草稿仍为您保留。")
