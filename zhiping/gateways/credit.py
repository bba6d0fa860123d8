"""The credit platforms: push a record or its withdrawal, get a receipt (protocol in sandbox/credit/__init__.py)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings

from zhiping.gateways.http import JOB_SECONDS, HttpAnswer, Unreachable, Wrong, call

PUBLISH, WITHDRAW = "publish", "withdraw"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform has it."""

    number: str
    received_at: datetime


class CreditGateway(Protocol):
    """What is needed of a credit platform: Unreachable, Wrong, or a receipt; the same push again gives the same one."""

    def push(self, number: str, act: str, content: Mapping[str, Any]) -> Receipt: ...


def credit_gateway() -> CreditGateway | None:
    """The gateway that the settings name; None if no credit platform is connected."""
    return HttpCreditGateway(settings.CREDIT_URL, settings.CREDIT_KEY) if settings.CREDIT_URL else None


class HttpCreditGateway:
    """The protocol over HTTP."""

    def __init__(self, url: str, key: str, seconds: float = JOB_SECONDS) -> None:
        self.url, self.key, self.seconds = url, key, seconds

    def push(self, number: str, act: str, content: Mapping[str, Any]) -> Receipt:
        """Send one record; a receipt counts only if it names what was sent."""
        told = {"number": number, "act": act, **content}
        body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        head = {"Content-Type": "application/json", "X-Signature": self._signature(body)}
        url = f"{self.url}/api/records/{number}/{act}"
        answer = call("POST", url, body=body, headers=head, seconds=self.seconds)
        if answer.status >= 500:
            raise Unreachable(f"status {answer.status}")
        said = self._believed(answer)
        if said.get("digest") != hashlib.sha256(body).hexdigest() or answer.status != 200:
            raise Wrong(f"no receipt for what was sent (status {answer.status})")
        return Receipt(str(said["receipt"]), datetime.fromisoformat(said["received_at"]))

    def _believed(self, answer: HttpAnswer) -> dict[str, Any]:
        if not hmac.compare_digest(self._signature(answer.body), answer.headers.get("x-signature", "")):
            raise Wrong(f"an answer that nobody signed (status {answer.status})")
        said = json.loads(answer.body)
        if not isinstance(said, dict):
            raise Wrong("an answer of another shape")
        return said

    def _signature(self, body: bytes) -> str:
        return hmac.new(self.key.encode(), body, hashlib.sha256).hexdigest()
