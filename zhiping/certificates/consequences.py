"""What a confirmed finding does to the application it was about, in the same transaction (R-339, R-341)."""

from datetime import datetime

from django.db import transaction

from zhiping.applications.models import Application
from zhiping.applications.operations import expel_case
from zhiping.applications.states import EXPELLABLE, ApplicationState
from zhiping.certificates.operations import revoke_certificate
from zhiping.certificates.states import CertificateState
from zhiping.integrity.models import IntegrityRecord
from zhiping.integrity.operations import confirm_record
from zhiping.integrity.states import Part
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused


@transaction.atomic
def enforce_record(
    *, record: IntegrityRecord, decision: str, version: int, actor: Actor, now: datetime
) -> None:
    """Confirm the record and end what it was about: a valid certificate is revoked, a running case returned.

    All of it or nothing: a certificate of another publishing body makes the whole act refused, with who can do it.
    """
    confirm_record(record=record, decision=decision, version=version, actor=actor, now=now)
    if record.case_key is None or record.part != Part.APPLICANT:
        return
    application = Application.objects.select_for_update().get(pk=record.case_key)
    basis = f"{record.document_number}（{record.kind}）"
    if application.state in EXPELLABLE | {ApplicationState.IN_COMMITTEE}:
        expel_case(application=application, reason=basis, actor=actor, now=now)
    elif application.state == ApplicationState.APPROVED:
        raise Refused("证书正在生成。请几分钟后再认定，届时会同时撤销证书。")
    elif application.state == ApplicationState.CERTIFIED:
        for certificate in application.certificates.filter(state=CertificateState.VALID):
            revoke_certificate(certificate=certificate, basis=basis, actor=actor, now=now)
