"""The minutes of a meeting (art. 23), generated from the roll, the opinions and the counts."""

from zhiping.auditlog.models import LogHead
from zhiping.committees.models import Case, Meeting, Seat
from zhiping.committees.tally import votes_needed
from zhiping.documents import minutes as document
from zhiping.kernel.clock import end_of, start_of

RULE = "无记名投票，出席委员三分之二以上同意为通过（3×同意票数 ≥ 2×应投票人数）；未投、弃权不计入同意。"


def minutes_of(meeting: Meeting, recorder: str) -> document.MeetingMinutes:
    """What the minutes print: names of the present and the counts, never who voted how."""
    seats = list(meeting.seats.select_related("member__person").order_by("member__pk"))
    cases = meeting.cases.select_related("application__person", "application__employer", "application__title")
    cases = cases.prefetch_related("opinions__member__person", "recusals__member__person")
    head = LogHead.objects.get(pk=1)
    return document.MeetingMinutes(
        heading="职称评审会议记录",
        committee=meeting.committee.name,
        meeting=meeting.plan.name,
        starts_at=start_of(meeting.held_on),
        ends_at=end_of(meeting.held_on),
        place=meeting.place,
        chair=next((s.member.person.name for s in seats if s.member.position == "chair"), ""),
        recorder=recorder,
        members=len(seats),
        quorum=votes_needed(len(seats)),
        present=sum(seat.is_present for seat in seats),
        rule=RULE,
        attendees=tuple(_attendee(seat) for seat in seats),
        candidates=tuple(_candidate(case) for case in cases),
        log_head=f"{head.sequence} {head.hash[:16]}",
        day=meeting.held_on,
    )


def _attendee(seat: Seat) -> document.Attendee:
    return document.Attendee(
        name=seat.member.person.name,
        role=seat.member.get_position_display(),
        attendance="出席" if seat.is_present else "缺席",
    )


def _candidate(case: Case) -> document.CandidateResult:
    application = case.application
    opinions = "；".join(f"{o.get_recommendation_display()}：{o.text}" for o in case.opinions.all())
    return document.CandidateResult(
        number=case.position,
        name=application.person.name,
        employer=application.employer.name if application.employer else "",
        title_applied=application.title.name,
        group="",
        group_opinion=opinions,
        present=case.base or 0,
        agree=case.agree or 0,
        against=case.against or 0,
        abstain=case.abstain or 0,
        outcome={True: "通过", False: "未通过", None: "未表决"}[case.passed],
        recused="、".join(r.member.person.name for r in case.recusals.all()),
    )
