"""What is kept of calls: a line in the log for each, and the answer where a key makes the call repeatable."""

from datetime import datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.exchange.models import Client, KeptAnswer
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused

KEY_FIELD = "Idempotency-Key"


def kept_answer(*, client: Client, key: str, digest: str) -> KeptAnswer | None:
    """The answer that this key already got. Holds the client's row, so that two equal calls come one after the other.

    Needs an open transaction. Other content under the same key is refused.
    """
    Client.objects.select_for_update().get(pk=client.pk)
    found = KeptAnswer.objects.filter(client=client, key=key).first()
    if found is not None and found.digest != digest:
        raise Refused("这个幂等键已用于内容不同的请求。请核对后换一个新的键。", field=KEY_FIELD)
    return found


def keep_answer(*, client: Client, key: str, digest: str, status: int, content: str, now: datetime) -> None:
    """Keep what was answered, in the transaction of the call itself."""
    KeptAnswer.objects.create(
        client=client, key=key, digest=digest, status=status, content=content, made_at=now
    )


@transaction.atomic
def note_call(*, client: Client, operation: str, status: int, rows: int, actor: Actor, now: datetime) -> None:
    """One line for each call that a known client made: what, how it ended, how many rows it took away."""
    details = {"operation": operation, "status": status, "rows": rows}
    record("api.call", actor=actor, now=now, subject=client, details=details)
