"""The payment platform: what it answers to machines and what it shows to the person who pays."""

import csv
import hmac
import io
import json
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from sandbox.courier import Letter
from sandbox.frame import Answer, Request, StandIn, json_answer, page_answer, redirect, route
from sandbox.pages import whole
from sandbox.payment import pages
from sandbox.payment.signing import ANSWER, NOTICE, REQUEST, signature

OPEN, PAID, CLOSED = "open", "paid", "closed"
SHOWN = ("order", "reference", "pay_url", "state", "amount", "currency", "transaction", "paid_at")
WINDOW_SECONDS = 300


class Payment(StandIn):
    name = "payment"
    title = "统一公共支付平台"
    about = "收评审费：下单、扫码支付、支付结果通知、退款、每日对账文件。"

    # What machines ask.

    @route("POST", "/api/orders")
    def place(self, request: Request) -> Answer:
        if not self._is_signed(request):
            return self._refusal()
        asked = request.json()
        with self.around.shelf.lock:
            order = self.around.shelf.get("order", asked["order"])
            if order is None:
                reference = secrets.token_hex(12)
                order = {
                    **asked,
                    "reference": reference,
                    "pay_url": f"{self.base}/pay/{reference}",
                    "state": OPEN,
                    "transaction": None,
                    "paid_at": None,
                }
                self._keep(order)
            elif any(order[name] != asked[name] for name in ("amount", "collector")):
                return self._signed(request, {"error": "order exists with other content"}, 409)
        return self._signed(request, _shown(order))

    @route("GET", "/api/orders/*")
    def tell(self, request: Request) -> Answer:
        if not self._is_signed(request):
            return self._refusal()
        order = self.around.shelf.get("order", request.parts[0])
        if order is None:
            return self._signed(request, {"error": "unknown order"}, 404)
        return self._signed(request, _shown(order))

    @route("POST", "/api/orders/*/close")
    def close(self, request: Request) -> Answer:
        if not self._is_signed(request):
            return self._refusal()
        with self.around.shelf.lock:
            order = self.around.shelf.get("order", request.parts[0])
            if order is None:
                return self._signed(request, {"error": "unknown order"}, 404)
            if order["state"] == OPEN:
                order["state"] = CLOSED
                self._keep(order)
        return self._signed(request, _shown(order))

    @route("POST", "/api/refunds")
    def refund(self, request: Request) -> Answer:
        if not self._is_signed(request):
            return self._refusal()
        asked = request.json()
        shelf = self.around.shelf
        with shelf.lock:
            done = shelf.get("refund", asked["refund"])
            if done is None:
                paid = shelf.get("transaction", asked["transaction"])
                before = [each for each in shelf.all("refund") if each["transaction"] == asked["transaction"]]
                left = paid["amount"] - sum(each["amount"] for each in before) if paid else 0
                if asked["amount"] > left:
                    return self._signed(request, {"error": "more than is left of the payment"}, 409)
                done = {
                    **asked,
                    "state": "done",
                    "refunded_at": self._moment(),
                    "collector": paid["collector"],
                }
                shelf.put("refund", asked["refund"], done)
        return self._signed(
            request, {name: done[name] for name in ("refund", "state", "amount", "refunded_at")}
        )

    @route("GET", "/api/files/*/*")
    def file(self, request: Request) -> Answer:
        if not self._is_signed(request):
            return self._refusal()
        collector, day = request.parts
        out = io.StringIO()
        write = csv.writer(out, lineterminator="\n")
        write.writerow(("kind", "transaction", "order", "amount", "at"))
        rows = [
            *(("paid", each["transaction"], each["order"], each["amount"], each["paid_at"]) for each in self._all("transaction")),
            *(("refunded", each["refund"], each["order"], -each["amount"], each["refunded_at"]) for each in self._all("refund")),
        ]  # fmt: skip
        of = {each["order"]: each["collector"] for each in self._all("order")}
        mine = [row for row in rows if of[row[2]] == collector and row[4].startswith(day)]
        write.writerows(mine)
        write.writerow(("total", len(mine), "", sum(row[3] for row in mine), ""))
        body = out.getvalue().encode()
        return Answer(
            200, body, {"Content-Type": "text/csv; charset=utf-8", **self._answer_head(request, body)}
        )

    # What the person sees.

    @route("GET", "/pay/*", breaks=False)
    def pay_page(self, request: Request) -> Answer:
        order = self._by_reference(request.parts[0])
        if order is None:
            return page_answer(whole("没有这笔订单", "<h1>没有这笔订单</h1>"), 404)
        return page_answer(pages.pay_page(order, is_over=self._is_over(order)))

    @route("POST", "/pay/*", breaks=False)
    def pay(self, request: Request) -> Answer:
        """Pay; the shelf's lock lets one of two clicks win. `again=1` (test page only) takes the money twice."""
        again = request.form().get("again") == "1"
        with self.around.shelf.lock:
            order = self._by_reference(request.parts[0])
            if order is None or (order["state"] != PAID and self._is_over(order)):
                return page_answer(whole("不能支付", "<h1>订单已关闭或已过期，不能再支付。</h1>"), 409)
            if order["state"] == PAID and not again:
                return redirect(order["pay_url"])
            transaction = f"T{self.around.clock.now():%Y%m%d%H%M%S}{secrets.randbelow(10**6):06d}"
            paid = {name: order[name] for name in ("order", "collector", "amount", "currency")}
            paid |= {"transaction": transaction, "paid_at": self._moment()}
            self.around.shelf.put("transaction", transaction, paid)
            if order["state"] != PAID:
                order |= {"state": PAID, "transaction": transaction, "paid_at": paid["paid_at"]}
                self._keep(order)
        self._announce(order["notify_url"], paid)
        return redirect(order["pay_url"])

    @route("POST", "/again/*", breaks=False)
    def announce_again(self, request: Request) -> Answer:
        """Send the notice of a payment once more, or (`forged=1`) one that a stranger signed."""
        paid = self.around.shelf.get("transaction", request.parts[0])
        if paid is None:
            return page_answer(whole("没有", "<h1>没有这笔支付</h1>"), 404)
        order = self.around.shelf.get("order", paid["order"])
        self._announce(order["notify_url"], paid, forged=request.form().get("forged") == "1")
        return redirect(f"/{self.name}/")

    def look(self) -> str:
        orders = self._all("order")
        references = {each["order"]: each["reference"] for each in orders}
        return (
            pages.orders_table(orders)
            + pages.payments_table(self._all("transaction"), self.base, references)
            + pages.refunds_table(self._all("refund"))
        )

    def spoiled(self, answer: Answer) -> Answer:
        """Wrong by one yuan and rightly signed: only who compares amounts notices."""
        body = _one_yuan_less(answer.body)
        head = dict(answer.headers)
        if "X-Signature" in head:
            head["X-Signature"] = signature(
                self._key, (ANSWER, ""), head["X-Timestamp"], head["X-Nonce"], body
            )
        return replace(answer, body=body, headers=head)

    # Inside.

    @property
    def _key(self) -> str:
        return self.around.key("payment")

    def _announce(self, url: str, paid: dict[str, Any], *, forged: bool = False) -> None:
        event = f"E-{paid['transaction']}"
        body = json.dumps({"event": event, "kind": "paid", **paid}).encode()
        key = "a stranger's key" if forged else self._key

        def make() -> tuple[dict[str, str], bytes]:
            return self._head(NOTICE, "", event, body, key), body

        self.courier.send(Letter(url, make, _one_yuan_less))

    def _head(self, what: str, where: str, nonce: str, body: bytes, key: str) -> dict[str, str]:
        timestamp = str(int(self.around.clock.now().timestamp()))
        return {
            "X-Timestamp": timestamp,
            "X-Nonce": nonce,
            "X-Signature": signature(key, (what, where), timestamp, nonce, body),
        }

    def _answer_head(self, request: Request, body: bytes) -> dict[str, str]:
        return self._head(ANSWER, "", request.headers.get("x-nonce", ""), body, self._key)

    def _signed(self, request: Request, value: Any, status: int = 200) -> Answer:
        body = json.dumps(value, ensure_ascii=False).encode()
        return Answer(status, body, {"Content-Type": "application/json", **self._answer_head(request, body)})

    def _is_signed(self, request: Request) -> bool:
        head, where = request.headers, f"{request.method} /{self.name}/{request.path}"
        timestamp, nonce = head.get("x-timestamp", "0"), head.get("x-nonce", "")
        wanted = signature(self._key, (REQUEST, where), timestamp, nonce, request.body)
        is_fresh = abs(self.around.clock.now().timestamp() - float(timestamp)) <= WINDOW_SECONDS
        return is_fresh and hmac.compare_digest(wanted, head.get("x-signature", ""))

    def _refusal(self) -> Answer:
        return json_answer({"error": "signature"}, 401)

    def _keep(self, order: dict[str, Any]) -> None:
        self.around.shelf.put("order", order["order"], order)
        self.around.shelf.put("reference", order["reference"], {"order": order["order"]})

    def _by_reference(self, reference: str) -> dict[str, Any] | None:
        found = self.around.shelf.get("reference", reference)
        return self.around.shelf.get("order", found["order"]) if found else None

    def _all(self, kind: str) -> list[dict[str, Any]]:
        return self.around.shelf.all(kind)

    def _moment(self) -> str:
        return self.around.clock.now().isoformat()

    def _is_over(self, order: dict[str, Any]) -> bool:
        return order["state"] == CLOSED or self.around.clock.now() >= datetime.fromisoformat(
            order["expires_at"]
        )


def _shown(order: dict[str, Any]) -> dict[str, Any]:
    return {name: order[name] for name in SHOWN}


def _one_yuan_less(body: bytes) -> bytes:
    try:
        value = json.loads(body)
    except ValueError:
        return body.replace(b"00,", b"01,")
    if isinstance(value, dict) and isinstance(value.get("amount"), int):
        value["amount"] -= 100
    return json.dumps(value, ensure_ascii=False).encode()
