"""What a desk decides: pass, return with reasons bound to places, or refuse with a clause."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiping.achievements.operations import check_copies
from zhiping.applications import messages, transitions
from zhiping.applications.models import Application, Remark, Snapshot, Step, StepDecision
from zhiping.applications.operations.chain import end_words, reach_next, told_until
from zhiping.applications.operations.charging import ask_fee
from zhiping.applications.operations.hours import refuse_short_hours
from zhiping.applications.operations.seating import give_back_seat, refuse_unsealed, take_seat
from zhiping.applications.places import Place, always_places, papers_of, places_of
from zhiping.applications.queries import BulkFinding, bulk_findings, latest_snapshot
from zhiping.applications.queries.copies import demands_copy_checks
from zhiping.applications.reasons import Reason, checked
from zhiping.applications.states import Outcome, StepState
from zhiping.documents.glyphs import printable_text
from zhiping.files.models import StoredFile
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import beijing_day, end_of
from zhiping.kernel.errors import Refused
from zhiping.kernel.queries import working_calendar
from zhiping.lifecycle.moving import move, stale
from zhiping.messaging.operations import tell
from zhiping.plans.rules import rules_of

DAYS_TO_MEND = 5  # working days, when the desk names no day and has no deadline of its own


@transaction.atomic
def pass_step(
    *,
    step: Step,
    opinion: str,
    version: int,
    actor: Actor,
    now: datetime,
    attested: Mapping[str, Any] | None = None,
    copies: Mapping[int, str] | None = None,
) -> None:
    """通过 with an opinion (R-275). `copies` says of each scan what it was found to be beside its original.

    At the employer this is the provisional pass (C-57): the case takes a post of a public institution (R-212), or
    nothing passes, and waits for its publicity. Elsewhere the next
    desk gets the case; after the last one, the committee's office, it is accepted, or waits for its fee first.
    """
    opinion = printable_text(opinion, field="opinion")
    if not opinion:
        raise Refused("请填写审核意见。", field="opinion")
    _refuse_late(step, now)
    refuse_unsealed(step, actor)
    if needs_publicity(step):
        move(step, transitions.AUDIT, actor=actor, now=now, version=version, note=opinion)
        _compare_copies(step, copies or {}, actor, now)
        take_seat(step.application, actor, now)
        decide(step, Outcome.PASS, opinion, actor, now, attested=attested)
        return
    later = Step.objects.filter(application_id=step.application_id, position__gt=step.position)
    following = later.order_by("position").values_list("role", flat=True).first()
    is_last = following is None
    if is_last or following == Role.COMMITTEE_OFFICE:
        refuse_short_hours(application=step.application, now=now)
    if is_last:
        move(step.application, transitions.ACCEPT, actor=actor, now=now)
    move(step, transitions.PASS, actor=actor, now=now, version=version, note=opinion)
    _compare_copies(step, copies or {}, actor, now)
    if step.organisation_id == step.application.employer_id:
        take_seat(step.application, actor, now)
    decide(step, Outcome.PASS, opinion, actor, now, attested=attested)
    if not (is_last and ask_fee(application=step.application, now=now)):
        hand_on(step, now)


def _compare_copies(step: Step, answers: Mapping[int, str], actor: Actor, now: datetime) -> None:
    """Keep what the desk found about the scans; the unit's must be complete where the notice says so (R-281)."""
    must = demands_copy_checks(step)
    if not must and not answers:
        return
    papers = papers_of(json.loads(_snapshot(step.application).content))
    files = StoredFile.objects.filter(pk__in=papers, owner_id=step.application.person_id).order_by("pk")
    check_copies(files=files, answers=answers, subject=step.application, actor=actor, now=now, must=must)


@transaction.atomic
def pass_steps(*, steps: Iterable[Step], opinion: str, actor: Actor, now: datetime) -> Sequence[BulkFinding]:
    """Pass several cases after a trial run was shown; each that cannot be passed is told, none is half passed."""
    opinion = printable_text(opinion, field="opinion")
    if not opinion:
        raise Refused("请填写审核意见，会写入每一件。", field="opinion")
    findings = bulk_findings(actor, steps, now)
    for finding in findings:
        if finding.can_pass:
            pass_step(step=finding.step, opinion=opinion, version=finding.step.version, actor=actor, now=now)
    return findings


@transaction.atomic
def return_case(
    *,
    step: Step,
    reasons: Iterable[Reason],
    version: int,
    actor: Actor,
    now: datetime,
    fix_until: datetime | None = None,
    restarts: bool = False,
) -> None:
    """退回 (R-274, R-292, R-295): every reason has a place, a code, what is wrong and how to mend it.

    Only those places open for the applicant. With `restarts` every desk looks again; else it comes back here.
    """
    application = step.application
    snapshot = _snapshot(application)
    places = {place.id: place for place in places_of(json.loads(snapshot.content))}
    found = checked(reasons, {**always_places(), **places})
    _refuse_late(step, now)
    until = _fix_until(step, fix_until, now)
    move(application, transitions.RETURN, actor=actor, now=now)
    move(step, transitions.SEND_BACK, actor=actor, now=now, version=version)
    _write_reasons(step, found, actor, now, restarts=restarts, snapshot=snapshot)
    give_back_seat(application, f"{step.label}退回修改", now)
    Application.objects.filter(pk=application.pk).update(fix_until=until)
    application.fix_until = until
    context = _context(step) | {
        "count": len(found),
        "reasons": "".join(
            f"{place.label}：{r.wrong.rstrip('。')}。{r.fix.rstrip('。')}。" for place, r in found
        ),
        "until": end_words(until),
    }
    tell(person=application.person_id, kind=messages.RETURNED, context=context, now=now)


@transaction.atomic
def refuse_case(*, step: Step, clause: str, reason: str, version: int, actor: Actor, now: datetime) -> None:
    """不通过 (R-273): names the clause and the reason, ends the case, tells where to appeal."""
    clause, reason = printable_text(clause, field="clause"), printable_text(reason, field="reason")
    if not clause:
        raise Refused("请写明依据的是哪一条规定。", field="clause")
    if not reason:
        raise Refused("请写明不通过的原因。", field="reason")
    _refuse_late(step, now)
    move(step.application, transitions.REFUSE, actor=actor, now=now)
    move(step, transitions.TURN_DOWN, actor=actor, now=now, version=version, note=reason)
    decide(step, Outcome.REFUSE, reason, actor, now, clause=clause)
    give_back_seat(step.application, f"{step.label}判为不通过", now)
    context = _context(step) | {
        "clause": clause,
        "reason": reason.rstrip("。") + "。",
        "appeal": appeal_body(step),
    }
    tell(person=step.application.person_id, kind=messages.REFUSED, context=context, now=now)


def decide(
    step: Step,
    outcome: str,
    opinion: str,
    actor: Actor,
    now: datetime,
    *,
    clause: str = "",
    attested: Mapping[str, Any] | None = None,
    restarts: bool = False,
    snapshot: Snapshot | None = None,
    publicity: Any = None,
) -> StepDecision:
    """Write down what a desk said about the snapshot it saw, and who had the desk."""
    step.decided_at, step.decided_by_id = now, actor.person_id
    step.save(update_fields=["decided_at", "decided_by"])
    return StepDecision.objects.create(
        step=step,
        snapshot=snapshot or _snapshot(step.application),
        outcome=outcome,
        opinion=opinion,
        clause=clause,
        attested=dict(attested or {}),
        publicity=publicity,
        decided_by_id=actor.person_id,
        decided_at=now,
        restarts=restarts,
    )


def _write_reasons(
    step: Step,
    found: Sequence[tuple[Place, Reason]],
    actor: Actor,
    now: datetime,
    *,
    restarts: bool,
    snapshot: Snapshot,
) -> None:
    text = "；".join(f"{place.label}：{reason.wrong}" for place, reason in found)
    decision = decide(step, Outcome.RETURN, text, actor, now, restarts=restarts, snapshot=snapshot)
    Remark.objects.bulk_create(
        Remark(
            decision=decision,
            application_id=step.application_id,
            section=place.section,
            kind=place.kind,
            place=place.key,
            label=place.label,
            code=reason.code,
            wrong=reason.wrong,
            fix=reason.fix,
        )
        for place, reason in found
    )


def hand_on(step: Step, now: datetime) -> None:
    """Open the next desk and tell the applicant who has the case now."""
    following = reach_next(step, now)
    application = step.application
    context = _context(step)
    if following is None:
        tell(person=application.person_id, kind=messages.ACCEPTED, context=context, now=now)
        return
    context |= {"holder": following.label, "until": told_until(following.due_at)}
    tell(person=application.person_id, kind=messages.REACHED, context=context, now=now)


def needs_publicity(step: Step) -> bool:
    """Whether this is the employer's own desk and the plan asks for a publicity in the unit."""
    if step.organisation_id != step.application.employer_id:
        return False
    return unit_publicity(step.application) is not None


def unit_publicity(application: Application) -> Mapping[str, Any] | None:
    """What the plan says about the publicity in the unit; None if it asks for none."""
    rules = rules_of(application.plan).data.get("publicity") or ()
    return next((each for each in rules if each.get("phase") == "unit"), None)


def appeal_body(step: Step) -> str:
    """To whom one appeals: the next desk's body, or above the last one whoever convenes the committee."""
    following = (
        Step.objects.filter(application_id=step.application_id, position__gt=step.position)
        .select_related("organisation")
        .order_by("position")
        .first()
    )
    return following.organisation.name if following else "评委会的组建部门（人力社保部门）"


def _context(step: Step) -> dict[str, Any]:
    application, body = step.application, step.organisation.name
    return {
        "key": application.pk,
        "title": application.title.name,
        "number": application.number,
        "holder": step.label if body in step.label else f"{body}（{step.label}）",
    }


def _snapshot(application: Application) -> Snapshot:
    snapshot = latest_snapshot(application)
    if snapshot is None:
        raise ValueError("a case on a desk was submitted")
    return snapshot


def _refuse_late(step: Step, now: datetime) -> None:
    if step.state not in (StepState.OPEN, StepState.AUDITED, StepState.PUBLICISED):
        raise stale(step)
    if step.due_at is not None and now >= step.due_at:
        moment = end_words(step.due_at)
        raise Refused(
            f"本环节已于 {moment} 截止，逾期不能再办理。确需办理的，请评委会办公室写明原因后延长期限。"
        )


def _fix_until(step: Step, wanted: datetime | None, now: datetime) -> datetime:
    if wanted is not None and wanted <= now:
        raise Refused("改正期限要晚于现在，请重新选择日期。", field="fix_until")
    latest = step.due_at
    until = wanted or end_of(working_calendar().add(beijing_day(now), DAYS_TO_MEND))
    if latest is not None and wanted is not None and wanted > latest:
        raise Refused(
            f"改正期限不能晚于本环节的办理期限 {end_words(latest)}。",
            field="fix_until",
        )
    return min(until, latest) if latest is not None else until
