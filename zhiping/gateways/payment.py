"""The payment platform: a small interface, and the adapter that speaks its HTTP protocol (sandbox/payment/__init__.py).

Both sides sign every message with one shared key; a message says what it is (request, answer, notice), when it was
written and, in answers, to which request it belongs, so nothing can be forged, played back or passed off as another.
"""

import csv
import hashlib
import hmac
import io
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.conf import settings

from zhiping.gateways.http import JOB_SECONDS, HttpAnswer, Unreachable, Wrong, call
from zhiping.kernel import clock

WINDOW_SECONDS = 300
CURRENCY = "CNY"
REQUEST, ANSWER, NOTICE = "request", "answer", "notice"
ORDER_STATES = frozenset({"open", "paid", "closed"})


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """What is to be paid: by whom, to whom, until when."""

    order: str
    fen: int
    collector: str
    collector_name: str
    subject: str
    payer: str
    expires_at: datetime
    notify_url: str


@dataclass(frozen=True, slots=True)
class OrderTold:
    """What the platform says of an order."""

    order: str
    state: str  # open, paid or closed
    fen: int
    pay_url: str
    transaction: str = ""
    paid_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaymentTold:
    """A notice that a payment came in; its signature was good."""

    event: str
    order: str
    collector: str
    fen: int
    currency: str
    transaction: str
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the daily file; refunds are negative."""

    kind: str  # paid or refunded
    transaction: str
    order: str
    fen: int
    at: datetime


class PaymentGateway(Protocol):
    """What the platform needs of any payment platform. Each call: Unreachable, Wrong, or the truth."""

    def place(self, asked: OrderAsked) -> OrderTold: ...

    def ask(self, order: str) -> OrderTold | None: ...

    def close(self, order: str) -> OrderTold | None: ...

    def refund(self, *, refund: str, order: str, transaction: str, fen: int, reason: str) -> datetime: ...

    def daily_file(self, collector: str, day: date) -> str: ...


def payment_gateway() -> PaymentGateway | None:
    """The gateway that the settings name; None if no payment platform is connected."""
    if not settings.PAYMENT_URL:
        return None
    return HttpPaymentGateway(settings.PAYMENT_URL, settings.PAYMENT_KEY)


class HttpPaymentGateway:
    """The protocol over HTTP."""

    def __init__(self, url: str, key: str, seconds: float = JOB_SECONDS) -> None:
        self.url, self.key, self.seconds = url, key, seconds
        self.root = "/" + url.partition("://")[2].partition("/")[2].strip("/")

    def place(self, asked: OrderAsked) -> OrderTold:
        """Place the order, or hear again of the one placed before."""
        body = {
            "order": asked.order,
            "amount": asked.fen,
            "currency": CURRENCY,
            "collector": asked.collector,
            "collector_name": asked.collector_name,
            "subject": asked.subject,
            "payer": asked.payer,
            "expires_at": asked.expires_at.astimezone(clock.BEIJING).isoformat(),
            "notify_url": asked.notify_url,
        }
        told = _order(self._json("POST", "/api/orders", body), asked.order)
        if told.fen != asked.fen:
            raise Wrong(f"order {asked.order} was taken for {told.fen}")
        return told

    def ask(self, order: str) -> OrderTold | None:
        """What became of the order; None if the platform knows none of that number."""
        told = self._json("GET", f"/api/orders/{order}", None)
        return _order(told, order) if told is not None else None

    def close(self, order: str) -> OrderTold | None:
        """Nobody can pay the order any more; what became of it until now."""
        told = self._json("POST", f"/api/orders/{order}/close", {})
        return _order(told, order) if told is not None else None

    def refund(self, *, refund: str, order: str, transaction: str, fen: int, reason: str) -> datetime:
        """Give the money back, once for one number; the moment at which it was done."""
        body = {"refund": refund, "order": order, "transaction": transaction, "amount": fen, "reason": reason}
        told = self._json("POST", "/api/refunds", body)
        try:
            if told is None or told["state"] != "done" or told["amount"] != fen or told["refund"] != refund:
                raise Wrong(f"refund {refund}: {told}")
            return datetime.fromisoformat(told["refunded_at"])
        except (KeyError, TypeError, ValueError) as error:
            raise Wrong(f"refund {refund}: {told}") from error

    def daily_file(self, collector: str, day: date) -> str:
        """The file of a day as it came; `account_lines` reads it."""
        return self._call("GET", f"/api/files/{collector}/{day.isoformat()}", b"").body.decode()

    def _json(self, method: str, path: str, value: Any) -> dict[str, Any] | None:
        body = json.dumps(value, ensure_ascii=False).encode() if value is not None else b""
        answer = self._call(method, path, body)
        if answer.status == 404:
            return None
        try:
            told = json.loads(answer.body)
        except ValueError as error:
            raise Wrong("the answer is no JSON") from error
        if answer.status != 200 or not isinstance(told, dict):
            raise Wrong(f"{answer.status}: {answer.body[:200]!r}")
        return told

    def _call(self, method: str, path: str, body: bytes) -> HttpAnswer:
        nonce = secrets.token_hex(16)
        where = f"{method} {self.root}{path}"
        headers = signed_head(self.key, (REQUEST, where), nonce, body, at=clock.now())
        answer = call(method, self.url + path, body=body, headers=headers, seconds=self.seconds)
        if answer.status >= 500:
            raise Unreachable(f"answered {answer.status}")
        if answer.headers.get("x-nonce") != nonce or not is_signed(
            self.key, ANSWER, answer.headers, answer.body
        ):
            raise Wrong(f"{answer.status}: the answer is not signed")
        return answer


def notice_told(headers: Mapping[str, str], body: bytes, *, now: datetime) -> PaymentTold:
    """The notice, if the payment platform signed it within the last five minutes; else Wrong."""
    if not settings.PAYMENT_KEY or not is_signed(settings.PAYMENT_KEY, NOTICE, headers, body):
        raise Wrong("signature")
    if abs(now.timestamp() - float(headers["x-timestamp"])) > WINDOW_SECONDS:
        raise Wrong("written at another time")
    try:
        told = json.loads(body)
        return PaymentTold(
            event=str(told["event"])[:100],
            order=str(told["order"]),
            collector=str(told["collector"]),
            fen=int(told["amount"]),
            currency=str(told["currency"]),
            transaction=str(told["transaction"])[:80],
            paid_at=_moment(told["paid_at"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Wrong(f"not a notice of a payment: {error!r}") from error


def account_lines(file: str) -> list[AccountLine]:
    """The lines of a daily file; Wrong if the last line does not sum up the others (half a file has none)."""
    rows = list(csv.reader(io.StringIO(file)))
    try:
        if rows[0] != ["kind", "transaction", "order", "amount", "at"]:
            raise Wrong("the file has other columns")
        lines = [AccountLine(r[0], r[1], r[2], int(r[3]), _moment(r[4])) for r in rows[1:-1]]
        mark, count, _, total, _ = rows[-1]
        if (mark, int(count), int(total)) != ("total", len(lines), sum(line.fen for line in lines)):
            raise Wrong("the file does not agree with its own sum")
    except (IndexError, ValueError) as error:
        raise Wrong("the file cannot be read") from error
    return lines


def signed_head(key: str, what: tuple[str, str], nonce: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """The three headers of a message."""
    timestamp = str(int(at.timestamp()))
    return {
        "X-Timestamp": timestamp,
        "X-Nonce": nonce,
        "X-Signature": _signature(key, what, timestamp, nonce, body),
    }


def is_signed(key: str, what: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the message is what it says and was written by somebody with the key (headers in lower case)."""
    timestamp, nonce = headers.get("x-timestamp", ""), headers.get("x-nonce", "")
    wanted = _signature(key, (what, ""), timestamp, nonce, body)
    given = headers.get("x-signature", "")
    return timestamp.isdigit() and hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace"))


def _signature(key: str, what: tuple[str, str], timestamp: str, nonce: str, body: bytes) -> str:
    text = "\n".join((*what, timestamp, nonce, hashlib.sha256(body).hexdigest()))
    return hmac.new(key.encode(), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _order(told: dict[str, Any] | None, order: str) -> OrderTold:
    try:
        if told is None or told["order"] != order or told["state"] not in ORDER_STATES:
            raise Wrong(f"order {order}: {told}")
        is_paid = told["state"] == "paid"
        return OrderTold(
            order=order,
            state=told["state"],
            fen=int(told["amount"]),
            pay_url=str(told["pay_url"]),
            transaction=str(told["transaction"]) if is_paid else "",
            paid_at=_moment(told["paid_at"]) if is_paid else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Wrong(f"order {order}: {told}") from error


def _moment(text: str) -> datetime:
    """An aware moment; ValueError for one without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"no time zone: {text}")
    return moment
