"""Who may do what with an application. Nobody handles their own case in another role."""

from zhiping.applications.models import Application, Step
from zhiping.applications.states import ACTIVE
from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role


def can_draft(actor: Actor, application: Application) -> bool:
    """The person themselves, acting as an applicant."""
    return actor.role is Role.APPLICANT and actor.person_id == application.person_id


def can_hold_desk(actor: Actor, step: Step) -> bool:
    """Staff of the step's body in the step's role; at an employer, clerk, head or agency alike."""
    if actor.organisation_id != step.organisation_id:
        return False
    return actor.role == step.role or (actor.role in EMPLOYER_ROLES and step.role in EMPLOYER_ROLES)


def can_decide_step(actor: Actor, step: Step) -> bool:
    """Whoever holds the desk, except about themselves."""
    return can_hold_desk(actor, step) and actor.person_id != step.application.person_id


def can_decide_case(actor: Actor, application: Application) -> bool:
    """Whoever may decide at the step where the case now stands (one query)."""
    step = application.steps.filter(state__in=sorted(ACTIVE)).first()
    if step is None:
        return False
    step.application = application
    return can_decide_step(actor, step)


def can_publicise(actor: Actor, step: Step) -> bool:
    """The employer's desk; the system when a publicity was taken down."""
    return actor.role is Role.SYSTEM or can_decide_step(actor, step)


def can_remind(actor: Actor) -> bool:
    """Staff of an employer remind its own people."""
    return actor.role in EMPLOYER_ROLES and actor.organisation_id is not None


def can_expel(actor: Actor, application: Application) -> bool:
    """HR authorities, by a confirmed finding of fraud; never in their own case (R-339)."""
    return (
        actor.has_role(Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR)
        and actor.person_id != application.person_id
    )


def is_system(actor: Actor, thing: object) -> bool:
    """Moves that time or another act brings about."""
    return actor.role is Role.SYSTEM
