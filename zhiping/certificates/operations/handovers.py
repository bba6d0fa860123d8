"""移交清单: papers go up the chain on numbered lists; the receiving body answers every line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from zhiping.auditlog.recording import record
from zhiping.certificates import access, messages, queries, transitions
from zhiping.certificates.models import Handover, HandoverLine, PaperRecord, ReviewForm
from zhiping.certificates.states import HandoverState, LineAnswer, PaperEvent
from zhiping.jobs.queue import enqueue
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move, stale
from zhiping.messaging.operations import tell, tell_each
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import people_of

MOST_LINES = 200
ANSWERED = ["answer", "note", "copies_received", "answered_by", "answered_at"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver says of one line."""

    answer: str
    copies: int | None = None
    note: str = ""


@transaction.atomic
def make_handover(*, receiver: Organisation, forms: Collection[int], actor: Actor, now: datetime) -> Handover:
    """List papers at hand for the next body: number the list, freeze its lines, print it, tell the receiver.

    A paper that another list has taken meanwhile is refused; so the same click twice makes one list.
    """
    if not forms:
        raise Refused("请先勾选要移交的纸质表。", field="forms")
    if len(forms) > MOST_LINES:
        raise Refused(f"一张移交清单最多 {MOST_LINES} 件，请分几次移交。", field="forms")
    sender = Organisation.objects.select_for_update(of=("self",)).get(pk=actor.organisation_id)
    ready = list(queries.ready_for(actor, receiver).filter(pk__in=forms))
    if len(ready) != len(set(forms)):
        raise Refused("选中的纸质表里有已经移交、有了新版本或者还没有在网上审核通过的，请刷新页面重新勾选。")
    year = clock.beijing_day(now).year
    last = Handover.objects.filter(sender=sender, year=year).aggregate(last=Max("serial"))["last"] or 0
    handover = Handover.objects.create(
        sender=sender, receiver=receiver, year=year, serial=last + 1, made_by_id=actor.person_id, made_at=now
    )
    HandoverLine.objects.bulk_create(
        HandoverLine(handover=handover, sender=sender, form=form, position=position, copies=copies)
        for position, (form, copies) in enumerate(
            ((form, queries.copies_wanted(form.application.plan)) for form in ready), start=1
        )
    )
    details = {"receiver": receiver.pk, "forms": [form.pk for form in ready]}
    record("handover.make", actor=actor, now=now, subject=handover, to_state=handover.state, details=details)
    enqueue("certificates.print_handover", key=f"handover-{handover.pk}", handover_id=handover.pk)
    _tell_receiver(handover, ready, now)
    return handover


def _tell_receiver(handover: Handover, forms: Sequence[ReviewForm], now: datetime) -> None:
    is_office = handover.receiver_id == forms[0].application.plan.office_id
    kind = messages.HANDOVER_TO_OFFICE if is_office else messages.HANDOVER_SENT
    context = {
        "sender": handover.sender.name,
        "number": handover.number,
        "count": len(forms),
        "key": handover.pk,
    }
    tell_each(people=people_of(handover.receiver), kind=kind, context=context, now=now)


@transaction.atomic
def confirm_lines(
    *, handover: Handover, answers: Mapping[int, Answer], version: int, actor: Actor, now: datetime
) -> None:
    """The receiver answers lines, all at once or bit by bit; the last answer settles the list.

    A line that agrees enters the receiver's register with the seals due there; one that differs goes back to the
    sender's hands and can stand on a later list. Lines answered before are left as they are.
    """
    if version != handover.version:
        raise stale(handover)
    everything = list(queries.lines_of(handover).select_for_update(of=("self",)))
    _refuse_strangers(handover, everything, actor)
    if handover.state != HandoverState.SENT:
        raise Refused(f"这张清单{handover.get_state_display()}，不用再核收。")
    lines = [line for line in everything if line.answer == LineAnswer.WAITING and line.pk in answers]
    if not lines:
        raise Refused("请至少核收一件：每件选“相符”“有差异”或者“没有收到”。")
    for line in lines:
        _refuse_contradiction(line, answers[line.pk])
    received = [line for line in lines if answers[line.pk].answer == LineAnswer.RECEIVED]
    _refuse_outdated(received)
    _enter(handover, received, answers, actor, now)
    for line in lines:
        said = answers[line.pk]
        line.answer, line.note = said.answer, said.note.strip()
        line.copies_received = 0 if said.answer == LineAnswer.MISSING else said.copies
        line.answered_by_id, line.answered_at = actor.person_id, now
    HandoverLine.objects.bulk_update(lines, ANSWERED)
    _settle(handover, everything, lines, actor, now)


def answer_line(*, line: HandoverLine, answer: str, copies: int, actor: Actor, now: datetime) -> None:
    """One line answered by the scan of its form; called where the paper is received."""
    handover = line.handover
    everything = list(handover.lines.select_related("form__application").select_for_update(of=("self",)))
    _refuse_strangers(handover, everything, actor)
    scanned = next(each for each in everything if each.pk == line.pk)
    scanned.answer, scanned.copies_received = answer, copies
    scanned.answered_by_id, scanned.answered_at = actor.person_id, now
    scanned.save(update_fields=ANSWERED)
    _settle(handover, everything, [scanned], actor, now)


@transaction.atomic
def cancel_handover(*, handover: Handover, version: int, actor: Actor, now: datetime) -> None:
    """The sender takes a list back of which nothing has been answered; its papers are at hand again."""
    if handover.lines.exclude(answer=LineAnswer.WAITING).exists():
        raise Refused("对方已经核收了一部分，清单不能作废。有差错的，请对方记为有差异。")
    move(handover, transitions.CANCEL_HANDOVER, actor=actor, now=now, version=version)
    handover.lines.update(answer=LineAnswer.CANCELLED)


def _refuse_strangers(handover: Handover, lines: Collection[HandoverLine], actor: Actor) -> None:
    """Only the receiving body, and nobody who stands on the list."""
    own = actor.person_id is not None and any(
        line.form.application.person_id == actor.person_id for line in lines
    )
    if own or not access.can_confirm_handover(actor, handover):
        raise Forbidden("handover.confirm")


def _refuse_contradiction(line: HandoverLine, said: Answer) -> None:
    if said.answer not in {LineAnswer.RECEIVED, LineAnswer.DIFFERS, LineAnswer.MISSING}:
        raise Refused(f"第 {line.position} 件没有选核收结果。")
    if said.answer == LineAnswer.RECEIVED and (said.copies or 0) < line.copies:
        raise Refused(
            f"第 {line.position} 件要 {line.copies} 份，只填了 {said.copies or 0} 份。份数不够的，请选“有差异”并写明。"
        )
    if said.answer == LineAnswer.DIFFERS and not said.note.strip():
        raise Refused(f"第 {line.position} 件有差异，请写明差在哪里，例如“缺人力社保部门的印章”。")


def _refuse_outdated(lines: Collection[HandoverLine]) -> None:
    keys = [line.form_id for line in lines]
    if outdated := queries.outdated_among(keys):
        first = next(line for line in lines if line.form_id in outdated)
        raise Refused(
            f"第 {first.position} 件打印以后，申报人又提交过材料，这一版不能收。请选“有差异”并写明是旧版。"
        )


def _enter(
    handover: Handover,
    lines: Collection[HandoverLine],
    answers: Mapping[int, Answer],
    actor: Actor,
    now: datetime,
) -> None:
    due = queries.seals_due_on(lines, handover.receiver_id) if lines else {}
    PaperRecord.objects.bulk_create(
        [
            PaperRecord(
                form_id=line.form_id,
                event=PaperEvent.RECEIVED,
                organisation_id=handover.receiver_id,
                copies=answers[line.pk].copies or line.copies,
                seals=list(due[line.form_id]),
                handed_in_by=handover.sender.name[:60],
                by_id=actor.person_id,
                at=now,
                note=f"移交清单{handover.number}第 {line.position} 件",
            )
            for line in lines
        ],
        ignore_conflicts=True,  # handed in directly and received before the list came
    )


def _settle(
    handover: Handover,
    everything: Collection[HandoverLine],
    answered: Collection[HandoverLine],
    actor: Actor,
    now: datetime,
) -> None:
    """Log the answers; when no line waits any more the list is settled by them and its maker told."""
    details = {"lines": {str(line.position): line.answer for line in answered}}
    answers = [line.answer for line in everything]
    if LineAnswer.WAITING in answers:
        record("handover.answer", actor=actor, now=now, subject=handover, details=details)
        return
    received = answers.count(LineAnswer.RECEIVED)
    agrees = received == len(answers)
    settle = transitions.CONFIRM_HANDOVER if agrees else transitions.NOTE_DIFFERENCES
    move(handover, settle, actor=actor, now=now, details=details)
    if handover.made_by_id is None:
        return
    context = {
        "number": handover.number,
        "outcome": handover.get_state_display(),
        "receiver": handover.receiver.name,
        "received": received,
        "differing": len(answers) - received,
        "key": handover.pk,
    }
    tell(person=handover.made_by_id, kind=messages.HANDOVER_SETTLED, context=context, now=now)
