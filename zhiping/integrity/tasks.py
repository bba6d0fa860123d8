"""Telling the credit platforms what was found and what was lifted (R-343)."""

from datetime import datetime, timedelta

from zhiping.gateways.credit import credit_gateway
from zhiping.integrity.models import CreditPush
from zhiping.integrity.operations import note_receipt
from zhiping.integrity.push_content import content_of
from zhiping.jobs.queue import enqueue, periodic, task
from zhiping.kernel import clock

AGAIN_AFTER = timedelta(hours=1)


@task("integrity.push")
def push(push_id: int) -> None:
    """Send one push; Unreachable or Wrong make the queue try again. Nothing is sent while no platform is connected."""
    waiting = CreditPush.objects.select_related(
        "record__person", "record__organisation", "record__recorded_for"
    )
    found, gateway = waiting.get(pk=push_id), credit_gateway()
    if found.pushed_at is not None or gateway is None:
        return
    receipt = gateway.push(str(found.record_id), found.act, content_of(found.record))
    note_receipt(push=found, receipt=receipt.number, now=clock.now())


@periodic("integrity.push_again")
def push_again(now: datetime) -> None:
    """Queue what is still without a receipt, at most once an hour each: a platform may be down for days."""
    if credit_gateway() is None:
        return
    late = CreditPush.objects.filter(pushed_at=None, made_at__lt=now - AGAIN_AFTER)
    for key in late.values_list("pk", flat=True)[:200]:
        enqueue("integrity.push", key=f"credit-push-{key}-{now:%Y%m%d%H}", push_id=key)
