"""The credit platform: what it took in, with receipts."""

import hashlib
import hmac
import json
from dataclasses import replace
from html import escape
from typing import Any

from sandbox.frame import Answer, Request, StandIn, json_answer, route
from sandbox.pages import table


class Credit(StandIn):
    name = "credit"
    title = "信用信息共享平台"
    about = "接收诚信档案的认定和撤销，出回执。"

    @route("POST", "/api/records/*/*")
    def take(self, request: Request) -> Answer:
        if not hmac.compare_digest(self._signature(request.body), request.headers.get("x-signature", "")):
            return json_answer({"error": "signature"}, 401)
        number, act = request.parts
        told = request.json()
        if (told.get("number"), told.get("act")) != (number, act) or act not in ("publish", "withdraw"):
            return json_answer({"error": "address and content differ"}, 422)
        digest, shelf = hashlib.sha256(request.body).hexdigest(), self.around.shelf
        with shelf.lock:
            kept = shelf.get("record", f"{number}/{act}")
            if kept is None:
                kept = {
                    "number": number,
                    "act": act,
                    "digest": digest,
                    "receipt": f"XY{self.around.clock.now():%Y%m%d}{len(shelf.all('record')) + 1:06d}",
                    "received_at": self.around.clock.now().isoformat(),
                    "told": told,
                }
                shelf.put("record", f"{number}/{act}", kept)
        if kept["digest"] != digest:
            return self._signed({"error": "number was used for other content"}, 409)
        return self._signed({name: kept[name] for name in kept if name != "told"})

    def look(self) -> str:
        rows = [
            (
                escape(each["receipt"]),
                escape(each["told"]["subject"]["name"]),
                escape(each["told"]["what"]),
                "撤销" if each["act"] == "withdraw" else "公布",
                escape(f"{each['told']['from']} 至 {each['told']['to']}"),
            )
            for each in self.around.shelf.all("record")
        ]
        return "<h2>收到的记录</h2>" + table(("回执", "当事人", "行为", "动作", "期限"), rows)

    def spoiled(self, answer: Answer) -> Answer:
        """A receipt for something else, rightly signed: only who compares the digest notices."""
        told = json.loads(answer.body)
        if "digest" not in told:
            return super().spoiled(answer)
        body = json.dumps(told | {"digest": "0" * 64, "receipt": "XY00000000000000"}).encode()
        return replace(answer, body=body, headers={**answer.headers, "X-Signature": self._signature(body)})

    def _signed(self, value: Any, status: int = 200) -> Answer:
        body = json.dumps(value, ensure_ascii=False).encode()
        head = {"Content-Type": "application/json", "X-Signature": self._signature(body)}
        return Answer(status, body, head)

    def _signature(self, body: bytes) -> str:
        return hmac.new(self.around.key("credit").encode(), body, hashlib.sha256).hexdigest()
