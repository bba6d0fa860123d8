"""Changing a plan: name, rules and cut-off of a draft, dates also later on."""

from dataclasses import replace
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.files.operations import store_file
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import end_of, start_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.plans import transitions
from zhiping.plans.access import can_keep_plan
from zhiping.plans.models import Plan, PlanFile, PlanTitle, PlanWindow
from zhiping.plans.operations.rows import list_points, write_windows
from zhiping.plans.points import highest_level, spans_of, title_rows, title_words
from zhiping.plans.queries import blocking, findings_of
from zhiping.plans.states import PlanState
from zhiping.policies.models import PackVersion
from zhiping.policies.queries import pack_of
from zhiping.policies.states import USABLE

CHANGEABLE = frozenset({PlanState.DRAFT, PlanState.PUBLISHED, PlanState.OPEN, PlanState.CLOSED})


@transaction.atomic
def set_window(
    *,
    plan: Plan,
    step: str,
    opens: date | None,
    closes: date | None,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> None:
    """Change the days of a window. A draft freely; a published plan only with a reason, which is logged (R-304).

    The point of the window must be confirmed again. A closed plan whose applicants get more time is open again.
    """
    if not can_keep_plan(actor, plan):
        raise Forbidden("plan.set_window")
    window = _changeable_window(plan, step, opens, closes, reason)
    before = [_text(window.opens_at), _text(window.closes_at)]
    window.opens_at = start_of(opens) if opens else None
    window.closes_at = end_of(closes) if closes else None
    window.is_indicative = False
    window.save(update_fields=["opens_at", "closes_at", "is_indicative"])
    plan.__dict__.get("_prefetched_objects_cache", {}).pop("windows", None)
    after = [_text(window.opens_at), _text(window.closes_at)]
    record("plan.set_window", actor=actor, now=now, subject=plan, note=reason,
           details={"step": step, "before": before, "after": after})  # fmt: skip
    if plan.state == PlanState.DRAFT:
        list_points(plan)
    elif stops := blocking(findings_of(plan)):
        raise Refused(stops[0].sentence, field=f"closes-{step}")
    if (
        plan.state == PlanState.CLOSED
        and window.who == "applicant"
        and window.closes_at
        and window.closes_at > now
    ):
        move(plan, transitions.REOPEN, actor=actor, now=now, note=reason)


@transaction.atomic
def set_basics(
    *, plan: Plan, name: str, cutoff_on: date | None, version: PackVersion, actor: Actor, now: datetime
) -> None:
    """Change name, cut-off and rules of a draft; what depends on them must be confirmed again."""
    if not can_keep_plan(actor, plan):
        raise Forbidden("plan.set_basics")
    if plan.state != PlanState.DRAFT:
        raise Refused("计划提交复核以后，名称、截止日和规则不能再改。需要修改的，请先退回草稿。")
    if not name.strip():
        raise Refused("请填写计划名称。", field="name")
    if version.state not in USABLE:
        raise Refused("只能选用已发布的规则版本。", field="version")
    pack, steps = pack_of(version), set(plan.windows.values_list("step", flat=True))
    plan.name, plan.cutoff_on, plan.pack_version = name.strip()[:200], cutoff_on, version
    plan.series, plan.title, plan.level = pack.data["plan"]["series"], title_words(pack), highest_level(pack)
    plan.save(update_fields=["name", "cutoff_on", "pack_version", "series", "title", "level"])
    plan.titles.all().delete()
    PlanTitle.objects.bulk_create(PlanTitle(plan=plan, **row) for row in title_rows(pack))
    kept = {span.step for span in spans_of(pack)}
    plan.windows.exclude(step__in=kept).delete()
    fresh = [span for span in spans_of(pack) if span.step not in steps]
    write_windows(plan, [replace(span, opens=None, closes=None) for span in fresh], start=len(steps))
    list_points(plan)
    record(
        "plan.set_basics",
        actor=actor,
        now=now,
        subject=plan,
        details={"pack": str(version), "name": plan.name},
    )


@transaction.atomic
def attach_file(
    *, plan: Plan, title: str, upload: File, owner: Person, kinds: frozenset[str], actor: Actor, now: datetime
) -> PlanFile:
    """Put a file under 其他相关附件: check it by content, store it, log it."""
    if not can_keep_plan(actor, plan):
        raise Forbidden("plan.attach_file")
    stored = store_file(upload=upload, owner=owner, kinds=kinds, actor=actor, now=now)
    row = PlanFile.objects.create(plan=plan, title=title, file=stored, position=plan.attachments.count())
    record(
        "plan.attach_file", actor=actor, now=now, subject=plan, note=title, details={"sha256": stored.sha256}
    )
    return row


@transaction.atomic
def detach_file(*, plan: Plan, number: int, actor: Actor, now: datetime) -> None:
    """Take a file away from 其他相关附件; the stored file itself stays. Doing it twice changes nothing."""
    if not can_keep_plan(actor, plan):
        raise Forbidden("plan.detach_file")
    row = plan.attachments.filter(pk=number).first()
    if row is not None:
        row.delete()
        record("plan.detach_file", actor=actor, now=now, subject=plan, note=row.title)


def _changeable_window(
    plan: Plan, step: str, opens: date | None, closes: date | None, reason: str
) -> PlanWindow:
    if plan.state not in CHANGEABLE:
        raise Refused(f"计划当前是“{plan.get_state_display()}”，不能改时间。")
    if plan.state != PlanState.DRAFT and not reason.strip():
        raise Refused("计划已经发布，改时间要写明原因，原因会留在记录里。", field=f"reason-{step}")
    if opens and closes and closes < opens:
        raise Refused("截止日早于开始日，请改正。", field=f"closes-{step}")
    window = plan.windows.filter(step=step).first()
    if window is None:
        raise Refused("没有这个时间窗口，页面可能已经过期。请刷新后再看。")
    return window


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
