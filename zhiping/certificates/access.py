"""Who may report, confirm, revoke and download."""

from zhiping.applications.models import Application
from zhiping.applications.states import REACHED
from zhiping.certificates.models import Certificate, Handover, ResultReport
from zhiping.kernel.actor import AUDITING_ROLES, Actor, Role

PUBLISHING_ROLES = (Role.CITY_HR, Role.PROVINCIAL_HR, Role.INDUSTRY_AUTHORITY, Role.COUNTY_HR)
PAPER_ROLES = (*AUDITING_ROLES, Role.COMMITTEE_OFFICE)


def can_report(actor: Actor, report: ResultReport) -> bool:
    """The plan's committee office reports its results."""
    return actor.has_role(Role.COMMITTEE_OFFICE) and actor.organisation_id == report.plan.office_id


def can_confirm(actor: Actor, report: ResultReport) -> bool:
    """Each body named in the report confirms for itself; never the office that reported, nobody on the list."""
    return (
        actor.has_role(*PUBLISHING_ROLES)
        and report.confirmations.filter(organisation_id=actor.organisation_id).exists()
        and not report.applications.filter(person_id=actor.person_id).exists()
    )


def can_issue_for(actor: Actor, application: Application) -> bool:
    """A body named in a report of the application; never for oneself."""
    return (
        actor.has_role(*PUBLISHING_ROLES)
        and actor.person_id != application.person_id
        and application.reports.filter(confirmations__organisation_id=actor.organisation_id).exists()
    )


def can_certify(actor: Actor, thing: Application | Certificate) -> bool:
    """Certificates are made by the platform after issue (R-332); people only ask for it."""
    return actor.has_role(Role.SYSTEM)


def can_revoke(actor: Actor, thing: Certificate | Application) -> bool:
    """A human-resources authority that published the result revokes, never for itself (R-338, R-342)."""
    if not actor.has_role(Role.CITY_HR, Role.PROVINCIAL_HR) or actor.person_id == thing.person_id:
        return False
    application = thing.application if isinstance(thing, Certificate) else thing
    return application.reports.filter(confirmations__organisation_id=actor.organisation_id).exists()


def can_handle_paper(actor: Actor, application: Application) -> bool:
    """The plan's office, and every desk of the chain that the case has reached; nobody their own (R-313)."""
    if actor.person_id is not None and actor.person_id == application.person_id:
        return False
    if actor.has_role(Role.COMMITTEE_OFFICE):
        return actor.organisation_id == application.plan.office_id
    return actor.role in AUDITING_ROLES and (
        application.steps.filter(
            organisation_id=actor.organisation_id, role=actor.role, state__in=sorted(REACHED)
        ).exists()
    )


def can_file_paper(actor: Actor, application: Application) -> bool:
    """Only the plan's office keeps the paper and gives it back (R-319)."""
    return actor.has_role(Role.COMMITTEE_OFFICE) and actor.organisation_id == application.plan.office_id


def can_confirm_handover(actor: Actor, handover: Handover) -> bool:
    """Staff of the body that the list is for."""
    return actor.has_role(*PAPER_ROLES) and actor.organisation_id == handover.receiver_id


def can_cancel_handover(actor: Actor, handover: Handover) -> bool:
    """Staff of the body that made the list."""
    return actor.has_role(*PAPER_ROLES) and actor.organisation_id == handover.sender_id
