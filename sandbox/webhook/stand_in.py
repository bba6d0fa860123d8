"""The receiver: the events it took in, each once, and the form for its key."""

import base64
import hashlib
import hmac
from html import escape

from sandbox.frame import Answer, Request, StandIn, json_answer, redirect, route
from sandbox.pages import table

OLDEST_SECONDS = 300


class Webhook(StandIn):
    name = "webhook"
    title = "业务部门接收系统"
    about = "接收证书签发、撤销的通知，核对签名，同一编号只记一次。"

    @route("POST", "/hook")
    def take(self, request: Request) -> Answer:
        told = request.json()
        key = self.around.shelf.get("key", "key")
        if told["type"] == "endpoint.verify" and key is None:
            return json_answer({"challenge": told["data"]["challenge"]})
        if key is None or not self._is_genuine(request, key["text"]):
            return json_answer({"error": "signature"}, 401)
        if told["type"] == "endpoint.verify":
            return json_answer({"challenge": told["data"]["challenge"]})
        with self.around.shelf.lock:
            kept = self.around.shelf.get("event", told["id"])
            times = kept["times"] + 1 if kept else 1
            self.around.shelf.put("event", told["id"], {**told, "times": times})
        return json_answer({"taken": told["id"]})

    @route("POST", "/key", breaks=False)
    def keep_key(self, request: Request) -> Answer:
        self.around.shelf.put("key", "key", {"text": request.form().get("key", "").strip()})
        return redirect(f"/{self.name}/")

    def look(self) -> str:
        rows = [
            (
                escape(each["id"]),
                escape(each["type"]),
                escape(each["data"].get("number", "")),
                str(each["times"]),
            )
            for each in self.around.shelf.all("event")
        ]
        known = "已填" if self.around.shelf.get("key", "key") else "还没有填"
        return (
            f'<h2>签名密钥（{known}）</h2><form method="post" action="/{self.name}/key">'
            '<label>平台管理员交来的密钥 <input name="key" required></label><button>保存密钥</button></form>'
            f"<p>接收地址：{escape(self.base)}/hook</p>"
            "<h2>收到的事件</h2>" + table(("编号", "事件", "证书编号", "来过几次"), rows)
        )

    def spoiled(self, answer: Answer) -> Answer:
        """What it took in, it says it did not."""
        return json_answer({"error": "internal"}, 500)

    def _is_genuine(self, request: Request, key: str) -> bool:
        number, moment = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "0")
        signed = f"{number}.{moment}.".encode() + request.body
        wanted = "v1," + base64.b64encode(hmac.new(key.encode(), signed, hashlib.sha256).digest()).decode()
        is_fresh = (
            moment.isdigit() and abs(self.around.clock.now().timestamp() - int(moment)) <= OLDEST_SECONDS
        )
        return is_fresh and hmac.compare_digest(wanted, request.headers.get("webhook-signature", ""))
