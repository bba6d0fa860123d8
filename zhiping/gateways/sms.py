"""The SMS gateway (12333-style): send a registered template, read signed delivery reports (sandbox/sms/__init__.py)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings

from zhiping.gateways.http import JOB_SECONDS, HttpAnswer, Unreachable, Wrong, call

WINDOW_SECONDS = 300
REQUEST, ANSWER, REPORT = "request", "answer", "report"


class Rejected(Exception):
    """The other side will never deliver this: a number or address that does not exist."""


@dataclass(frozen=True, slots=True)
class Text:
    """One SMS: `number` is ours and is sent once; the gateway fills the template it has under `template`."""

    number: str
    phone: str
    sign: str
    template: str
    words: str
    gaps: Mapping[str, str]
    report_url: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a sending; its signature was good."""

    number: str
    receipt: str
    is_delivered: bool
    at: datetime


class SmsGateway(Protocol):
    """What is needed of an SMS gateway: Unreachable, Wrong, Rejected, or a receipt; the same number again, the same one."""

    def send(self, text: Text) -> str: ...


def sms_gateway() -> SmsGateway | None:
    """The gateway that the settings name; None if no SMS gateway is connected."""
    return HttpSmsGateway(settings.SMS_URL, settings.SMS_KEY) if settings.SMS_URL else None


class HttpSmsGateway:
    """The protocol over HTTP."""

    def __init__(self, url: str, key: str, seconds: float = JOB_SECONDS) -> None:
        self.url, self.key, self.seconds = url, key, seconds

    def send(self, text: Text) -> str:
        """Hand the SMS over and give the receipt; a template the gateway does not know yet is registered first."""
        told = {
            "number": text.number,
            "phone": text.phone,
            "sign": text.sign,
            "template": text.template,
            "gaps": dict(text.gaps),
            "report_url": text.report_url,
        }
        status, said = self._post("/api/messages", told)
        if (status, said.get("error")) == (409, "template"):
            self._register(text)
            status, said = self._post("/api/messages", told)
        if (status, said.get("error")) == (422, "phone"):
            raise Rejected("the gateway knows no such number")
        if status != 200 or said.get("number") != text.number or not said.get("receipt"):
            raise Wrong(f"no receipt for what was sent (status {status})")
        return str(said["receipt"])

    def _register(self, text: Text) -> None:
        told = {"template": text.template, "sign": text.sign, "words": text.words}
        status, said = self._post("/api/templates", told)
        if status != 200 or said.get("template") != text.template:
            raise Wrong(f"template {text.template} was not registered (status {status})")

    def _post(self, path: str, value: Any) -> tuple[int, dict[str, Any]]:
        body = json.dumps(value, ensure_ascii=False).encode()
        head = {"Content-Type": "application/json", "X-Signature": signature(self.key, REQUEST, "", body)}
        answer = call("POST", f"{self.url}{path}", body=body, headers=head, seconds=self.seconds)
        if answer.status >= 500:
            raise Unreachable(f"status {answer.status}")
        return answer.status, self._believed(answer)

    def _believed(self, answer: HttpAnswer) -> dict[str, Any]:
        if not _is_signed(self.key, ANSWER, "", answer.body, answer.headers):
            raise Wrong(f"an answer that nobody signed (status {answer.status})")
        said = json.loads(answer.body)
        if not isinstance(said, dict):
            raise Wrong("an answer of another shape")
        return said


def report_told(headers: Mapping[str, str], body: bytes, *, now: datetime) -> Report:
    """A delivery report, or Wrong: unsigned, too old, or not to be understood. Names of headers in lower case."""
    moment = headers.get("x-timestamp", "")
    if not settings.SMS_KEY or not _is_signed(settings.SMS_KEY, REPORT, moment, body, headers):
        raise Wrong("a report that the gateway did not sign")
    try:
        if abs(now.timestamp() - float(moment)) > WINDOW_SECONDS:
            raise Wrong("a report of another time")
        told = json.loads(body)
        at = datetime.fromisoformat(told["at"])
        delivered = {"delivered": True, "undelivered": False}[told["state"]]
        return Report(str(told["number"]), str(told["receipt"]), delivered, at)
    except (KeyError, TypeError, ValueError) as error:
        raise Wrong("a report of another shape") from error


def signature(key: str, what: str, moment: str, body: bytes) -> str:
    """HMAC over kind, moment and digest of the body, so that an answer cannot be passed off as a report."""
    text = "\n".join((what, moment, hashlib.sha256(body).hexdigest()))
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _is_signed(key: str, what: str, moment: str, body: bytes, headers: Mapping[str, str]) -> bool:
    told = headers.get("x-signature", "").encode()
    return hmac.compare_digest(signature(key, what, moment, body).encode(), told)
