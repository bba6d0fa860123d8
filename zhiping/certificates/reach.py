"""Which certificates a body elsewhere may fetch and is told of, and what it is told."""

from typing import Any

from django.db.models import QuerySet

from zhiping.applications.queries.reach import in_reach_of
from zhiping.certificates.models import Certificate
from zhiping.certificates.states import CertificateState
from zhiping.exchange.models import Endpoint
from zhiping.exchange.queries import actor_of, listening, may_hear
from zhiping.exchange.states import EventKind
from zhiping.kernel.actor import Actor

KIND_OF_STATE = {
    CertificateState.VALID: EventKind.ISSUED,
    CertificateState.REVOKED: EventKind.REVOKED,
    CertificateState.SUPERSEDED: EventKind.SUPERSEDED,
}


def certificates_in_reach_of(actor: Actor) -> QuerySet[Certificate]:
    """Certificates that exist already, of people in the body's reach."""
    made = Certificate.objects.exclude(state=CertificateState.PENDING)
    return made.filter(application__in=in_reach_of(actor))


def endpoints_to_tell(certificate: Certificate) -> list[Endpoint]:
    """Verified endpoints in whose body's reach the certificate lies."""
    return [
        endpoint
        for endpoint in listening()
        if may_hear(endpoint)
        and certificates_in_reach_of(actor_of(endpoint.client)).filter(pk=certificate.pk).exists()
    ]


def told_of(certificate: Certificate) -> dict[str, Any]:
    """What an event says: the number and what stands on the public register, never who."""
    return {
        "number": certificate.number,
        "plan": certificate.application.plan.slug,
        "title": certificate.title,
        "level": certificate.level,
        "obtained_on": certificate.obtained_on.isoformat(),
        "ended_on": certificate.ended_on.isoformat() if certificate.ended_on else None,
    }
