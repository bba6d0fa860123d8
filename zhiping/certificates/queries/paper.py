"""Questions about the paper review form: when it is printed, where it lies, what may go up the chain."""

import hashlib
import json
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from zhiping.achievements.queries import copy_checks
from zhiping.applications.models import Application, Snapshot, Step
from zhiping.applications.places import papers_of
from zhiping.applications.queries import visible_to as applications_visible_to
from zhiping.applications.states import IN_CHAIN, REACHED, ApplicationState, StepState
from zhiping.certificates.access import PAPER_ROLES, can_handle_paper
from zhiping.certificates.models import Handover, HandoverLine, PaperRecord, ReviewForm
from zhiping.certificates.seals import Place, due_at
from zhiping.certificates.states import LIVE_LINES, HandoverState, LineAnswer, PaperEvent, ReportState
from zhiping.committees.queries import OFFICE_STATES
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan
from zhiping.plans.rules import rules_of

FEE_PAID = "fee_paid"
# Who has to have passed for an event that `review_form.after` of a pack names.
PASSED_BY = {
    "acceptance_point_passed": frozenset({Role.ACCEPTANCE_POINT}),
    "hr_authority_passed": frozenset({Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR}),
    "audit_passed": frozenset({Role.COMMITTEE_OFFICE}),
}


def can_export_form(actor: Actor, application: Application) -> bool:
    """The applicant and the plan's office, once the steps that the pack names have passed (R-312)."""
    own = (
        actor.person_id is not None
        and actor.person_id == application.person_id
        and actor.has_role(Role.APPLICANT)
    )
    office = actor.has_role(Role.COMMITTEE_OFFICE) and actor.organisation_id == application.plan.office_id
    return (own or office) and is_exportable(application)


def is_exportable(application: Application) -> bool:
    """Whether everything that the pack's `review_form.after` names has happened; else acceptance by the office.

    An unpaid fee holds the form back only where the pack says so (R-323, C-58).
    """
    if application.state in OFFICE_STATES - {ApplicationState.PAYMENT_PENDING}:
        return True
    after = set(_rule(application.plan).get("after") or ())
    if application.state == ApplicationState.PAYMENT_PENDING:
        return FEE_PAID not in after
    wanted = after & set(PASSED_BY)
    if not wanted or application.state not in IN_CHAIN:
        return False
    roles = set(application.steps.filter(state=StepState.PASSED).values_list("role", flat=True))
    return all(roles & PASSED_BY[event] for event in wanted)


def copies_wanted(plan: Plan) -> int:
    """Paper copies of the review form that the notice asks for (R-308); one where it names none."""
    return int(_rule(plan).get("copies") or 1)


def form_content_hash(application: Application) -> str:
    """SHA-256 of everything the printed form shows that can change: submission, papers compared, opinions, vote, approval."""
    snapshot = application.snapshots.order_by("-number").first()
    case = application.review_cases.exclude(passed=None).order_by("-pk").first()
    report = application.reports.filter(state=ReportState.ISSUED).first()
    papers = papers_of(json.loads(snapshot.content)) if snapshot else {}
    checks = copy_checks(papers)
    content: dict[str, Any] = {
        "copies": sorted(check.pk for found in checks.values() for check in found),
        "snapshot": snapshot.sha256 if snapshot else "",
        "decisions": list(application.steps.values_list("key", "state", "decided_at").order_by("position")),
        "vote": [case.base, case.agree, case.against, case.abstain, case.passed] if case else [],
        "document": report.document_number if report else "",
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def form_by_code(code: str) -> ReviewForm | None:
    """The printed form whose QR was scanned, with its plan's rules at hand."""
    related = ("application__person", "application__employer", "application__plan__pack_version")
    rows = ReviewForm.objects.select_related(*related).prefetch_related("application__plan__windows")
    return rows.filter(code=code).first()


def form_at_desk(actor: Actor, code: str) -> ReviewForm | None:
    """The scanned form if the actor's desk handles its paper."""
    form = form_by_code(code)
    return form if form is not None and can_handle_paper(actor, form.application) else None


def why_outdated(form: ReviewForm) -> str:
    """Why this version is not taken, as a sentence; empty if it is good.

    Paper that a desk has received goes on its way as long as nothing new was submitted; before that it must be the
    newest version printed.
    """
    received = PaperRecord.objects.filter(form=OuterRef("pk"), event=PaperEvent.RECEIVED)
    row = ReviewForm.objects.annotate(
        newest=Max("application__review_forms__number"),
        is_received=Exists(received),
        is_overtaken=Exists(_later_submissions()),
    ).get(pk=form.pk)
    if form.number < row.newest and not (form.submission and row.is_received):
        return f"这是第 {form.number} 版评审表，最新的是第 {row.newest} 版。请申报人重新打印最新版并盖章。"
    if row.is_overtaken:
        return f"第 {form.number} 版评审表打印以后，申报人又提交过材料。请申报人重新导出、打印并盖章。"
    return ""


def outdated_among(forms: Collection[int]) -> set[int]:
    """Those of the forms after whose printing something new was submitted; one query."""
    rows = ReviewForm.objects.filter(Exists(_later_submissions()), pk__in=forms)
    return set(rows.values_list("pk", flat=True))


def _later_submissions() -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(application=OuterRef("application"), number__gt=OuterRef("submission"))


def seals_due(application: Application, organisation_id: int | None) -> tuple[str, ...]:
    """The seals that the form must bear when it lies on this body's desk (R-310)."""
    named = _rule(application.plan).get("seals") or ()
    return due_at(named, _places([application.pk]).get(application.pk, []), organisation_id) if named else ()


def seals_due_on(lines: Iterable[HandoverLine], organisation_id: int) -> dict[int, tuple[str, ...]]:
    """The same for the lines of a list, by form; one query."""
    rows = list(lines)
    places = _places([line.form.application_id for line in rows])
    return {
        line.form_id: due_at(
            _rule(line.form.application.plan).get("seals") or (),
            places.get(line.form.application_id, []),
            organisation_id,
        )
        for line in rows
    }


def _places(applications: list[int]) -> dict[int, list[Place]]:
    columns = ("position", "role", "organisation_id", "organisation__region__level")
    found: dict[int, list[Place]] = {}
    for key, *place in Step.objects.filter(application__in=applications).values_list(
        "application_id", *columns
    ):
        found.setdefault(key, []).append(Place(*place))
    return found


def _rule(plan: Plan) -> dict[str, Any]:
    return rules_of(plan).data.get("review_form") or {}


def register_of(actor: Actor) -> QuerySet[PaperRecord]:
    """收件登记簿: what the actor's body received, newest first; never one's own case."""
    if actor.role not in PAPER_ROLES:
        return PaperRecord.objects.none()
    gone = HandoverLine.objects.filter(
        sender=actor.organisation_id, form=OuterRef("form"), answer__in=sorted(LIVE_LINES)
    )
    rows = PaperRecord.objects.filter(event=PaperEvent.RECEIVED, organisation=actor.organisation_id)
    if actor.person_id is not None:
        rows = rows.exclude(form__application__person_id=actor.person_id)
    related = ("form__application__person", "form__application__employer", "form__application__plan", "by")
    return rows.annotate(is_gone=Exists(gone)).select_related(*related).order_by("-at", "-pk")


def at_hand(actor: Actor) -> QuerySet[ReviewForm]:
    """Papers that lie at the actor's body, whose case it has passed on line and whose content is still the newest."""
    if actor.role not in PAPER_ROLES:
        return ReviewForm.objects.none()
    here = PaperRecord.objects.filter(
        form=OuterRef("pk"), event=PaperEvent.RECEIVED, organisation=actor.organisation_id
    )
    gone = HandoverLine.objects.filter(
        form=OuterRef("pk"), sender=actor.organisation_id, answer__in=sorted(LIVE_LINES)
    )
    passed = Step.objects.filter(
        application=OuterRef("application"),
        organisation=actor.organisation_id,
        role=actor.role,
        state=StepState.PASSED,
    )
    visible = applications_visible_to(actor).values("pk")
    return ReviewForm.objects.filter(
        Exists(here), ~Exists(gone), ~Exists(_later_submissions()), Exists(passed), application__in=visible
    )


def receivers_for(actor: Actor) -> list[tuple[Organisation, int]]:
    """Bodies further up the chain that papers at hand can go to, and how many of them."""
    up = _further_up(actor).filter(application__in=at_hand(actor).values("application"))
    counts = dict(up.values_list("organisation").annotate(number=Count("application", distinct=True)))
    bodies = Organisation.objects.filter(pk__in=counts).order_by("name")
    return [(body, counts[body.pk]) for body in bodies]


def bodies_above(actor: Actor) -> QuerySet[Organisation]:
    """Bodies that stand further up in the chain of a case that the actor's body has passed."""
    return Organisation.objects.filter(Exists(_further_up(actor).filter(organisation=OuterRef("pk"))))


def ready_for(actor: Actor, receiver: Organisation) -> QuerySet[ReviewForm]:
    """Papers at hand whose chain leads to this body."""
    up = _further_up(actor).filter(application=OuterRef("application"), organisation=receiver)
    related = ("application__person", "application__employer", "application__plan__pack_version")
    rows = at_hand(actor).filter(Exists(up)).select_related(*related)
    return rows.prefetch_related("application__plan__windows").order_by("application__number")


def _further_up(actor: Actor) -> QuerySet[Step]:
    own = Step.objects.filter(
        application=OuterRef("application"),
        position__lt=OuterRef("position"),
        organisation=actor.organisation_id,
        role=actor.role,
        state=StepState.PASSED,
    )
    rows = Step.objects.filter(Exists(own), state__in=sorted(REACHED), role__in=sorted(PAPER_ROLES))
    return rows.exclude(organisation=actor.organisation_id).order_by()


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    """Lists that the actor's body sent or received; a cancelled one only at its sender's."""
    rows = Handover.objects.select_related("sender", "receiver", "made_by").annotate(size=Count("lines"))
    if actor.role not in PAPER_ROLES or actor.organisation_id is None:
        return rows.none()
    incoming = Q(receiver=actor.organisation_id) & ~Q(state=HandoverState.CANCELLED)
    return rows.filter(Q(sender=actor.organisation_id) | incoming)


def to_confirm(actor: Actor) -> QuerySet[Handover]:
    """Lists on their way to the actor's body."""
    return handovers_visible_to(actor).filter(receiver=actor.organisation_id, state=HandoverState.SENT)


def lines_of(handover: Handover) -> QuerySet[HandoverLine]:
    """The lines with everything that list, page and check need; two queries."""
    related = (
        "form__application__person",
        "form__application__employer",
        "form__application__plan__pack_version",
    )
    rows = handover.lines.select_related(*related)
    return rows.prefetch_related("form__application__plan__windows").order_by("position")


def waiting_line(form: ReviewForm, organisation_id: int | None) -> HandoverLine | None:
    """The line of a list on its way to this body on which the form stands."""
    rows = form.handover_lines.filter(answer=LineAnswer.WAITING, handover__receiver=organisation_id)
    return rows.select_related("handover").first()
