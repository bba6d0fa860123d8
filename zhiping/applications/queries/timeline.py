"""What the applicant sees of a case: who has it, since when, until when, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from zhiping.applications.models import Application, Remark, Step, StepDecision
from zhiping.applications.queries.scope import visible_to
from zhiping.applications.states import ENDED, ApplicationState, Outcome, StepState
from zhiping.kernel.actor import Actor

MOMENT_OF = {
    StepState.WAITING: "later",
    StepState.OPEN: "now",
    StepState.AUDITED: "now",
    StepState.PUBLICISED: "now",
    StepState.PASSED: "done",
    StepState.RETURNED: "act",
    StepState.REFUSED: "act",
}
FINISHED = ENDED | {ApplicationState.NOT_PASSED, ApplicationState.CERTIFIED}
WITH_THE_PERSON = frozenset(
    {ApplicationState.DRAFT, ApplicationState.RETURNED, ApplicationState.PAYMENT_PENDING}
)
UNPAID = frozenset({ApplicationState.PAYMENT_PENDING, ApplicationState.PAYMENT_LAPSED})
AFTER = (  # what follows the chain, in words; the states in which it is past or now
    ("评前公示（不少于 5 个工作日）", {ApplicationState.PRE_REVIEW_PUBLICITY}),
    ("专家评议和会议表决", {ApplicationState.READY, ApplicationState.IN_COMMITTEE, ApplicationState.PASSED}),
    ("评后公示（不少于 5 个工作日）", {ApplicationState.RESULT_PUBLICITY}),
    ("核准发文、发证", {ApplicationState.APPROVED, ApplicationState.CERTIFIED}),
)


@dataclass(frozen=True)
class Moment:
    """One node of the timeline."""

    title: str
    state: str
    status: str = ""
    since: datetime | None = None
    until: datetime | None = None
    ended: datetime | None = None
    holder: str = ""
    decisions: tuple[StepDecision, ...] = ()
    publicity: Any = None


@dataclass(frozen=True)
class Case:
    """An application with its timeline and what its person has to do."""

    application: Application
    moments: tuple[Moment, ...]
    remarks: tuple[Remark, ...]
    todo: str

    @property
    def holder(self) -> str:
        """Who has it now, in words."""
        held = next((moment for moment in self.moments if moment.state == "now"), None)
        if self.application.state in WITH_THE_PERSON:
            return "您本人"
        if held or self.application.state in FINISHED:
            return held.holder if held else "—"
        return self.application.plan.office.name


def cases_of(actor: Actor, now: datetime) -> list[Case]:
    """All of a person's applications, newest first, in a constant number of queries."""
    rows = (
        _with_chain(visible_to(actor))
        .exclude(state=ApplicationState.WITHDRAWN)
        .order_by("-created_at", "-pk")
    )
    return [case_of(application, now) for application in rows]


def loaded_case(actor: Actor, key: int, now: datetime) -> Case | None:
    """One application with its chain, within the actor's scope."""
    application = _with_chain(visible_to(actor)).filter(pk=key).first()
    return case_of(application, now) if application else None


def case_of(application: Application, now: datetime) -> Case:
    """The timeline of an application whose chain was prefetched."""
    remarks = tuple(each for each in application.open_remarks) if _is_returned(application) else ()
    return Case(application, tuple(_moments(application)), remarks, _todo(application, remarks))


def _with_chain(rows: Any) -> Any:
    steps = Step.objects.select_related("organisation", "publicity").order_by("position")
    decisions = StepDecision.objects.select_related("decided_by").order_by("decided_at", "pk")
    return rows.select_related("plan__office").prefetch_related(
        Prefetch("steps", steps.prefetch_related(Prefetch("decisions", decisions))),
        Prefetch("remarks", Remark.objects.filter(answered_in=None), to_attr="open_remarks"),
    )


def _is_returned(application: Application) -> bool:
    return application.state == ApplicationState.RETURNED


def _todo(application: Application, remarks: tuple[Remark, ...]) -> str:
    if application.state == ApplicationState.DRAFT:
        return "草稿还没有提交"
    if application.state == ApplicationState.PAYMENT_PENDING:
        return "请缴纳评审费"
    return f"被退回，有 {len(remarks)} 处要改" if _is_returned(application) else ""


def _moments(application: Application) -> Iterable[Moment]:
    if application.submitted_at:
        yield Moment("个人提交", "done", ended=application.submitted_at, holder=application.person.name)
    else:
        yield Moment("填写和提交", "now", since=application.created_at, holder="您本人")
        yield Moment("单位和各级部门逐级审核", "later", holder="提交后按计划的报送路线排定")
    for step in application.steps.all():
        yield Moment(
            step.label,
            MOMENT_OF[StepState(step.state)],
            status=step.get_state_display() if step.state != StepState.WAITING else "",
            since=step.opened_at,
            until=step.due_at,
            ended=step.decided_at if step.state in (StepState.PASSED, StepState.REFUSED) else None,
            holder=step.organisation.name,
            decisions=tuple(step.decisions.all()),
            publicity=step.publicity,
        )
    if application.state in UNPAID:
        yield Moment("缴纳评审费", "act", status=application.get_state_display(), holder="您本人")
    if application.state not in ENDED or application.state == ApplicationState.NOT_PASSED:
        yield from _after(application)


def _after(application: Application) -> Iterable[Moment]:
    """The committee's part: past, now or to come."""
    reached = next((at for at, (_, states) in enumerate(AFTER) if application.state in states), None)
    if application.state == ApplicationState.NOT_PASSED:
        reached = 1
    for at, (title, _) in enumerate(AFTER):
        is_last = application.state == ApplicationState.CERTIFIED and at == len(AFTER) - 1
        state = "later"
        if reached is not None:
            state = "done" if at < reached or is_last else "now" if at == reached else "later"
        status = application.get_state_display() if at == reached else ""
        yield Moment(title, state, status=status, holder=application.plan.office.name)


def refusal_of(case: Case) -> StepDecision | None:
    """The decision that ended the case, if a desk refused it."""
    found = [d for moment in case.moments for d in moment.decisions if d.outcome == Outcome.REFUSE]
    return found[-1] if found else None
