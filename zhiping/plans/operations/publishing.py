"""From a draft to a plan that is open: points confirmed by name, publication by a second person, time."""

from datetime import datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.plans import transitions
from zhiping.plans.access import can_keep_plan
from zhiping.plans.models import Confirmation, Plan
from zhiping.plans.queries import blocking, findings_of
from zhiping.plans.states import PlanState


@transaction.atomic
def confirm_point(*, plan: Plan, key: str, actor: Actor, now: datetime) -> None:
    """Confirm one point by name. Confirming twice changes nothing."""
    if not can_keep_plan(actor, plan):
        raise Forbidden("plan.confirm")
    if plan.state != PlanState.DRAFT:
        raise Refused("计划已提交复核或已发布，不需要再确认。")
    point = Confirmation.objects.select_for_update().filter(plan=plan, key=key).first()
    if point is None:
        raise Refused("没有这一项，页面可能已经过期。请刷新后再看。")
    if point.confirmed_at is not None:
        return
    point.confirmed_by_id, point.confirmed_name, point.confirmed_at = actor.user_id, actor.name, now
    point.save(update_fields=["confirmed_by", "confirmed_name", "confirmed_at"])
    details = {"key": key, "value": point.value}
    record("plan.confirm", actor=actor, now=now, subject=plan, note=point.label, details=details)


@transaction.atomic
def propose_plan(*, plan: Plan, actor: Actor, now: datetime, expected: int | None = None) -> None:
    """Hand a draft to a colleague for publication: everything confirmed, nothing wrong with the dates."""
    move(plan, transitions.PROPOSE, actor=actor, now=now, version=expected)
    open_points = list(plan.confirmations.filter(confirmed_at__isnull=True).values_list("label", flat=True))
    if open_points:
        raise Refused(
            f"还有 {len(open_points)} 项没有确认：{'、'.join(open_points[:3])}。请逐项核对后再提交。"
        )
    if stops := blocking(findings_of(plan)):
        raise Refused(stops[0].sentence)
    plan.proposed_by_id = actor.user_id
    plan.save(update_fields=["proposed_by"])


@transaction.atomic
def publish_plan(*, plan: Plan, actor: Actor, now: datetime, expected: int | None = None) -> None:
    """Publish as the second person; from here on the rules of the plan are frozen."""
    if can_keep_plan(actor, plan) and actor.user_id == plan.proposed_by_id:
        raise Refused("计划要由另一位同事复核发布。您是提交人，请同事登录后发布。")
    move(plan, transitions.PUBLISH, actor=actor, now=now, version=expected)
    if stops := blocking(findings_of(plan)):
        raise Refused(stops[0].sentence)
    plan.published_at = now
    plan.save(update_fields=["published_at"])


@transaction.atomic
def return_plan(*, plan: Plan, reason: str, actor: Actor, now: datetime, expected: int | None = None) -> None:
    """Give a proposed plan back to be changed, with the reason."""
    if not reason.strip():
        raise Refused("请写明退回的原因。", field="reason")
    move(plan, transitions.RETURN, actor=actor, now=now, version=expected, note=reason.strip())


@transaction.atomic
def suspend_plan(
    *, plan: Plan, reason: str, actor: Actor, now: datetime, expected: int | None = None
) -> None:
    """Stop taking applications for a while, with the reason."""
    if not reason.strip():
        raise Refused("请写明暂停的原因。", field="reason")
    move(plan, transitions.SUSPEND, actor=actor, now=now, version=expected, note=reason.strip())


@transaction.atomic
def resume_plan(*, plan: Plan, actor: Actor, now: datetime, expected: int | None = None) -> None:
    """Go on; time opens or closes the plan again at the next tick."""
    move(plan, transitions.RESUME, actor=actor, now=now, version=expected)


@transaction.atomic
def follow_the_clock(*, now: datetime) -> int:
    """Open and close plans whose time has come; how many were moved."""
    moved = 0
    for plan in Plan.objects.filter(state__in=[PlanState.PUBLISHED, PlanState.OPEN]).prefetch_related(
        "windows"
    ):
        windows = [
            w for w in plan.windows.all() if w.who == "applicant" and w.closes_at and not w.is_indicative
        ]
        has_begun = any(w.opens_at is None or w.opens_at <= now for w in windows)
        if windows and all(w.closes_at <= now for w in windows):
            move(plan, transitions.CLOSE, actor=SYSTEM, now=now)
        elif has_begun and plan.state == PlanState.PUBLISHED:
            move(plan, transitions.OPEN, actor=SYSTEM, now=now)
        else:
            continue
        moved += 1
    return moved
