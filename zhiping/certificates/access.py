"""Who may report, confirm, revoke and download."""

from zhiping.applications.models import Application
from zhiping.certificates.models import Certificate, ResultReport
from zhiping.kernel.actor import Actor, Role

PUBLISHING_ROLES = (Role.CITY_HR, Role.PROVINCIAL_HR, Role.INDUSTRY_AUTHORITY, Role.COUNTY_HR)


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
    """The plan's office receives, archives and returns the paper forms."""
    return actor.has_role(Role.COMMITTEE_OFFICE) and actor.organisation_id == application.plan.office_id
