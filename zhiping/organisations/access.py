"""Who may register, authorise, staff and suspend bodies."""

from zhiping.kernel.actor import EMPLOYER_ROLES, Actor, Role
from zhiping.organisations.models import ClerkRequest, Membership, Organisation
from zhiping.organisations.states import EMPLOYER_KINDS, HR_ROLE_OF_LEVEL

HR_ROLES = frozenset(HR_ROLE_OF_LEVEL.values())


def can_register_employer(actor: Actor) -> bool:
    """A natural person with an account, acting for themselves; bodies of the state are entered by the platform."""
    return actor.has_role(Role.APPLICANT) and actor.person_id is not None


def acts_for(actor: Actor, organisation: Organisation) -> bool:
    """The employer's own staff."""
    return actor.role in EMPLOYER_ROLES and actor.organisation_id == organisation.pk


def can_submit_letter(actor: Actor, organisation: Organisation) -> bool:
    return acts_for(actor, organisation)


def can_decide_letter(actor: Actor, organisation: Organisation) -> bool:
    """The 人力社保 body of the employer's own place and level, and nobody who belongs to the employer (R-035)."""
    return (
        organisation.kind in EMPLOYER_KINDS
        and actor.role is HR_ROLE_OF_LEVEL[organisation.region.level]
        and actor.region_code == organisation.region_id
        and not Membership.objects.filter(
            organisation=organisation, user__person_id=actor.person_id, is_active=True
        ).exists()
    )


def can_administer_bodies(actor: Actor) -> bool:
    """Accounts of departments are allocated, never taken (R-031)."""
    return actor.has_role(Role.SYSTEM_ADMIN)


def can_suspend(actor: Actor, organisation: Organisation) -> bool:
    """The administrator, but not the body the administrator acts for."""
    return can_administer_bodies(actor) and actor.organisation_id != organisation.pk


def can_keep_staff(actor: Actor, organisation: Organisation) -> bool:
    """An employer keeps its own staff; the administrator that of every other kind of body."""
    return acts_for(actor, organisation) or can_administer_bodies(actor)


def can_answer_request(actor: Actor, request: ClerkRequest) -> bool:
    """Who was asked: the person about an invitation, the employer's staff about a wish; never one's own wish."""
    if request.state == "invited":
        return actor.user_id == request.user_id
    return acts_for(actor, request.organisation) and actor.user_id != request.user_id


def can_drop_request(actor: Actor, request: ClerkRequest) -> bool:
    """Both sides may say no."""
    return actor.user_id == request.user_id or acts_for(actor, request.organisation)
