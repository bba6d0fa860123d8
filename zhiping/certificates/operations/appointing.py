"""The certificate closes the loop of a public institution's recommendation: the promised post is filled (R-219)."""

from datetime import date, datetime

from django.db import transaction

from zhiping.certificates.models import Certificate
from zhiping.certificates.states import CertificateState
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused
from zhiping.posts.models import Reservation
from zhiping.posts.operations import appoint


@transaction.atomic
def appoint_holder(
    *,
    reservation: Reservation,
    appointed_on: date,
    grade: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Appoint the holder of a valid certificate to the post that was kept; never before the title was obtained."""
    held = Certificate.objects.filter(
        application_id=reservation.subject_id, state=CertificateState.VALID
    ).first()
    if held is None:
        raise Refused("还没有取得证书，不能聘任。评审通过、核准发文并生成证书后再办理。")
    if appointed_on < held.obtained_on:
        raise Refused(f"聘任日期不能早于取得职称的日期 {held.obtained_on:%Y-%m-%d}。", field="appointed_on")
    appoint(
        reservation=reservation,
        appointed_on=appointed_on,
        grade=grade,
        certificate_number=held.number,
        version=version,
        actor=actor,
        now=now,
    )
