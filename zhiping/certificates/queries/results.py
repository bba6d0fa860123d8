"""Questions about reports and certificates."""

from django.db.models import Exists, OuterRef, QuerySet

from zhiping.applications.models import Application
from zhiping.applications.states import ENDED as ENDED_APPLICATIONS
from zhiping.applications.states import ApplicationState
from zhiping.certificates.models import Certificate, PaperRecord, ResultReport
from zhiping.certificates.states import CertificateState, PaperEvent, ReportState
from zhiping.committees.models import Meeting
from zhiping.committees.queries import publicity_subject
from zhiping.committees.states import HELD
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.regions import lies_in
from zhiping.notices.models import Publicity, PublicityEntry
from zhiping.notices.states import ENDED, ObjectionState, PublicityKind
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import in_region_of
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.chain import body_of
from zhiping.plans.models import Plan
from zhiping.plans.routing import named_body
from zhiping.plans.rules import rules_of
from zhiping.plans.states import PlanState


def reports_visible_to(actor: Actor) -> QuerySet[ResultReport]:
    """The office's own reports; those that ask the actor's body to confirm; its region's for supervision."""
    rows = ResultReport.objects.select_related("plan")
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return rows.filter(plan__office_id=actor.organisation_id)
    if actor.has_role(Role.SUPERVISOR):
        return rows.filter(in_region_of(actor, "plan__office__region__code"))
    if actor.organisation_id is None:
        return rows.none()
    return rows.filter(confirmations__organisation_id=actor.organisation_id)


def visible_to(actor: Actor) -> QuerySet[Certificate]:
    """One's own; the office's; those a body published."""
    rows = Certificate.objects.select_related("application__plan", "person")
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return rows.filter(application__plan__office_id=actor.organisation_id)
    if actor.has_role(Role.SUPERVISOR):
        return rows.filter(in_region_of(actor, "application__plan__office__region__code"))
    if actor.organisation_id is not None:
        return rows.filter(report__confirmations__organisation_id=actor.organisation_id)
    return rows.filter(person_id=actor.person_id) if actor.person_id else rows.none()


def reportable(plan: Plan) -> QuerySet[Application]:
    """Passed people whose result publicity ended, not upheld against, and not in a live report."""
    return _reportable().filter(plan=plan).order_by("pk")


def plans_to_report(actor: Actor) -> QuerySet[Plan]:
    """Plans of the acting office with somebody to report now."""
    own = Plan.objects.filter(office_id=actor.organisation_id or 0)
    return own.filter(pk__in=_reportable().values("plan_id")).order_by("name")


def _reportable() -> QuerySet[Application]:
    ended = PublicityEntry.objects.filter(
        publicity__kind=PublicityKind.RESULT, publicity__state__in=sorted(ENDED)
    )
    upheld = ended.filter(objections__state=ObjectionState.UPHELD)
    rows = Application.objects.select_related("person", "employer", "title", "plan")
    return (
        rows.filter(state=ApplicationState.RESULT_PUBLICITY, pk__in=ended.values("subject_id"))
        .exclude(pk__in=upheld.values("subject_id"))
        .exclude(reports__state__in=[ReportState.REPORTED, ReportState.ISSUED])
    )


def unfinished(plan: Plan) -> QuerySet[Application]:
    """Submitted applications of a plan that have neither ended nor got their certificate."""
    done = [ApplicationState.DRAFT, ApplicationState.CERTIFIED, *ENDED_APPLICATIONS]
    return Application.objects.filter(plan=plan).exclude(state__in=done)


def plans_behind_their_acts() -> list[tuple[Plan, PlanState]]:
    """Plans past their windows, with the state that sessions, result lists and documents give them; two queries."""
    opened = Meeting.objects.filter(plan=OuterRef("pk"), state__in=HELD)
    issued = ResultReport.objects.filter(plan=OuterRef("pk"), state=ReportState.ISSUED)
    lists = set(
        Publicity.objects.filter(kind=PublicityKind.RESULT).values_list("subject", flat=True).distinct()
    )
    behind = [PlanState.CLOSED, PlanState.UNDER_REVIEW, PlanState.RESULT_PUBLICITY]
    found = []
    for plan in Plan.objects.filter(state__in=behind).annotate(held=Exists(opened), done=Exists(issued)):
        has_list = publicity_subject(plan) in lists
        reached = (
            PlanState.ISSUED
            if plan.done
            else PlanState.RESULT_PUBLICITY
            if has_list
            else PlanState.UNDER_REVIEW
        )
        if (plan.done or has_list or plan.held) and reached != plan.state:
            found.append((plan, reached))
    return found


def plans_whose_paper_went_back() -> QuerySet[Plan]:
    """Issued plans with certificates where nothing is under way and each certified person's form was returned."""
    of_plan = Application.objects.filter(plan=OuterRef("pk"))
    done = [ApplicationState.DRAFT, ApplicationState.CERTIFIED, *ENDED_APPLICATIONS]
    certified = of_plan.filter(state=ApplicationState.CERTIFIED)
    returned = PaperRecord.objects.filter(form__application=OuterRef("pk"), event=PaperEvent.RETURNED)
    return Plan.objects.filter(
        Exists(certified),
        ~Exists(of_plan.exclude(state__in=done)),
        ~Exists(certified.filter(~Exists(returned))),
        state=PlanState.ISSUED,
    )


def bodies_needed(plan: Plan) -> int:
    """How many bodies publish together, from the pack's `results` (R-331)."""
    results = rules_of(plan).data.get("results") or {}
    return (
        len(results["published_by"]) if results.get("needs") == "all" and results.get("published_by") else 1
    )


def possible_bodies(plan: Plan) -> QuerySet[Organisation]:
    """Authorities of the plan's region and of its superiors that may publish a result."""
    regions = set(lies_in(plan.region_id))
    kinds = [OrganisationKind.HR_AUTHORITY, OrganisationKind.INDUSTRY_AUTHORITY]
    return Organisation.objects.filter(kind__in=kinds, region_id__in=regions).order_by(
        "-region_id", "kind", "name"
    )


def named_publishers(plan: Plan) -> tuple[str, ...]:
    """The bodies that publish the results as the notice prints them; empty if it names none (R-331)."""
    return tuple((rules_of(plan).data.get("results") or {}).get("published_by") or ())


def publishing_bodies(plan: Plan) -> list[Organisation]:
    """Who may publish: the bodies that the notice names, in its order, else every authority that could be meant."""
    possible = list(possible_bodies(plan).select_related("region"))
    known = {body.pk: body for body in possible}
    bodies = [body_of(each) for each in possible]
    found = [named_body(printed, bodies) for printed in named_publishers(plan)]
    return [known[body.pk] for body in found if body is not None] if found else possible


def find_certificate(*, number: str, name: str) -> Certificate | None:
    """The certificate with this number and holder; None for an unknown number and for a wrong name alike."""
    rows = Certificate.objects.exclude(state=CertificateState.PENDING).select_related("successor")
    found = rows.filter(number=number.strip()).first()
    return found if found is not None and found.holder_name == name.strip() else None


def certificate_by_code(code: str) -> Certificate | None:
    rows = Certificate.objects.exclude(state=CertificateState.PENDING).select_related("successor")
    return rows.filter(code=code).first()


def certificate_by_file(sha256: str) -> Certificate | None:
    rows = Certificate.objects.exclude(state=CertificateState.PENDING).select_related("successor")
    return rows.filter(file_hash=sha256).first()
