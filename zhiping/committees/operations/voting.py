"""The secret vote on paper codes (art. 20, reliability §4.2): open rounds, cast, close, void, recount."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from zhiping.applications.operations import refuse_barred
from zhiping.auditlog.recording import record
from zhiping.committees import access, transitions
from zhiping.committees.ballot_codes import check_mark, digest, new_codes, proof
from zhiping.committees.models import Ballot, BallotCode, Case, Meeting, Round
from zhiping.committees.rounds import SMALLEST_ELECTORATE, batches, voters_by_case
from zhiping.committees.states import Choice, MeetingState, RoundState
from zhiping.committees.tally import count
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move

PrintedCodes = list[tuple[Round, list[str]]]


@transaction.atomic
def open_rounds(*, meeting: Meeting, actor: Actor, now: datetime) -> PrintedCodes:
    """Make one round per set of entitled voters and the codes to print; the codes exist only in the answer.

    1. only in session, and only for cases not yet decided or in a live round; 2. group cases by voters;
    3. store digests, log how many codes, never which.
    """
    if not access.can_run_meeting(actor, meeting):
        raise Forbidden("round.open")
    if meeting.state != MeetingState.IN_SESSION:
        raise Refused(f"会议现在是“{meeting.get_state_display()}”，锁定签到开会以后才能表决。")
    waiting = [
        case
        for case in _on_agenda(meeting)
        if case.passed is None and all(r.state == RoundState.VOID for r in case.rounds.all())
    ]
    if not waiting:
        raise Refused("没有等待表决的申报。每一件都已表决或正在表决。")
    refuse_barred([case.application for case in waiting], beijing_day(now), "表决")
    present = meeting.seats.filter(is_present=True).values_list("member_id", flat=True)
    recused = {case.pk: frozenset(r.member_id for r in case.recusals.all()) for case in waiting}
    voters = voters_by_case([case.pk for case in waiting], present, recused)
    by_key = {case.pk: case for case in waiting}
    printed: PrintedCodes = []
    for members, keys in batches(voters):
        if len(members) < SMALLEST_ELECTORATE:
            raise Refused(
                f"有 {len(keys)} 件可以表决的委员只有 {len(members)} 人，少于 {SMALLEST_ELECTORATE} 人，无法保密。"
                "请增加到会委员，或改期评审这几件。"
            )
        printed.append(_open_round(meeting, [by_key[key] for key in keys], len(members), actor, now))
    return printed


def _on_agenda(meeting: Meeting) -> QuerySet[Case]:
    rows = meeting.cases.select_related("application__person", "application__title")
    return rows.prefetch_related("recusals", "rounds")


def _open_round(
    meeting: Meeting, cases: list[Case], electorate: int, actor: Actor, now: datetime
) -> tuple[Round, list[str]]:
    round_ = Round.objects.create(
        meeting=meeting, number=meeting.rounds.count() + 1, salt=secrets.token_hex(16), electorate=electorate
    )
    round_.cases.set(cases)
    codes = new_codes(electorate)
    rows = sorted(
        (BallotCode(digest=digest(c, round_.salt), round=round_) for c in codes), key=lambda r: r.digest
    )
    BallotCode.objects.bulk_create(rows)
    record(
        "round.open",
        actor=actor,
        now=now,
        subject=round_,
        details={"codes": electorate, "cases": [case.pk for case in cases]},
    )
    return round_, codes


def open_round_for(code: str) -> BallotCode:
    """The digest row of a typed code in a round still open; refuses without saying more than it must."""
    for round_ in Round.objects.filter(state=RoundState.OPEN):
        found = BallotCode.objects.filter(digest=digest(code, round_.salt), round=round_).first()
        if found is not None:
            if found.is_used:
                raise Refused("这个表决码已经用过，投票已收到。每个码只能用一次。", field="code")
            return found
    raise Refused("没有这个表决码，或本轮投票已经截止。请核对纸条上的 12 个字符。", field="code")


@transaction.atomic
def cast_ballots(*, code: str, choices: Mapping[int, str]) -> str:
    """Drop one ballot per case of the code's round into the box; gives the mark to compare on the board.

    All cases at once or nothing; nothing is logged and no time is kept, so that nothing can be joined later.
    """
    row = open_round_for(code)
    cases = set(row.round.cases.values_list("pk", flat=True))
    if set(choices) != cases or not set(choices.values()) <= set(Choice.values):
        raise Refused("每一件都要选“同意”“不同意”或“弃权”中的一项。请补全后再投。")
    if not BallotCode.objects.filter(pk=row.pk, is_used=False).update(is_used=True):
        raise Refused("这个表决码已经用过，投票已收到。每个码只能用一次。", field="code")
    mark = check_mark(code)
    Ballot.objects.bulk_create(
        Ballot(
            id=secrets.token_hex(32),
            round=row.round,
            case_id=case,
            code=row,
            choice=choice,
            proof=proof(code, row.round.salt, case, choice),
            mark=mark,
        )
        for case, choice in choices.items()
    )
    return mark


@transaction.atomic
def close_round(*, round_: Round, version: int | None = None, actor: Actor, now: datetime) -> None:
    """Close the box and count: every case of the round is decided; missing ballots are not agreement.

    The fingerprint of the whole box goes into the log, so that a later change shows.
    """
    ballots = list(round_.ballots.order_by("pk").values_list("pk", "case_id", "choice", "proof"))
    fingerprint = box_fingerprint(ballots)
    move(
        round_,
        transitions.CLOSE_ROUND,
        actor=actor,
        now=now,
        version=version,
        details={"box": fingerprint, "ballots": len(ballots)},
    )
    round_.box_hash = fingerprint
    round_.save(update_fields=["box_hash"])
    meeting = round_.meeting
    for case in round_.cases.select_related("application__plan").prefetch_related("recusals"):
        recused = sum(1 for r in case.recusals.all()) if meeting.recused_in_base else 0
        tally = count(
            [choice for _, key, choice, _ in ballots if key == case.pk], round_.electorate + recused
        )
        case.base, case.passed = tally.base, tally.passed
        case.agree, case.against, case.abstain = tally.agree, tally.against, tally.abstain
        case.save(update_fields=["base", "passed", "agree", "against", "abstain"])
        arrow = transitions.PASS if tally.passed else transitions.FAIL
        details = {
            "base": tally.base,
            "agree": tally.agree,
            "against": tally.against,
            "abstain": tally.abstain,
        }
        move(case.application, arrow, actor=actor, now=now, details=details)


@transaction.atomic
def void_round(
    *, round_: Round, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> None:
    """Make an open round void (a slip was lost, a voter objects); its cases are voted again with new codes."""
    if round_.state != RoundState.OPEN:
        raise Refused("本轮已经计票。对结果有异议，请走复查程序。")
    if not reason.strip():
        raise Refused("请写明作废的原因，会写入会议记录。", field="reason")
    move(round_, transitions.VOID_ROUND, actor=actor, now=now, version=version, note=reason)


def box_fingerprint(ballots: list[tuple[str, int, str, str]]) -> str:
    """SHA-256 over the box sorted by ballot id: (id, case, choice, proof)."""
    text = "\n".join("|".join(map(str, row)) for row in sorted(ballots))
    return hashlib.sha256(text.encode()).hexdigest()


def recount(round_: Round, codes: list[str]) -> list[str]:
    """Compare the stored box with the paper slips; gives a sentence for everything that does not fit."""
    ballots = list(round_.ballots.order_by("pk"))
    problems = []
    if round_.box_hash and round_.box_hash != box_fingerprint(
        [(b.pk, b.case_id, b.choice, b.proof) for b in ballots]
    ):
        problems.append("票箱与计票时记入日志的指纹不符")
    by_digest = {digest(code, round_.salt): code for code in codes}
    for ballot in ballots:
        code = by_digest.get(ballot.code_id)
        if code is None:
            problems.append(f"票 {ballot.mark} 没有对应的纸条")
        elif proof(code, round_.salt, ballot.case_id, ballot.choice) != ballot.proof:
            problems.append(f"票 {ballot.mark} 的选择与投票时不符")
    return problems
