"""Batches that a training body's own system signs (Ed25519): keys, and taking a batch in."""

import base64
import binascii
import hashlib
import json
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.continuing_education.access import provides
from zhiping.continuing_education.models import HourBatch, ProviderKey
from zhiping.continuing_education.operations.batches import HourRow, enter_batch
from zhiping.continuing_education.queries import known_for
from zhiping.continuing_education.sheet import Claim, Judged, judged
from zhiping.continuing_education.states import Origin
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused

MOST_BYTES, MOST_ROWS, LONGEST_KEY, TOLD = 5_000_000, 10_000, 60, 5
FIELDS = ("document", "name", "course", "year", "hours")


@transaction.atomic
def add_batch_key(*, name: str, public_key: str, actor: Actor, now: datetime) -> ProviderKey:
    """Register a public key of the actor's own body; the same key again is the same row."""
    if not provides(actor, actor.organisation_id):
        raise Forbidden("hours.add_key")
    text = public_key.strip()
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error) as error:
        raise Refused(
            "公钥应是 Ed25519 公钥的 Base64 文字（44 个字符）。请从签名程序导出后粘贴。", field="public_key"
        ) from error
    key, is_new = ProviderKey.objects.get_or_create(
        provider_id=actor.organisation_id, public_key=text, defaults={"name": name, "added_at": now}
    )
    if is_new:
        record("hours.add_key", actor=actor, now=now, subject=key)
    return key


@transaction.atomic
def revoke_batch_key(*, key: ProviderKey, actor: Actor, now: datetime) -> None:
    """From now on nothing signed with this key is taken in; what was entered stays."""
    if not provides(actor, key.provider_id):
        raise Forbidden("hours.revoke_key")
    if ProviderKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        record("hours.revoke_key", actor=actor, now=now, subject=key)


@transaction.atomic
def receive_signed_batch(
    *, provider_id: int, payload: bytes, signature: str, actor: Actor, now: datetime
) -> HourBatch:
    """Take in a signed batch, whole or not at all; the same batch again gives the same answer.

    `payload` is JSON `{"key": …, "rows": [{"document", "name", "course", "year", "hours"}, …]}`, `signature` the Base64
    Ed25519 signature over exactly these bytes.
    """
    if not provides(actor, provider_id):
        raise Forbidden("hours.signed_batch")
    if len(payload) > MOST_BYTES:
        raise Refused(f"批次文件超过 {MOST_BYTES // 1_000_000} MB，请分成几批。")
    _verify(provider_id, payload, signature)
    key, claims = _read(payload)
    rows = judged(claims, known_for(claims, provider_id=provider_id))
    _refuse_wrong(rows)
    return enter_batch(
        provider_id=provider_id,
        key=f"api-{key}",
        origin=Origin.SIGNED_BATCH,
        sha256=hashlib.sha256(payload).hexdigest(),
        rows=[HourRow(row.person, row.course, row.hours) for row in rows],
        signature=signature[:200],
        actor=actor,
        now=now,
    )


def _verify(provider_id: int, payload: bytes, signature: str) -> None:
    try:
        raw = base64.b64decode(signature.strip(), validate=True)
    except (ValueError, binascii.Error) as error:
        raise Refused("签名不是 Base64 文字，批次没有入账。") from error
    keys = ProviderKey.objects.filter(provider_id=provider_id, revoked_at=None).values_list(
        "public_key", flat=True
    )
    for text in keys:
        try:
            Ed25519PublicKey.from_public_bytes(base64.b64decode(text)).verify(raw, payload)
        except InvalidSignature:
            continue
        return
    raise Refused("签名和内容对不上，或签名用的公钥没有登记、已停用。批次没有入账。")


def _read(payload: bytes) -> tuple[str, list[Claim]]:
    try:
        data: Any = json.loads(payload)
        key, rows = str(data["key"]), data["rows"]
        claims = [Claim(*(str(row[name]).strip() for name in FIELDS)) for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused(
            "批次格式不对：应是 JSON，含 key 和 rows，每行含 " + "、".join(FIELDS) + "。"
        ) from error
    if not 0 < len(key) <= LONGEST_KEY or not 0 < len(claims) <= MOST_ROWS:
        raise Refused(f"批次编号应有 1 到 {LONGEST_KEY} 个字，行数应在 1 到 {MOST_ROWS} 之间。")
    return key, claims


def _refuse_wrong(rows: list[Judged]) -> None:
    wrong = [(number, row.error) for number, row in enumerate(rows, start=1) if row.error]
    if wrong:
        said = "；".join(f"第 {number} 条：{error}" for number, error in wrong[:TOLD])
        raise Refused(f"有 {len(wrong)} 条不能登记，整批没有入账。{said}。")
