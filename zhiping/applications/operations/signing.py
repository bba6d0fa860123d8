"""The promise, signed by hand: on this screen, or on a phone through a code that one session shows (R-087, R-101)."""

import secrets
from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import transaction

from zhiping.applications.canonical import sha256_of
from zhiping.applications.draft import frozen_file
from zhiping.applications.models import Application, Section, Signature, SigningRequest
from zhiping.applications.operations.drafting import editable, write_section
from zhiping.applications.queries import reopened_places
from zhiping.applications.states import EDITABLE, ApplicationState, SectionKey, SigningMethod
from zhiping.auditlog.recording import record
from zhiping.files.operations import store_file
from zhiping.files.states import MediaType
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Refused

LIFETIME = timedelta(minutes=10)
PICTURES = frozenset({MediaType.PNG, MediaType.JPEG})


@transaction.atomic
def open_signing(*, application_id: int, session_key: str, actor: Actor, now: datetime) -> str:
    """Make the secret that a code shows: good once, for ten minutes, for the session that asked. Earlier codes die."""
    application = editable(application_id, actor)
    _refuse_closed(application)
    token = secrets.token_urlsafe(24)
    SigningRequest.objects.filter(application=application, used_at=None).delete()
    SigningRequest.objects.create(
        application=application,
        token_hash=sha256_of(token),
        session_hash=sha256_of(session_key),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    return token


@transaction.atomic
def sign_by_token(*, token: str, upload: File, device: str, now: datetime) -> None:
    """Leave a signature made on a phone; it is in force only when the session that showed the code takes it over."""
    request = (
        SigningRequest.objects.select_for_update(of=("self",))
        .select_related("application__person")
        .filter(token_hash=sha256_of(token))
        .first()
    )
    if request is None or now >= request.expires_at:
        raise Refused("这个二维码已失效（10 分钟内有效）。请在电脑上重新显示二维码再扫。")
    if request.signed_at is not None or request.application.state not in EDITABLE:
        raise Refused("这个二维码已经用过了。要重签，请在电脑上重新显示二维码。")
    request.image = store_file(
        upload=upload, owner=request.application.person, kinds=PICTURES, actor=SYSTEM, now=now
    )
    request.device, request.signed_at = device[:200], now
    request.save(update_fields=["image", "device", "signed_at"])


@transaction.atomic
def take_over_signature(
    *, application_id: int, session_key: str, statement: str, version: int, actor: Actor, now: datetime
) -> Section:
    """Put the phone's signature in force, from the very session that showed the code."""
    application = editable(application_id, actor)
    request = (
        SigningRequest.objects.select_related("image").filter(application=application, used_at=None).first()
    )
    if request is None or request.image is None:
        raise Refused("还没有收到手机上的签名。请先在手机上签好并点“提交签名”，再点这里。")
    if request.session_hash != sha256_of(session_key):
        raise Refused("这个签名是另一台电脑上的二维码签的。请在那台电脑上确认，或在这里重新扫码。")
    request.used_at = now
    request.save(update_fields=["used_at"])
    signature = Signature(
        image=request.image, method=SigningMethod.PHONE, statement=statement, device=request.device
    )
    return _put_in_force(application, signature, version=version, actor=actor, now=now)


@transaction.atomic
def sign_on_screen(
    *,
    application_id: int,
    upload: File,
    statement: str,
    device: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> Section:
    """Sign on the same screen (or with a picture of one's signature)."""
    application = editable(application_id, actor)
    image = store_file(upload=upload, owner=application.person, kinds=PICTURES, actor=actor, now=now)
    signature = Signature(image=image, method=SigningMethod.SCREEN, statement=statement, device=device[:200])
    return _put_in_force(application, signature, version=version, actor=actor, now=now)


def _put_in_force(
    application: Application, signature: Signature, *, version: int, actor: Actor, now: datetime
) -> Section:
    _refuse_closed(application)
    Signature.objects.filter(application=application, withdrawn_at=None).update(withdrawn_at=now)
    signature.application, signature.signed_at = application, now
    signature.save(force_insert=True)
    promised = {"image": signature.image.sha256, "statement": sha256_of(signature.statement)}
    record("application.sign", actor=actor, now=now, subject=application, details=promised)
    data = {
        "image": frozen_file(signature.image),
        "method": str(signature.method),
        "statement": sha256_of(signature.statement),
        "signed_at": now.isoformat(),
    }
    return write_section(application, SectionKey.INTEGRITY, data, version, now)


def _refuse_closed(application: Application) -> None:
    is_returned = application.state == ApplicationState.RETURNED
    if is_returned and f"{SectionKey.INTEGRITY}:signature" not in reopened_places(application):
        raise Refused("退回修改期间，只能改退回原因里点到的地方；承诺书没有被退回，不用重签。")
