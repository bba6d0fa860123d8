"""Hours of continuing education: signed batches of a training body (R-167…R-191)."""

from zhiping.continuing_education.models import HourBatch
from zhiping.continuing_education.operations import receive_signed_batch
from zhiping.continuing_education.queries import batches_visible_to
from zhiping.exchange.states import Scope
from zhiping.portals.api.contract import Call, Header, operation
from zhiping.portals.api.paging import PageQuery, page_of
from zhiping.portals.api.shapes import HourBatchIn, HourBatchOut, HourBatchPage

SIGNATURE = Header("Batch-Signature", "对请求体全部字节的 Ed25519 签名，Base64", r"^[A-Za-z0-9+/]{86}==$")
MOST_BYTES = 5_000_000


@operation(
    method="POST",
    scope=Scope.HOURS_WRITE,
    content=HourBatchIn,
    answer=HourBatchOut,
    status=201,
    repeatable=True,
    most_bytes=MOST_BYTES,
    headers=(SIGNATURE,),
)
def push_hours(call: Call) -> HourBatchOut:
    """登记一批继续教育学时"""
    batch = receive_signed_batch(
        provider_id=call.actor.organisation_id or 0,
        payload=call.body,
        signature=call.headers.get(SIGNATURE.name, ""),
        actor=call.actor,
        now=call.now,
    )
    return _shown(batch)


@operation(method="GET", scope=Scope.HOURS_WRITE, query=PageQuery, answer=HourBatchPage)
def list_batches(call: Call) -> HourBatchPage:
    """本单位登记过的批次"""
    items, following = page_of(batches_visible_to(call.actor), call.query, _shown, ["batches"])
    return HourBatchPage(items=items, next=following)


def _shown(batch: HourBatch) -> HourBatchOut:
    return HourBatchOut(
        id=batch.pk,
        key=batch.key.removeprefix("api-"),
        size=batch.size,
        known=batch.known,
        received_at=batch.received_at,
    )
