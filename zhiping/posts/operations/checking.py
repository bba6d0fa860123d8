"""Posts are checked in 浙江省事业单位人事工资管理服务系统: asked by a job, kept with time and raw answer (R-214, R-375)."""

from datetime import datetime, timedelta

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.gateways.institutions import PostFigures
from zhiping.jobs.queue import enqueue
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden
from zhiping.posts import access
from zhiping.posts.models import PostCheck, PostLedger
from zhiping.posts.states import CheckState

TRIES = 5
PAUSE = timedelta(minutes=5)


@transaction.atomic
def ask_check(*, ledger: PostLedger, actor: Actor, now: datetime) -> PostCheck:
    """Queue one question; while one waits, asking again is the same question. Nobody is blocked by the answer's delay."""
    if not (access.can_keep_ledger(actor, ledger) or access.can_approve_ledger(actor, ledger)):
        raise Forbidden("post_check.ask")
    waiting = ledger.checks.filter(state=CheckState.WAITING).first()
    if waiting is not None:
        return waiting
    check = PostCheck.objects.create(ledger=ledger, asked_at=now)
    record("post_check.ask", actor=actor, now=now, subject=check, to_state=check.state)
    enqueue("posts.check", key=f"post-check-{check.pk}-1", check_id=check.pk, attempt=1)
    return check


@transaction.atomic
def note_answer(*, check: PostCheck, figures: PostFigures, now: datetime) -> None:
    """Keep what the system said, and whether it says the same as the ledger."""
    levels = {level.group: level for level in check.ledger.levels.all()}
    differing = [
        levels[group].get_group_display()
        for group, told in figures.levels.items()
        if group in levels
        and (told["approved"], told["filled"]) != (levels[group].approved, levels[group].filled)
    ]
    check.state = CheckState.DIFFERENT if differing or not figures.is_known else CheckState.SAME
    check.why = "省系统里没有这个单位" if not figures.is_known else "、".join(differing)
    check.answer, check.raw, check.answered_at = dict(figures.levels), figures.raw, now
    check.save()
    record("post_check.answer", actor=SYSTEM, now=now, subject=check, to_state=check.state)


@transaction.atomic
def note_failure(*, check: PostCheck, why: str, attempt: int, now: datetime) -> None:
    """Say that no answer came; ask again later, a few times; work goes on meanwhile."""
    check.state, check.why = CheckState.FAILED, why
    check.save(update_fields=["state", "why"])
    record("post_check.fail", actor=SYSTEM, now=now, subject=check, to_state=check.state, note=why)
    if attempt < TRIES:
        following = attempt + 1
        key = f"post-check-{check.pk}-{following}"
        enqueue("posts.check", key=key, delay=PAUSE, check_id=check.pk, attempt=following)
