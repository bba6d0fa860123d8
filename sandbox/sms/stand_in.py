"""The SMS gateway: a telephone for every number, to be read on its page."""

import hashlib
import hmac
import json
from dataclasses import replace
from html import escape
from typing import Any

from sandbox.courier import Letter
from sandbox.frame import Answer, Request, StandIn, json_answer, redirect, route
from sandbox.pages import table


class Sms(StandIn):
    name = "sms"
    title = "12333 短信网关"
    about = "按登记的模板发短信，回送达报告。"

    @route("POST", "/api/templates")
    def register(self, request: Request) -> Answer:
        if not self._is_signed(request):
            return json_answer({"error": "signature"}, 401)
        told, shelf = request.json(), self.around.shelf
        kept = shelf.get("template", told["template"])
        if kept is not None and kept != told:
            return self._signed({"error": "number was used for other words"}, 422)
        shelf.put("template", told["template"], told)
        return self._signed({"template": told["template"]})

    @route("POST", "/api/messages")
    def take(self, request: Request) -> Answer:
        if not self._is_signed(request):
            return json_answer({"error": "signature"}, 401)
        told, shelf = request.json(), self.around.shelf
        template = shelf.get("template", told["template"])
        if template is None or template["sign"] != told["sign"]:
            return self._signed({"error": "template"}, 409)
        if told["phone"].endswith("0000"):
            return self._signed({"error": "phone"}, 422)
        with shelf.lock:
            kept = shelf.get("message", told["number"])
            is_new = kept is None
            if kept is None:
                kept = {
                    "number": told["number"],
                    "phone": told["phone"],
                    "text": f"【{told['sign']}】{template['words'].format_map(told['gaps'])}",
                    "receipt": f"D{self.around.clock.now():%Y%m%d}{len(shelf.all('message')) + 1:06d}",
                    "at": self.around.clock.now().isoformat(),
                    "report_url": told["report_url"],
                    "state": "undelivered" if told["phone"].endswith("1111") else "delivered",
                }
                shelf.put("message", told["number"], kept)
        if is_new:
            self._report(kept)
        return self._signed({"number": kept["number"], "receipt": kept["receipt"]})

    @route("POST", "/again/*", breaks=False)
    def report_again(self, request: Request) -> Answer:
        """Send a report once more, or (`forged=1`) one that a stranger signed."""
        kept = self.around.shelf.get("message", request.parts[0])
        if kept is None:
            return json_answer({"error": "not found"}, 404)
        self._report(kept, forged=request.form().get("forged") == "1")
        return redirect(f"/{self.name}/")

    def look(self) -> str:
        rows = [
            (
                escape(each["at"][:16].replace("T", " ")),
                escape(each["phone"]),
                escape(each["text"]),
                "已送达" if each["state"] == "delivered" else "没有送达",
                self._buttons(each["number"]),
            )
            for each in reversed(self.around.shelf.all("message"))
        ]
        known = [
            (escape(each["template"]), escape(each["words"])) for each in self.around.shelf.all("template")
        ]
        return (
            "<p>尾号 0000 是空号，尾号 1111 关机（收下但送不到）。</p><h2>发出的短信</h2>"
            + table(("时间", "手机号", "内容", "结果", "送达报告"), rows)
            + "<h2>登记的模板</h2>"
            + table(("编号", "内容"), known)
        )

    def spoiled(self, answer: Answer) -> Answer:
        """The receipt of another SMS, rightly signed: only who compares numbers notices."""
        told = json.loads(answer.body)
        if "receipt" not in told:
            return super().spoiled(answer)
        return self._signed(told | {"number": "0", "receipt": "D00000000000000"})

    def _buttons(self, number: str) -> str:
        act = f"/{self.name}/again/{escape(number)}"
        return (
            f'<form method="post" action="{act}"><button class="plain">再报一次</button></form>'
            f'<form method="post" action="{act}"><input type="hidden" name="forged" value="1">'
            '<button class="plain">报一次假的</button></form>'
        )

    def _report(self, kept: dict[str, Any], *, forged: bool = False) -> None:
        told = {name: kept[name] for name in ("number", "receipt", "state")}
        body = json.dumps({**told, "at": self.around.clock.now().isoformat()}).encode()
        key = "a stranger's key" if forged else self.around.key("sms")

        def make() -> tuple[dict[str, str], bytes]:
            moment = str(int(self.around.clock.now().timestamp()))
            return {"X-Timestamp": moment, "X-Signature": _signature(key, "report", moment, body)}, body

        self.courier.send(Letter(kept["report_url"], make, _turned_round))

    def _signed(self, value: Any, status: int = 200) -> Answer:
        answer = json_answer(value, status)
        seal = _signature(self.around.key("sms"), "answer", "", answer.body)
        return replace(answer, headers={**answer.headers, "X-Signature": seal})

    def _is_signed(self, request: Request) -> bool:
        wanted = _signature(self.around.key("sms"), "request", "", request.body)
        return hmac.compare_digest(wanted, request.headers.get("x-signature", ""))


def _turned_round(body: bytes) -> bytes:
    """A report whose state was changed on the way."""
    told = json.loads(body)
    other = {"delivered": "undelivered", "undelivered": "delivered"}
    return json.dumps({**told, "state": other[told["state"]]}).encode()


def _signature(key: str, what: str, moment: str, body: bytes) -> str:
    text = "\n".join((what, moment, hashlib.sha256(body).hexdigest()))
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
