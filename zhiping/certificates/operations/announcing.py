"""Asking for other bureaus' systems to be told of a certificate, in the transaction of the change itself."""

from zhiping.certificates.models import Certificate
from zhiping.jobs.queue import enqueue


def announce_later(certificate: Certificate) -> None:
    """A job tells that the certificate was made; or, once it has its last day, what ended it."""
    ended = certificate.ended_on is not None
    key = f"announce-{certificate.pk}-{'ended' if ended else 'made'}"
    enqueue("certificates.announce", key=key, certificate_id=certificate.pk, ended=ended)
