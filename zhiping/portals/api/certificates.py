"""Certificates: the same question and the same answer as the public verification."""

from django.http import Http404

from zhiping.certificates.queries import find_certificate
from zhiping.exchange.states import Scope
from zhiping.portals.api.contract import Call, operation
from zhiping.portals.api.shapes import CertificateOut, VerifyIn
from zhiping.privacy.masks import mask_name


@operation(
    method="POST",
    scope=Scope.CERTIFICATES_VERIFY,
    content=VerifyIn,
    answer=CertificateOut,
    most_calls=300,
    refusals=("not_found",),
)
def verify_certificate(call: Call) -> CertificateOut:
    """按证书编号和姓名核验证书"""
    found = find_certificate(number=call.content.number, name=call.content.name)
    if found is None:
        raise Http404
    return CertificateOut(
        state=found.state,
        number=found.number,
        holder=mask_name(found.holder_name),
        title=found.title,
        series=found.series,
        specialty=found.specialty,
        obtained_on=found.obtained_on,
        issuer=found.issuer,
        sha256=found.file_hash,
        ended_on=found.ended_on,
        basis=found.basis,
    )
