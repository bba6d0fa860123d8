"""From rows to printed documents: the certificate (the review form has a module of its own)."""

from django.conf import settings

from zhiping.certificates.models import Certificate
from zhiping.documents import certificate as document
from zhiping.documents.printing import render
from zhiping.documents.qr import Qr
from zhiping.documents.signing_keys import signer
from zhiping.files.queries import path_of
from zhiping.kernel.clock import beijing_day
from zhiping.plans.states import TitleLevel
from zhiping.privacy.masks import mask_id_number

HEADING = "专业技术职务任职资格证书"


def signed_certificate(certificate: Certificate) -> bytes:
    """The signed PDF of a certificate. The signature's time is the day of registration, so retries agree on it."""
    pdf = render(
        document.Certificate.template, certificate_sheet(certificate), created=certificate.report.reported_at
    )
    # Loaded when needed: 17 MB less for a process that never signs.
    from zhiping.documents.signing import sign

    return sign(pdf, signer(), reason="签发电子证书", at=certificate.report.reported_at)


def certificate_sheet(certificate: Certificate) -> document.Certificate:
    """What the certificate prints; the identity number only masked."""
    application, person, report = certificate.application, certificate.person, certificate.report
    committee = (
        application.review_cases.filter(passed=True)
        .values_list("meeting__committee__name", flat=True)
        .first()
    )
    return document.Certificate(
        heading=HEADING,
        certificate_number=certificate.number,
        name=certificate.holder_name,
        sex=person.get_sex_display(),
        masked_id=mask_id_number(person.document_number),
        photo=path_of(application.photo).read_bytes() if application.photo else b"",
        series=certificate.series,
        specialty=certificate.specialty,
        title=certificate.title,
        level=TitleLevel(certificate.level).label,
        obtained_on=certificate.obtained_on,
        committee=committee or "",
        issuer=certificate.issuer,
        issued_on=report.issued_on or beijing_day(report.reported_at),
        document_number=report.document_number,
        qr=Qr(f"{settings.PUBLIC_URL}/verify/{certificate.code}/"),
        verification_address=f"{settings.PUBLIC_URL}/verify/",
        employer=application.employer.name if application.employer else "",
    )
