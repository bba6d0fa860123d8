"""Who keeps, approves, signs, appoints. Nobody approves what they proposed themselves."""

from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Organisation
from zhiping.posts.models import Competition, LedgerChange, PostForm, PostLedger, Reservation, Statement

KEEPING_ROLES = frozenset({Role.EMPLOYER_CLERK, Role.EMPLOYER_HEAD})
POST_ROLES = frozenset({Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR, Role.INDUSTRY_AUTHORITY})


def can_keep(actor: Actor, institution: Organisation) -> bool:
    """The institution's own staff."""
    return actor.role in KEEPING_ROLES and actor.organisation_id == institution.pk


def can_keep_ledger(actor: Actor, ledger: PostLedger) -> bool:
    return actor.role in KEEPING_ROLES and actor.organisation_id == ledger.institution_id


def can_approve_ledger(actor: Actor, ledger: PostLedger) -> bool:
    """Staff of the post authority that keeps this ledger (R-020)."""
    return actor.role in POST_ROLES and actor.organisation_id == ledger.authority_id


def can_withdraw_change(actor: Actor, change: LedgerChange) -> bool:
    return can_keep_ledger(actor, change.ledger)


def can_approve_change(actor: Actor, change: LedgerChange) -> bool:
    return can_approve_ledger(actor, change.ledger) and actor.person_id != change.proposed_by_id


def can_sign_pooled_change(actor: Actor, change: LedgerChange) -> bool:
    """Staff of the body that lends pooled posts (R-020, R-221)."""
    return (
        actor.role in POST_ROLES
        and actor.organisation_id == change.pooling_authority_id
        and actor.person_id != change.proposed_by_id
    )


def can_keep_competition(actor: Actor, competition: Competition) -> bool:
    return can_keep_ledger(actor, competition.ledger)


def can_seal_form(actor: Actor, form: PostForm) -> bool:
    """The post authority; never who filled it or stands on it."""
    return can_approve_ledger(actor, form.ledger) and actor.person_id != form.filled_by_id


def can_sign_pooled_form(actor: Actor, form: PostForm) -> bool:
    return (
        actor.role in POST_ROLES
        and actor.organisation_id == form.ledger.pooling_authority_id
        and actor.person_id != form.filled_by_id
    )


def can_reserve(actor: Actor, ledger: PostLedger) -> bool:
    """The institution's own staff by recommending; the system when a mended case comes back to a higher desk."""
    return actor.role is Role.SYSTEM or can_keep_ledger(actor, ledger)


def is_system(actor: Actor, thing: object) -> bool:
    """Seats are taken and given back by the acts on the application, under the gate of that act."""
    return actor.role is Role.SYSTEM


def can_appoint(actor: Actor, reservation: Reservation) -> bool:
    """The institution's own staff; nobody appoints themselves."""
    return can_keep_ledger(actor, reservation.post.ledger) and actor.person_id != reservation.person_id


def can_revoke_statement(actor: Actor, statement: Statement) -> bool:
    return actor.role in KEEPING_ROLES and actor.organisation_id == statement.institution_id
