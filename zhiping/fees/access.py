"""Who may do what with a bill and a refund. Persons are compared, never accounts."""

from zhiping.fees.models import Bill, Reconciliation, Refund
from zhiping.kernel.actor import Actor, Role


def can_keep_fees(actor: Actor, office_id: int) -> bool:
    """Staff of the office that asks for the money."""
    return actor.has_role(Role.COMMITTEE_OFFICE) and actor.organisation_id == office_id


def can_handle_bill(actor: Actor, bill: Bill) -> bool:
    """The office's staff, except about their own bill."""
    return can_keep_fees(actor, bill.office_id) and actor.person_id != bill.payer_id


def can_decide_refund(actor: Actor, refund: Refund) -> bool:
    """The office's staff, but another person than who asked for it, and never about one's own money."""
    return can_handle_bill(actor, refund.payment.bill) and actor.person_id != refund.requested_by_id


def can_ask_again(actor: Actor, bill: Bill) -> bool:
    """Who pays may have the payment platform asked what became of it; so may the office."""
    return can_handle_bill(actor, bill) or (
        actor.has_role(Role.APPLICANT) and actor.person_id == bill.payer_id
    )


def can_resolve(actor: Actor, reconciliation: Reconciliation) -> bool:
    return can_keep_fees(actor, reconciliation.office_id)


def is_system(actor: Actor, thing: object) -> bool:
    """Moves that a payment or time brings about."""
    return actor.role is Role.SYSTEM
